package io.velostream.engine.sql.analysis;

import io.velostream.engine.plan.expression.Expression;
import io.velostream.engine.plan.logical.LogicalPlan;
import io.velostream.engine.plan.logical.Subquery;
import io.velostream.engine.plan.logical.rule.OverWindows;
import io.velostream.engine.plan.physical.OverWindow.SortKey;
import io.velostream.engine.plan.physical.RowLayout;
import io.velostream.engine.plan.physical.StageOperator.AggregateCall;
import io.velostream.engine.plan.physical.StageOperator.Emit;
import io.velostream.engine.plan.physical.StageOperator.Window;
import io.velostream.engine.plan.physical.TimeBound;
import io.velostream.engine.sql.analysis.JoinAnalyser.Joined;
import io.velostream.engine.sql.analysis.OutputColumn.Origin;
import io.velostream.engine.sql.analysis.WindowAnalyser.AnalysedWindow;
import io.velostream.engine.sql.function.FunctionCatalogue;
import io.velostream.engine.sql.tree.Expr;
import io.velostream.engine.sql.tree.Query;
import io.velostream.engine.sql.tree.Select;
import io.velostream.engine.sql.tree.Statement.ObjectKind;
import io.velostream.engine.sql.type.SqlType;
import io.velostream.engine.sql.type.SqlType.Simple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Analyses one SELECT over one relation. */
final class SelectAnalyser {

    /** Longer than any time that records have, and shorter than what their end announces. */
    private static final Duration WHOLE_INPUT = Duration.ofMillis(4_000_000_000_000_000L);

    private static final String EVENT_TIME_ALIAS = "_event_time";

    private final Problems problems;
    private final Select select;
    private final Optional<Query.Emit> emit;
    private final Output output;
    private final FromClause from;
    private final ObjectKind target;
    private final boolean ksqlDb;
    private final Subqueries subqueries = new Subqueries();
    private final TableRules tables;
    private final SubqueryAnalyser subqueryAnalyser;
    private final GroupContext group;
    private final OverContext overs = new OverContext();
    private final ExplodeContext explodes;
    private final SelectAliases aliases = new SelectAliases();
    private final NameResolver names;
    private final ExpressionAnalyser expressions;
    private final ExpressionSize sizes;
    private final SelectItems items;
    private final SelectKeys keys;
    private final SelectRules rules;

    SelectAnalyser(
            Problems problems,
            FunctionCatalogue functions,
            Variables variables,
            Select select,
            Output output,
            FromClause from,
            SubqueryTables tablesWithin,
            ObjectKind target) {
        this.target = target;
        this.problems = problems;
        this.ksqlDb = variables.isKsqlDb();
        this.select = GroupedWindow.asClause(select);
        this.group = new GroupContext(this.select.window().isPresent());
        this.explodes = new ExplodeContext(problems, functions);
        this.tables = new TableRules(problems, this.select);
        this.emit = output.emit();
        this.output = output;
        this.from = from;
        this.sizes = new ExpressionSize(problems);
        this.names = new NameResolver(problems, from, group, aliases, variables.dialect());
        this.expressions = new ExpressionAnalyser(problems, names, group, overs, functions, variables);
        this.items = new SelectItems(problems, this.select, from, aliases, expressions, sizes, ksqlDb);
        this.keys = new SelectKeys(problems, this.select, output.orderBy(), expressions, sizes);
        this.rules = new SelectRules(problems, this.select, emit, output.orderBy(), from, group);
        this.subqueryAnalyser = new SubqueryAnalyser(problems, functions, variables, tablesWithin, names);
    }

    /**
     * What follows the select and shapes its rows.
     *
     * @param orderBy the order of each window's rows
     * @param rows how many of them go on, where they are ordered
     * @param joinBound how far apart in time the rows of two streams may lie where the join itself does not say
     */
    record Output(
            Optional<Query.Emit> emit,
            List<Expr.SortItem> orderBy,
            Optional<Long> rows,
            Optional<TimeBound> joinBound) {
        Output {
            orderBy = List.copyOf(orderBy);
        }
    }

    AnalysedSelect analyse() {
        items.declareAliases();
        boolean grouped = select.groupBy().isPresent() || usesAggregates();
        expressions.allowTableFunctions(explodes);
        if (grouped) {
            explodes.refuse("a query with GROUP BY or an aggregate");
        }
        Joined joined = new JoinAnalyser(problems, from, expressions, output.joinBound()).analyse();
        expressions.allowSubqueries(subqueryAnalyser, subqueries, false);
        expressions.allowAggregates(AggregateUse.notIn("WHERE"));
        Optional<Expression> where = select.where().map(node -> condition("WHERE", node));
        expressions.allowSubqueries(subqueryAnalyser, subqueries, grouped);
        expressions.allowAggregates(AggregateUse.in("SELECT"));
        List<OutputColumn> columns = items.items();
        expressions.allowSubqueries(subqueryAnalyser, subqueries, false);
        expressions.allowAggregates(AggregateUse.notIn("GROUP BY"));
        List<Expression> groupKeys = keys.groupKeys(columns);
        expressions.allowSubqueries(subqueryAnalyser, subqueries, true);
        expressions.allowAggregates(AggregateUse.in("HAVING"));
        Optional<Expression> having = select.having().map(node -> condition("HAVING", node));
        expressions.refuseSubqueries();
        expressions.allowAggregates(AggregateUse.in("ORDER BY"));
        List<SortKey> order = keys.order(columns);
        AnalysedWindow window = select.window()
                .map(new WindowAnalyser(problems, defaultGrace())::analyse)
                .orElse(new AnalysedWindow(Optional.empty(), Optional.empty()));
        window.timeColumn().ifPresent(this::useAsTime);
        // The field of time is read even where nothing names it, and must have its slot before rows are laid out.
        from.scopes().forEach(Scope::timeField);
        from.scopes().forEach(SelectAnalyser::readPunctuation);
        Optional<Window> inForce = window.window().or(this::wholeInput);
        return plan(new Clauses(joined, where, columns, groupKeys, having, order, inForce));
    }

    /** ksqlDB waits a day for late records where it is told nothing, but not where only the final result is wanted. */
    private Duration defaultGrace() {
        return ksqlDb && emit.filter(clause -> !clause.changes()).isEmpty() ? Duration.ofDays(1) : Duration.ZERO;
    }

    /** The final result over sources that end is that of one window over everything. */
    private Optional<Window> wholeInput() {
        boolean wanted = emit.filter(clause -> !clause.changes()).isPresent()
                && select.window().isEmpty()
                && from.scopes().stream()
                        .allMatch(scope -> scope.relation().source().isBounded());
        return wanted ? Optional.of(new Window.Tumbling(WHOLE_INPUT, Duration.ZERO)) : Optional.empty();
    }

    /** The clauses as they were analysed, over the slots of the scopes. */
    private record Clauses(
            Joined joined,
            Optional<Expression> where,
            List<OutputColumn> columns,
            List<Expression> keys,
            Optional<Expression> having,
            List<SortKey> order,
            Optional<Window> window) {}

    private AnalysedSelect plan(Clauses clauses) {
        JoinedRow row = new JoinedRow(clauses.joined());
        UnaryOperator<Expression> real = expression -> names.move(expression, row::place);
        group.mapArguments(real);
        overs.mapExpressions(real);
        explodes.mapExpressions(real);
        List<OutputColumn> columns = clauses.columns().stream()
                .map(column -> column.expression()
                        .map(value -> column.with(real.apply(value)))
                        .orElse(column))
                .toList();
        boolean everyField =
                columns.stream().anyMatch(column -> column.expression().isEmpty());
        boolean grouped = select.groupBy().isPresent() || !group.calls().isEmpty();
        boolean collects = grouped || select.distinct().isPresent();
        LogicalPlan plan = tables.withChanges(
                row.plan(everyField, names::move), clauses.joined().table(), collects, target);
        List<Subquery> ofRow = subqueries.ofRow(real);
        if (!ofRow.isEmpty()) {
            tables.checkSubqueriesOfRows(plan, collects);
            plan = new LogicalPlan.Lookup(plan, ofRow);
        }
        if (clauses.where().isPresent()) {
            plan = new LogicalPlan.Filter(plan, real.apply(clauses.where().get()));
        }
        Optional<Expression> having = clauses.having().map(real);
        List<SortKey> order = OverWindows.mapKeys(clauses.order(), real);
        boolean changes = plan.changes();
        explodes.first().ifPresent(call -> rules.checkTableFunction(call, overs.isUsed(), changes));
        if (!grouped && select.distinct().isPresent() && clauses.window().isPresent()) {
            return grouped(plan, columns, distinctKeys(columns), having, clauses.window(), order, real);
        }
        if (!grouped) {
            rules.checkUngrouped(having);
            rules.checkOrder(Optional.empty(), Emit.CHANGES);
            tables.checkOver(plan, overs);
            LogicalPlan over = overs.over(explodes.explode(plan));
            int width = plan.layout().columns().size();
            List<OutputColumn> shown = columns.stream()
                    .map(column -> column.expression()
                            .map(value -> column.with(explodes.inRow(value, width)))
                            .orElse(column))
                    .map(this::inOverRow)
                    .toList();
            return distinct(over, shown, List.of());
        }
        List<Expression> keys = clauses.keys().stream().map(real).toList();
        return grouped(plan, columns, keys, having, clauses.window(), order, real);
    }

    private boolean usesAggregates() {
        return select.items().stream()
                        .anyMatch(item -> item instanceof Select.Item.Expression expression
                                && ExprNames.hasAggregate(expression.expression()))
                || select.having().filter(ExprNames::hasAggregate).isPresent();
    }

    /** DISTINCT in a window is one group for each combination of values. */
    private static List<Expression> distinctKeys(List<OutputColumn> columns) {
        return columns.stream()
                .flatMap(column -> column.expression().stream())
                .filter(value -> value != Poison.EXPRESSION && !SelectKeys.usesGroup(value))
                .distinct()
                .toList();
    }

    /** Lets each combination of values pass when it comes first. */
    private AnalysedSelect distinct(LogicalPlan plan, List<OutputColumn> columns, List<OutputColumn> keyColumns) {
        if (select.distinct().isEmpty()) {
            return finish(plan, columns, keyColumns);
        }
        Optional<OutputColumn> everyField =
                columns.stream().filter(column -> column.expression().isEmpty()).findFirst();
        if (everyField.isPresent()) {
            problems.add(
                    ProblemCode.NOT_GROUPED,
                    everyField.get().location(),
                    "DISTINCT needs to know the columns, but * of a source without declared columns has none",
                    "name the columns, or declare the source");
            return finish(plan, columns, keyColumns);
        }
        return DistinctRows.of(plan, columns, keyColumns).into(this::finish);
    }

    private OutputColumn inOverRow(OutputColumn column) {
        return column.expression().map(value -> column.with(overs.inRow(value))).orElse(column);
    }

    private Expression condition(String where, Expr node) {
        return sizes.check(node.location(), expressions.condition(where, node));
    }

    /** A window's column is the event time of its relation's rows. */
    private void useAsTime(Expr node) {
        expressions.allowAggregates(AggregateUse.notIn("WINDOW"));
        switch (expressions.analyse(node)) {
            case Expression.Slot slot
            when !GroupContext.isOfGroup(slot) && isTime(slot.type()) ->
                from.scopes().stream()
                        .filter(scope -> scope.owns(slot.index())
                                && scope.systemOf(slot.index()).isEmpty())
                        .forEach(scope -> scope.replaceTime(slot.index()));
            case Expression.SystemColumn _ -> {}
            case Expression wrong -> {
                if (wrong != Poison.EXPRESSION) {
                    problems.add(
                            ProblemCode.BAD_WINDOW,
                            node.location(),
                            "a window's time must be a TIMESTAMP or BIGINT column, not a " + wrong.type()
                                    + " expression",
                            "name a column, or _event_time");
                }
            }
        }
    }

    /** A field that punctuates time is read whether the query uses it or not. */
    private static void readPunctuation(Scope scope) {
        scope.relation().source().watermark().punctuation().ifPresent(scope::timeField);
    }

    private static boolean isTime(SqlType type) {
        return type == Simple.TIMESTAMP || type == Simple.BIGINT || type == Simple.STRING || type == Simple.ANY;
    }

    private AnalysedSelect grouped(
            LogicalPlan input,
            List<OutputColumn> columns,
            List<Expression> keys,
            Optional<Expression> having,
            Optional<Window> window,
            List<SortKey> order,
            UnaryOperator<Expression> real) {
        if (select.window().isEmpty()) {
            emit.filter(clause -> !clause.changes() && window.isEmpty()).ifPresent(rules::reportEmitFinal);
            if (group.usesWindow()) {
                problems.add(
                        ProblemCode.UNKNOWN_COLUMN,
                        select.location(),
                        "_window_start and _window_end exist only in a query with WINDOW",
                        "add WINDOW TUMBLING(…)");
            }
        }
        tables.checkOver(input, overs);
        LogicalPlan rows = overs.overRows(input, keys);
        List<OutputColumn> shown = columns.stream()
                .map(column -> column.expression()
                        .map(value -> column.with(overs.lastOfGroup(value, group)))
                        .orElse(column))
                .toList();
        int width = keys.size() + group.calls().size() + (window.isPresent() ? 2 : 0);
        GroupRow row =
                new GroupRow(problems, group, keys, each -> names.placeOf(each).orElse(select.location()), width);
        List<OutputColumn> output = new ArrayList<>();
        for (OutputColumn column : shown) {
            if (column.origin() == Origin.STAR) {
                problems.add(
                        ProblemCode.NOT_GROUPED,
                        column.location(),
                        "* cannot stand in a query with GROUP BY or an aggregate",
                        "name the columns");
            } else {
                output.add(column.with(row.rewrite(column.expression().orElseThrow())));
            }
        }
        boolean changes = emit.map(Query.Emit::changes).orElse(window.isEmpty() || ksqlDb);
        boolean onlyDistinct = select.distinct().isPresent()
                && select.groupBy().isEmpty()
                && group.calls().isEmpty();
        Emit mode = !changes ? Emit.FINAL : onlyDistinct ? Emit.FIRST : Emit.CHANGES;
        LogicalPlan plan =
                new LogicalPlan.Aggregate(rows, keys, group.calls(), window, mode, layout(row, keys, window));
        List<Subquery> ofGroup = subqueries.ofGroup(real).stream()
                .map(each -> each.map(row::rewriteOuter))
                .toList();
        if (!ofGroup.isEmpty()) {
            plan = new LogicalPlan.Lookup(plan, ofGroup);
        }
        if (having.isPresent()) {
            plan = new LogicalPlan.Filter(plan, row.rewrite(having.get()));
        }
        plan = overs.overGroups(plan, keys, row::rewriteInOver);
        output.replaceAll(this::inOverRow);
        if (!order.isEmpty()) {
            rules.checkOrder(window, mode);
            plan = new LogicalPlan.Sort(
                    plan,
                    order.stream()
                            .map(key -> new SortKey(
                                    overs.inRow(row.rewrite(key.expression())), key.descending(), key.nullsFirst()))
                            .toList(),
                    this.output.rows());
        }
        List<OutputColumn> keyColumns = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            Expression.Slot slot = row.keySlot(i);
            String name = output.stream()
                    .filter(column -> column.expression().orElseThrow().equals(slot))
                    .map(OutputColumn::name)
                    .findFirst()
                    .orElse(slot.name());
            keyColumns.add(new OutputColumn(select.location(), name, Origin.COLUMN, Optional.of(slot), false));
        }
        return onlyDistinct ? finish(plan, output, List.of()) : distinct(plan, output, keyColumns);
    }

    private RowLayout layout(GroupRow row, List<Expression> keys, Optional<Window> window) {
        List<RowLayout.Column> columns = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            columns.add(new RowLayout.Column(row.keyName(i), keys.get(i).type()));
        }
        for (AggregateCall call : group.calls()) {
            columns.add(new RowLayout.Column(call.function().toLowerCase(Locale.ROOT), call.type()));
        }
        if (window.isPresent()) {
            columns.add(new RowLayout.Column("_window_start", Simple.BIGINT));
            columns.add(new RowLayout.Column("_window_end", Simple.BIGINT));
        }
        return new RowLayout(columns);
    }

    private AnalysedSelect finish(LogicalPlan plan, List<OutputColumn> columns, List<OutputColumn> keyColumns) {
        List<OutputColumn> written = new ArrayList<>();
        Optional<Expression> timestamp = Optional.empty();
        for (OutputColumn column : columns) {
            // A plain _event_time without AS is a column like any other.
            if (column.name().equalsIgnoreCase(EVENT_TIME_ALIAS) && column.origin() == Origin.ALIAS) {
                timestamp = Optional.of(rules.timestamp(column));
            } else {
                written.add(column);
            }
        }
        return new AnalysedSelect(
                plan,
                from.first().relation(),
                OutputNames.unique(problems, written),
                keyColumns,
                timestamp,
                select.window().isPresent());
    }
}
