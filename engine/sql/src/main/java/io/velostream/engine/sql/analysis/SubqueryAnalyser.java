package io.velostream.engine.sql.analysis;

import io.velostream.engine.plan.expression.ComparisonOperator;
import io.velostream.engine.plan.expression.EqualKeys;
import io.velostream.engine.plan.expression.Expression;
import io.velostream.engine.plan.expression.Expressions;
import io.velostream.engine.plan.expression.InnerSlots;
import io.velostream.engine.plan.logical.LogicalPlan;
import io.velostream.engine.plan.logical.Subquery;
import io.velostream.engine.plan.physical.RowLayout;
import io.velostream.engine.plan.physical.StageOperator.AggregateCall;
import io.velostream.engine.plan.physical.SubqueryGroups;
import io.velostream.engine.plan.physical.SubqueryTest;
import io.velostream.engine.sql.function.FunctionCatalogue;
import io.velostream.engine.sql.tree.Expr;
import io.velostream.engine.sql.tree.Location;
import io.velostream.engine.sql.tree.Query;
import io.velostream.engine.sql.tree.Relation;
import io.velostream.engine.sql.tree.Select;
import io.velostream.engine.sql.tree.Statement.ObjectKind;
import io.velostream.engine.sql.type.SqlType;
import io.velostream.engine.sql.type.SqlType.Simple;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * Analyses subqueries over one table. Names that the table does not have are those of the query outside. Equalities
 * between the two become keys by which the table's rows are found.
 */
final class SubqueryAnalyser {

    private final Problems problems;
    private final FunctionCatalogue functions;
    private final Variables variables;
    private final Function<Relation, Optional<Scope>> relations;
    private final NameResolver outer;

    SubqueryAnalyser(
            Problems problems,
            FunctionCatalogue functions,
            Variables variables,
            Function<Relation, Optional<Scope>> relations,
            NameResolver outer) {
        this.problems = problems;
        this.functions = functions;
        this.variables = variables;
        this.relations = relations;
        this.outer = outer;
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
        Optional<Scope> scope = relations.apply(select.from().orElseThrow());
        if (scope.isEmpty() || scope.get().relation().kind() != ObjectKind.TABLE) {
            return Optional.empty();
        }
        Inner inner = new Inner(select, scope.get());
        return inner.analyse(wantsValue) ? Optional.of(inner) : Optional.empty();
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
        Optional<String> surplus =
                query.selects().size() > 1 || !query.commonTables().isEmpty()
                        ? Optional.of("UNION or WITH")
                        : !query.orderBy().isEmpty() || query.limit().isPresent()
                                ? Optional.of("ORDER BY or LIMIT")
                                : select.window().isPresent()
                                        ? Optional.of("WINDOW")
                                        : select.from().get() instanceof Relation.Named
                                                ? Optional.empty()
                                                : Optional.of("anything but one named table in FROM");
        surplus.ifPresent(what -> problems.add(
                ProblemCode.NOT_SUPPORTED,
                select.location(),
                what + " within a subquery is not supported yet in this version",
                "make a table of it first with CREATE TABLE … AS SELECT, and ask that table"));
        return surplus.isEmpty();
    }

    /** One subquery while it is analysed: its own slots begin at 0, those outside at {@link Subqueries#OUTSIDE}. */
    private final class Inner {

        private final Select select;
        private final Scope scope;
        private final GroupContext group = new GroupContext(false);
        private final NameResolver names;
        private final ExpressionAnalyser expressions;
        private final List<Expression> tableKeys = new ArrayList<>();
        private final List<Expression> probes = new ArrayList<>();
        private final List<Expression> rest = new ArrayList<>();
        private List<Expression> keys = List.of();
        private Optional<Expression> having = Optional.empty();
        private Expression value = Poison.EXPRESSION;
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

        boolean analyse(boolean wantsValue) {
            int before = problems.size();
            expressions.allowAggregates(AggregateUse.notIn("WHERE"));
            select.where().ifPresent(where -> flatten(expressions.condition("WHERE", where)));
            expressions.allowAggregates(AggregateUse.notIn("GROUP BY"));
            keys = select.groupBy()
                    .map(clause -> expressions.all(clause.keys()))
                    .orElse(List.of());
            expressions.allowAggregates(AggregateUse.in("SELECT"));
            value = value(wantsValue);
            having = select.having().map(node -> expressions.condition("HAVING", node));
            if (select.distinct().isPresent()
                    && select.groupBy().isEmpty()
                    && group.calls().isEmpty()) {
                keys = List.of(value);
            }
            grouped = !keys.isEmpty()
                    || select.groupBy().isPresent()
                    || !group.calls().isEmpty();
            if (grouped) {
                GroupRow row = new GroupRow(
                        problems, group, keys, each -> names.placeOf(each).orElse(select.location()));
                value = row.rewrite(value);
                having = having.map(row::rewrite);
            } else {
                having.ifPresent(rest::add);
                having = Optional.empty();
            }
            return problems.size() == before;
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
            boolean fits = uses(inside, false) && !uses(inside, true) && !uses(outside, false);
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
            Subquery raw = new Subquery(
                    table,
                    tableKeys,
                    probes,
                    rest.isEmpty()
                            ? Optional.empty()
                            : Optional.of(rest.size() == 1 ? rest.getFirst() : new Expression.And(rest)),
                    test,
                    groups,
                    type == Simple.NULL ? Simple.ANY : type);
            return raw.map(expression -> InnerSlots.move(
                    expression,
                    slot -> Subqueries.isOutside(slot) ? slot - Subqueries.OUTSIDE : slot + InnerSlots.FIRST));
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
