package io.velostream.engine.plan.logical.rule;

import io.velostream.engine.plan.expression.Expression;
import io.velostream.engine.plan.logical.LogicalPlan;
import io.velostream.engine.plan.logical.LogicalQuery.Branch;
import io.velostream.engine.plan.physical.StageOperator.AggregateCall;
import io.velostream.engine.plan.physical.StageOutput.KeySpec;
import io.velostream.engine.plan.physical.StageOutput.SinkColumn;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Rebuilding plans. */
public final class Plans {

    private Plans() {}

    /** Changes operators bottom-up. */
    public static LogicalPlan rewrite(LogicalPlan plan, UnaryOperator<LogicalPlan> change) {
        LogicalPlan rebuilt = switch (plan) {
            case LogicalPlan.Scan scan -> scan;
            case LogicalPlan.Changes changes -> changes;
            case LogicalPlan.Project project ->
                new LogicalPlan.Project(rewrite(project.input(), change), project.columns(), project.layout());
            case LogicalPlan.Filter filter ->
                new LogicalPlan.Filter(rewrite(filter.input(), change), filter.predicate());
            case LogicalPlan.Limit limit -> new LogicalPlan.Limit(rewrite(limit.input(), change), limit.rows());
            case LogicalPlan.Aggregate aggregate ->
                new LogicalPlan.Aggregate(
                        rewrite(aggregate.input(), change),
                        aggregate.keys(),
                        aggregate.calls(),
                        aggregate.window(),
                        aggregate.emit(),
                        aggregate.layout());
            case LogicalPlan.Over over ->
                new LogicalPlan.Over(rewrite(over.input(), change), over.partitionBy(), over.windows(), over.layout());
            case LogicalPlan.Sort sort ->
                new LogicalPlan.Sort(rewrite(sort.input(), change), sort.orderBy(), sort.rows());
            case LogicalPlan.Join join -> withInputs(join, rewrite(join.left(), change), rewrite(join.right(), change));
            case LogicalPlan.Lookup lookup ->
                new LogicalPlan.Lookup(rewrite(lookup.input(), change), lookup.subqueries());
        };
        return change.apply(rebuilt);
    }

    /** The join of other inputs with the same rows. */
    static LogicalPlan.Join withInputs(LogicalPlan.Join join, LogicalPlan left, LogicalPlan right) {
        return new LogicalPlan.Join(
                join.kind(), join.form(), left, right, join.leftKeys(), join.rightKeys(), join.residual());
    }

    /** The same operator with its own expressions changed, those of its inputs left alone. */
    public static LogicalPlan mapExpressions(LogicalPlan plan, UnaryOperator<Expression> change) {
        return switch (plan) {
            case LogicalPlan.Scan scan -> scan;
            case LogicalPlan.Changes changes -> changes;
            case LogicalPlan.Limit limit -> limit;
            case LogicalPlan.Project project ->
                new LogicalPlan.Project(
                        project.input(), project.columns().stream().map(change).toList(), project.layout());
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
            case LogicalPlan.Filter filter -> new LogicalPlan.Filter(filter.input(), change.apply(filter.predicate()));
            case LogicalPlan.Aggregate aggregate ->
                new LogicalPlan.Aggregate(
                        aggregate.input(),
                        aggregate.keys().stream().map(change).toList(),
                        aggregate.calls().stream()
                                .map(call -> mapArguments(call, change))
                                .toList(),
                        aggregate.window(),
                        aggregate.emit(),
                        aggregate.layout());
            case LogicalPlan.Over over ->
                new LogicalPlan.Over(
                        over.input(),
                        over.partitionBy().stream().map(change).toList(),
                        OverWindows.map(over.windows(), change),
                        over.layout());
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
        return new AggregateCall(
                call.function(),
                call.distinct(),
                call.arguments().stream().map(change).toList(),
                call.type());
    }

    /** The branch over another plan, its output expressions changed. */
    static Branch mapOutput(Branch branch, LogicalPlan plan, UnaryOperator<Expression> change) {
        List<SinkColumn> columns = branch.columns().stream()
                .<SinkColumn>map(column -> switch (column) {
                    case SinkColumn.Named named -> new SinkColumn.Named(named.name(), change.apply(named.value()));
                    case SinkColumn.EveryField every -> every;
                })
                .toList();
        KeySpec key = switch (branch.key()) {
            case KeySpec.Columns values ->
                values.with(values.values().stream().map(change).toList());
            case KeySpec.None none -> none;
            case KeySpec.Passthrough passthrough -> passthrough;
        };
        return new Branch(
                plan,
                columns,
                key,
                branch.timestamp().map(change),
                branch.metrics().stream().map(metric -> metric.map(change)).toList());
    }
}
