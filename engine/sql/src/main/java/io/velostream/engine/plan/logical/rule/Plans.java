package io.velostream.engine.plan.logical.rule;

import io.velostream.engine.plan.expression.Expression;
import io.velostream.engine.plan.expression.Expressions;
import io.velostream.engine.plan.logical.LogicalPlan;
import io.velostream.engine.plan.logical.LogicalQuery.Branch;
import io.velostream.engine.plan.physical.MetricSpec;
import io.velostream.engine.plan.physical.RowLayout;
import io.velostream.engine.plan.physical.StageOperator.AggregateCall;
import io.velostream.engine.plan.physical.StageOutput.KeySpec;
import io.velostream.engine.plan.physical.StageOutput.SinkColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Rebuilding plans. */
public final class Plans {

    private Plans() {}

    /** Changes operators bottom-up; gives the very same plan where the change does to each of them. */
    public static LogicalPlan rewrite(LogicalPlan plan, UnaryOperator<LogicalPlan> change) {
        LogicalPlan rebuilt = switch (plan) {
            case LogicalPlan.Scan scan -> scan;
            case LogicalPlan.Changes changes -> changes;
            case LogicalPlan.Project project ->
                over(
                        project,
                        project.input(),
                        change,
                        input -> new LogicalPlan.Project(input, project.columns(), project.layout()));
            case LogicalPlan.Filter filter ->
                over(filter, filter.input(), change, input -> new LogicalPlan.Filter(input, filter.predicate()));
            case LogicalPlan.Limit limit ->
                over(limit, limit.input(), change, input -> new LogicalPlan.Limit(input, limit.rows()));
            case LogicalPlan.Aggregate aggregate ->
                over(
                        aggregate,
                        aggregate.input(),
                        change,
                        input -> new LogicalPlan.Aggregate(
                                input,
                                aggregate.keys(),
                                aggregate.calls(),
                                aggregate.window(),
                                aggregate.emit(),
                                aggregate.layout()));
            case LogicalPlan.Over over ->
                over(
                        over,
                        over.input(),
                        change,
                        input -> new LogicalPlan.Over(input, over.partitionBy(), over.windows(), over.layout()));
            case LogicalPlan.Explode explode ->
                over(
                        explode,
                        explode.input(),
                        change,
                        input -> new LogicalPlan.Explode(input, explode.arrays(), behind(input.layout(), explode)));
            case LogicalPlan.Sort sort ->
                over(sort, sort.input(), change, input -> new LogicalPlan.Sort(input, sort.orderBy(), sort.rows()));
            case LogicalPlan.Join join -> {
                LogicalPlan left = rewrite(join.left(), change);
                LogicalPlan right = rewrite(join.right(), change);
                yield left == join.left() && right == join.right() ? join : withInputs(join, left, right);
            }
            case LogicalPlan.Lookup lookup ->
                over(lookup, lookup.input(), change, input -> new LogicalPlan.Lookup(input, lookup.subqueries()));
        };
        return change.apply(rebuilt);
    }

    private static LogicalPlan over(
            LogicalPlan plan,
            LogicalPlan input,
            UnaryOperator<LogicalPlan> change,
            UnaryOperator<LogicalPlan> rebuild) {
        LogicalPlan changed = rewrite(input, change);
        return changed == input ? plan : rebuild.apply(changed);
    }

    /** The slots of a row with the elements of arrays behind them. */
    static RowLayout behind(RowLayout row, LogicalPlan.Explode explode) {
        List<RowLayout.Column> columns = new ArrayList<>(row.columns());
        List<RowLayout.Column> all = explode.layout().columns();
        columns.addAll(all.subList(all.size() - explode.arrays().size(), all.size()));
        return new RowLayout(columns);
    }

    /** The join of other inputs with the same rows. */
    static LogicalPlan.Join withInputs(LogicalPlan.Join join, LogicalPlan left, LogicalPlan right) {
        return new LogicalPlan.Join(
                join.kind(), join.form(), left, right, join.leftKeys(), join.rightKeys(), join.residual());
    }

    /**
     * The same operator with its own expressions changed, those of its inputs left alone; the very same where no
     * expression changes.
     */
    public static LogicalPlan mapExpressions(LogicalPlan plan, UnaryOperator<Expression> change) {
        LogicalPlan mapped = mapOwn(plan, change);
        // The inputs are the same objects, so only the operator's own expressions are compared.
        return mapped == plan || mapped.equals(plan) ? plan : mapped;
    }

    private static LogicalPlan mapOwn(LogicalPlan plan, UnaryOperator<Expression> change) {
        return switch (plan) {
            case LogicalPlan.Scan scan -> scan;
            case LogicalPlan.Changes changes -> changes;
            case LogicalPlan.Limit limit -> limit;
            case LogicalPlan.Project project -> {
                List<Expression> columns = Expressions.mapAll(project.columns(), change);
                yield columns == project.columns()
                        ? project
                        : new LogicalPlan.Project(project.input(), columns, project.layout());
            }
            case LogicalPlan.Join join ->
                new LogicalPlan.Join(
                        join.kind(),
                        join.form(),
                        join.left(),
                        join.right(),
                        join.leftKeys().stream().map(change).toList(),
                        join.rightKeys().stream().map(change).toList(),
                        join.residual().map(change));
            case LogicalPlan.Lookup lookup ->
                new LogicalPlan.Lookup(
                        lookup.input(),
                        lookup.subqueries().stream()
                                .map(each -> each.map(each.table(), change, change, change))
                                .toList());
            case LogicalPlan.Filter filter -> {
                Expression predicate = change.apply(filter.predicate());
                yield predicate == filter.predicate() ? filter : new LogicalPlan.Filter(filter.input(), predicate);
            }
            case LogicalPlan.Aggregate aggregate -> {
                List<Expression> keys = Expressions.mapAll(aggregate.keys(), change);
                List<AggregateCall> calls = Expressions.mapList(aggregate.calls(), call -> mapArguments(call, change));
                yield keys == aggregate.keys() && calls == aggregate.calls()
                        ? aggregate
                        : new LogicalPlan.Aggregate(
                                aggregate.input(),
                                keys,
                                calls,
                                aggregate.window(),
                                aggregate.emit(),
                                aggregate.layout());
            }
            case LogicalPlan.Over over ->
                new LogicalPlan.Over(
                        over.input(),
                        over.partitionBy().stream().map(change).toList(),
                        OverWindows.map(over.windows(), change),
                        over.layout());
            case LogicalPlan.Explode explode -> {
                List<Expression> arrays = Expressions.mapAll(explode.arrays(), change);
                yield arrays == explode.arrays()
                        ? explode
                        : new LogicalPlan.Explode(explode.input(), arrays, explode.layout());
            }
            case LogicalPlan.Sort sort ->
                new LogicalPlan.Sort(sort.input(), OverWindows.mapKeys(sort.orderBy(), change), sort.rows());
        };
    }

    /** Looks at every expression of a plan and of its inputs. */
    public static void forEachExpression(LogicalPlan plan, Consumer<Expression> look) {
        rewrite(plan, each -> {
            mapExpressions(each, expression -> {
                look.accept(expression);
                return expression;
            });
            return each;
        });
    }

    private static AggregateCall mapArguments(AggregateCall call, UnaryOperator<Expression> change) {
        List<Expression> arguments = Expressions.mapAll(call.arguments(), change);
        return arguments == call.arguments()
                ? call
                : new AggregateCall(call.function(), call.distinct(), arguments, call.type());
    }

    /** The branch over another plan, its output expressions changed; the very same where nothing of it is. */
    static Branch mapOutput(Branch branch, LogicalPlan plan, UnaryOperator<Expression> change) {
        List<SinkColumn> columns = Expressions.mapList(branch.columns(), column -> mapColumn(column, change));
        KeySpec key = mapKey(branch.key(), change);
        Optional<Expression> timestamp = Expressions.mapOptional(branch.timestamp(), change);
        List<MetricSpec> metrics = branch.metrics().isEmpty()
                ? branch.metrics()
                : branch.metrics().stream().map(metric -> metric.map(change)).toList();
        boolean same = plan == branch.plan()
                && columns == branch.columns()
                && key == branch.key()
                && timestamp.equals(branch.timestamp())
                && (metrics == branch.metrics() || metrics.equals(branch.metrics()));
        return same ? branch : new Branch(plan, columns, key, timestamp, metrics);
    }

    private static SinkColumn mapColumn(SinkColumn column, UnaryOperator<Expression> change) {
        if (!(column instanceof SinkColumn.Named named)) {
            return column;
        }
        Expression value = change.apply(named.value());
        return value == named.value() ? named : new SinkColumn.Named(named.name(), value);
    }

    private static KeySpec mapKey(KeySpec key, UnaryOperator<Expression> change) {
        if (!(key instanceof KeySpec.Columns columns)) {
            return key;
        }
        List<Expression> values = Expressions.mapAll(columns.values(), change);
        return values == columns.values() ? key : columns.with(values);
    }
}
