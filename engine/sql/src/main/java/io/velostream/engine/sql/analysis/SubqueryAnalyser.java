package io.velostream.engine.sql.analysis;

import io.velostream.engine.plan.expression.ComparisonOperator;
import io.velostream.engine.plan.expression.EqualKeys;
import io.velostream.engine.plan.expression.Expression;
import io.velostream.engine.plan.expression.Expressions;
import io.velostream.engine.plan.expression.InnerSlots;
import io.velostream.engine.plan.logical.LogicalPlan;
import io.velostream.engine.plan.logical.Subquery;
import io.velostream.engine.plan.physical.Nested;
import io.velostream.engine.plan.physical.OverWindow.SortKey;
import io.velostream.engine.plan.physical.RowLayout;
import io.velostream.engine.plan.physical.StageOperator.AggregateCall;
import io.velostream.engine.plan.physical.SubqueryGroups;
import io.velostream.engine.plan.physical.SubqueryOrder;
import io.velostream.engine.plan.physical.SubqueryResult;
import io.velostream.engine.plan.physical.SubqueryTest;
import io.velostream.engine.sql.function.FunctionCatalogue;
import io.velostream.engine.sql.tree.Expr;
import io.velostream.engine.sql.tree.Location;
import io.velostream.engine.sql.tree.Query;
import io.velostream.engine.sql.tree.Relation;
import io.velostream.engine.sql.tree.Select;
import io.velostream.engine.sql.type.Coercions;
import io.velostream.engine.sql.type.SqlType;
import io.velostream.engine.sql.type.SqlType.Simple;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Analyses subqueries over one table. Names that the table does not have are those of the query outside. Equalities
 * between the two become keys by which the table's rows are found.
 */
final class SubqueryAnalyser {

    private final Problems problems;
    private final FunctionCatalogue functions;
    private final Variables variables;
    private final SubqueryTables tables;
    private final NameResolver outer;
    private final int depth;

    SubqueryAnalyser(
            Problems problems,
            FunctionCatalogue functions,
            Variables variables,
            SubqueryTables tables,
            NameResolver outer) {
        this(problems, functions, variables, tables, outer, 1);
    }

    /**
     * For subqueries within a subquery.
     *
     * @param depth in how many subqueries the rows lie
     */
    private SubqueryAnalyser(
            Problems problems,
            FunctionCatalogue functions,
            Variables variables,
            SubqueryTables tables,
            NameResolver outer,
            int depth) {
        this.problems = problems;
        this.functions = functions;
        this.variables = variables;
        this.tables = tables;
        this.outer = outer;
        this.depth = depth;
    }

    /** {@code EXISTS (…)}. */
    Optional<Subquery> exists(Query query) {
        return inner(query, false).map(inner -> inner.subquery(new SubqueryTest.Exists(), Simple.BOOLEAN));
    }

    /** {@code (…)} as a value. */
    Optional<Subquery> scalar(Query query) {
        return inner(query, true)
                .map(inner -> inner.subquery(new SubqueryTest.Scalar(inner.value), inner.value.type()));
    }

    /**
     * {@code operand operator ANY (…)} or {@code ALL (…)}.
     *
     * @param operand over the query outside, with its slots as they are there
     */
    Optional<Subquery> compare(Location location, Expression operand, String operator, boolean all, Query query) {
        return inner(query, true).flatMap(inner -> inner.compare(location, operand, operator, all));
    }

    /** Without an order that decides nothing: of EXISTS, and wherever no LIMIT takes the first rows only. */
    private static Query withoutIdleOrder(Query query, boolean wantsValue) {
        boolean some = query.limit().isEmpty()
                || query.limit().get().rows() instanceof Expr.IntegerLiteral rows
                        && rows.digits().chars().anyMatch(digit -> digit != '0');
        return query.limit().isEmpty() || !wantsValue && some ? query.unordered() : query;
    }

    private Optional<Inner> inner(Query written, boolean wantsValue) {
        Query query = withoutIdleOrder(written, wantsValue);
        Select select = query.selects().getFirst();
        if (!isSimple(query, select)) {
            return Optional.empty();
        }
        return tables.within(query.commonTables(), () -> {
            Optional<Scope> scope = tables.scope(select.from().orElseThrow());
            if (scope.isEmpty()) {
                return Optional.empty();
            }
            Inner inner = new Inner(select, scope.get());
            return inner.analyse(query, wantsValue) ? Optional.of(inner) : Optional.empty();
        });
    }

    private boolean isSimple(Query query, Select select) {
        if (select.from().isEmpty()) {
            problems.add(
                    ProblemCode.MISSING_FROM,
                    select.location(),
                    "the subquery has no FROM: it reads nothing",
                    "write the value itself, or add FROM and the name of a table");
            return false;
        }
        if (depth > InnerSlots.MOST_DEPTH) {
            problems.add(
                    ProblemCode.TOO_DEEP,
                    select.location(),
                    "more than " + InnerSlots.MOST_DEPTH + " subqueries lie within one another here",
                    "make a table of the inner ones with CREATE TABLE … AS SELECT, and ask that table");
            return false;
        }
        return !hasSurplus(query, select);
    }

    /** Reports what a subquery cannot have, with what to write instead. */
    private boolean hasSurplus(Query query, Select select) {
        if (query.selects().size() > 1) {
            problems.add(
                    ProblemCode.NOT_SUPPORTED,
                    query.unions().getFirst().location(),
                    "UNION within a subquery is not supported yet in this version",
                    "ask each branch by a subquery of its own and combine them with OR or AND");
            return true;
        }
        if (select.window().isPresent()) {
            problems.add(
                    ProblemCode.NOT_SUPPORTED,
                    select.window().get().location(),
                    "WINDOW within a subquery is not supported: the rows of a table count until they change",
                    "make a table of the windows first with CREATE TABLE … AS SELECT … WINDOW …, and ask that table");
            return true;
        }
        if (select.from().orElseThrow() instanceof Relation.Join join) {
            problems.add(
                    ProblemCode.NOT_SUPPORTED,
                    join.location(),
                    "a subquery reads one relation, not a join",
                    "write the join as a subquery in FROM, with PRIMARY KEY behind the columns that tell its rows apart:"
                            + " FROM (SELECT … FROM a JOIN b ON …) j");
            return true;
        }
        return false;
    }

    /** One subquery while it is analysed: its own slots begin at 0, those outside at {@link Subqueries#OUTSIDE}. */
    private final class Inner {

        private final Select select;
        private final Scope scope;
        private final GroupContext group = new GroupContext(false);
        private final NameResolver names;
        private final ExpressionAnalyser expressions;
        private final Subqueries subqueries = new Subqueries();
        private final List<Expression> tableKeys = new ArrayList<>();
        private final List<Expression> probes = new ArrayList<>();
        private final List<Expression> rest = new ArrayList<>();
        private List<Expression> keys = List.of();
        private Optional<Expression> having = Optional.empty();
        private Expression value = Poison.EXPRESSION;
        private Optional<SubqueryOrder> order = Optional.empty();
        private boolean grouped;

        Inner(Select select, Scope scope) {
            this.select = select;
            this.scope = scope;
            this.names = new NameResolver(
                    problems,
                    FromClause.of(scope),
                    group,
                    new SelectAliases(),
                    variables.dialect(),
                    Optional.of(outer));
            this.expressions = new ExpressionAnalyser(problems, names, group, new OverContext(), functions, variables);
        }

        boolean analyse(Query query, boolean wantsValue) {
            int before = problems.size();
            boolean collects = select.groupBy().isPresent() || usesAggregates();
            allow(AggregateUse.notIn("WHERE"), false);
            select.where().ifPresent(where -> flatten(expressions.condition("WHERE", where)));
            allow(AggregateUse.notIn("GROUP BY"), false);
            keys = select.groupBy()
                    .map(clause -> expressions.all(clause.keys()))
                    .orElse(List.of());
            allow(AggregateUse.in("SELECT"), collects);
            value = value(wantsValue);
            having = select.having().map(node -> expressions.condition("HAVING", node));
            expressions.allowAggregates(AggregateUse.in("ORDER BY"));
            order = order(query);
            if (select.distinct().isPresent()
                    && select.groupBy().isEmpty()
                    && group.calls().isEmpty()) {
                keys = List.of(value);
            }
            grouped = !keys.isEmpty()
                    || select.groupBy().isPresent()
                    || !group.calls().isEmpty();
            if (grouped) {
                GroupRow row = groupRow();
                value = row.rewrite(value);
                having = having.map(row::rewrite);
                order = order.map(each -> each.map(row::rewrite));
            } else {
                having.ifPresent(rest::add);
                having = Optional.empty();
            }
            return problems.size() == before;
        }

        private void allow(AggregateUse aggregates, boolean onGroup) {
            expressions.allowAggregates(aggregates);
            expressions.allowSubqueries(
                    new SubqueryAnalyser(problems, functions, variables, tables, names, depth + 1),
                    subqueries,
                    onGroup);
        }

        private boolean usesAggregates() {
            return select.items().stream()
                            .anyMatch(item -> item instanceof Select.Item.Expression expression
                                    && ExprNames.hasAggregate(expression.expression()))
                    || select.having().filter(ExprNames::hasAggregate).isPresent();
        }

        private GroupRow groupRow() {
            return new GroupRow(
                    problems,
                    group,
                    keys,
                    each -> names.placeOf(each).orElse(select.location()),
                    keys.size() + group.calls().size());
        }

        /** LIMIT without ORDER BY takes the least values, so that every task and every restart takes the same. */
        private Optional<SubqueryOrder> order(Query query) {
            if (query.limit().isEmpty()) {
                return Optional.empty();
            }
            Optional<Long> rows = Limits.rows(problems, query.limit().get());
            SortKeys sortKeys = new SortKeys(problems);
            List<SortKey> sorted = new ArrayList<>();
            for (Expr.SortItem item : query.orderBy()) {
                sortKeys.of(item, sortValue(item.expression())).ifPresent(sorted::add);
            }
            if (query.orderBy().isEmpty() && Coercions.ordered(value.type())) {
                sorted.add(new SortKey(value, false, false));
            }
            return rows.map(limit -> new SubqueryOrder(sorted, limit));
        }

        /** The one column can be named by its alias or its number. */
        private Expression sortValue(Expr node) {
            boolean isValue = node instanceof Expr.IntegerLiteral number
                            && number.digits().equals("1")
                    || node instanceof Expr.Name name
                            && select.items().getFirst() instanceof Select.Item.Expression item
                            && item.alias()
                                    .filter(alias -> name.identifier().matches(alias.name()))
                                    .isPresent();
            return isValue ? value : expressions.analyse(node);
        }

        private Expression value(boolean wanted) {
            if (wanted
                    && (select.items().size() != 1 || !(select.items().getFirst() instanceof Select.Item.Expression))) {
                problems.add(
                        ProblemCode.COLUMN_COUNT,
                        select.items().getFirst().location(),
                        "a subquery whose value is used has exactly one column",
                        "name the one column that is wanted");
                return Poison.EXPRESSION;
            }
            Expression first = new Expression.Literal(true, Simple.BOOLEAN);
            for (Select.Item item : select.items()) {
                if (item instanceof Select.Item.Expression expression) {
                    first = expressions.analyse(expression.expression());
                }
            }
            return first;
        }

        private void flatten(Expression condition) {
            if (condition instanceof Expression.And and) {
                and.operands().forEach(this::flatten);
            } else if (!(condition instanceof Expression.Comparison comparison)
                    || comparison.operator() != ComparisonOperator.EQUAL
                    || !key(comparison.left(), comparison.right()) && !key(comparison.right(), comparison.left())) {
                rest.add(condition);
            }
        }

        /** Takes an equality of a value of the table with one of the row outside as a key. */
        private boolean key(Expression inside, Expression outside) {
            boolean fits = uses(inside, false) && !uses(inside, true) && !usesSubquery(inside) && !uses(outside, false);
            if (fits) {
                tableKeys.add(EqualKeys.beside(inside, outside.type()));
                probes.add(EqualKeys.beside(outside, inside.type()));
            }
            return fits;
        }

        private boolean uses(Expression expression, boolean outside) {
            return expression instanceof Expression.Slot slot && Subqueries.isOutside(slot.index()) == outside
                    || Expressions.children(expression).stream().anyMatch(child -> uses(child, outside));
        }

        private boolean usesSubquery(Expression expression) {
            return expression instanceof Expression.Slot slot && Subqueries.isOfRow(slot.index())
                    || Expressions.children(expression).stream().anyMatch(this::usesSubquery);
        }

        Optional<Subquery> compare(Location location, Expression operand, String operator, boolean all) {
            Expression shifted = InnerSlots.move(operand, slot -> slot + Subqueries.OUTSIDE);
            Operators operators = new Operators(problems);
            if (!(operators.compare(location, operator, shifted, value)
                    instanceof Expression.Comparison(ComparisonOperator symbol, Expression left, Expression right))) {
                return Optional.empty();
            }
            value = right;
            return Optional.of(subquery(new SubqueryTest.Compare(left, symbol, all, right), Simple.BOOLEAN));
        }

        Subquery subquery(SubqueryTest test, SqlType type) {
            LogicalPlan table = new LogicalPlan.Changes(
                    new LogicalPlan.Scan(scope.relation().source(), scope.fields(), Optional.empty(), false));
            Optional<SubqueryGroups> groups =
                    grouped ? Optional.of(new SubqueryGroups(keys, group.calls(), having, layout())) : Optional.empty();
            GroupRow row = groupRow();
            Subquery raw = new Subquery(
                    table,
                    tableKeys,
                    probes,
                    rest.isEmpty()
                            ? Optional.empty()
                            : Optional.of(rest.size() == 1 ? rest.getFirst() : new Expression.And(rest)),
                    groups,
                    new SubqueryResult(test, order, type == Simple.NULL ? Simple.ANY : type),
                    new Nested<>(
                            subqueries.ofRow(UnaryOperator.identity()),
                            subqueries.ofGroup(grouped ? row::rewriteOuter : UnaryOperator.identity())));
            return raw.map(expression -> InnerSlots.move(expression, Subqueries::around));
        }

        private RowLayout layout() {
            List<RowLayout.Column> columns = new ArrayList<>();
            for (int i = 0; i < keys.size(); i++) {
                columns.add(new RowLayout.Column("key_" + (i + 1), keys.get(i).type()));
            }
            for (AggregateCall call : group.calls()) {
                columns.add(new RowLayout.Column(call.function().toLowerCase(Locale.ROOT), call.type()));
            }
            return new RowLayout(columns);
        }
    }
}
