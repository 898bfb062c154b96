package io.velostream.engine.plan;

import io.velostream.engine.plan.expression.Expression;
import io.velostream.engine.plan.expression.SystemColumnKind;
import io.velostream.engine.plan.logical.LogicalPlan;
import io.velostream.engine.plan.logical.LogicalPlan.JoinForm;
import io.velostream.engine.plan.logical.LogicalQuery;
import io.velostream.engine.plan.logical.LogicalQuery.Branch;
import io.velostream.engine.plan.logical.SourceDefinition;
import io.velostream.engine.plan.logical.Subquery;
import io.velostream.engine.plan.logical.rule.Plans;
import io.velostream.engine.plan.physical.Nested;
import io.velostream.engine.plan.physical.QueryPlan.QueryKind;
import io.velostream.engine.plan.physical.RowLayout;
import io.velostream.engine.plan.physical.SourceSpec;
import io.velostream.engine.plan.physical.StageInput;
import io.velostream.engine.plan.physical.StageOperator;
import io.velostream.engine.plan.physical.StageOperator.AggregateCall;
import io.velostream.engine.plan.physical.StageOutput;
import io.velostream.engine.plan.physical.StageOutput.Spread;
import io.velostream.engine.plan.physical.StagePlan;
import io.velostream.engine.plan.physical.SubqueryPlan;
import io.velostream.engine.sql.type.SqlType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Cuts one branch of a query into stages. What is read beside the main input, a join's right side or a subquery's table,
 * is cut first: its stages end in repartition topics, which the stage of the join or the subquery reads.
 */
final class StageCutter {

    private final String name;
    private final QueryKind kind;
    private final LogicalQuery.SinkDefinition sink;
    private final List<StagePlan> finished = new ArrayList<>();
    private List<StageOperator> operators = new ArrayList<>();
    private Optional<StageInput> input = Optional.empty();
    private final Set<String> names = new HashSet<>();
    private Set<SystemColumnKind> metadata = Set.of();

    /** Expressions over the logical plan's row → over the row that has come through a repartition topic. */
    private UnaryOperator<Expression> above = UnaryOperator.identity();

    StageCutter(String name, QueryKind kind, LogicalQuery.SinkDefinition sink) {
        this.name = name;
        this.kind = kind;
        this.sink = sink;
    }

    List<StagePlan> cut(Branch whole) {
        metadata = OverShipping.metadata(whole);
        Branch branch = whole;
        SourceDefinition source = whole.plan().scan().source();
        if (whole.plan() instanceof LogicalPlan.Limit limit && LimitGathering.isPossible(whole)) {
            add(limit.input());
            LimitGathering gathering = LimitGathering.of(whole);
            String topic = name + "-limit-" + Fingerprint.of(gathering.layout().toString());
            List<Expression> shipped = gathering.shipped().stream().map(above).toList();
            end(new StageOutput.Repartition(topic, List.of(), shipped, gathering.layout()));
            above = UnaryOperator.identity();
            input = Optional.of(repartition(source, topic, gathering.layout()));
            operators.add(new StageOperator.Limit(limit.rows()));
            branch = gathering.branch();
        } else {
            add(whole.plan());
        }
        if (branch.plan().changes() && kind == QueryKind.STREAM) {
            operators.add(new StageOperator.Additions());
        }
        Branch written = OverShipping.output(branch, above);
        end(new StageOutput.Sink(
                sink.name(),
                sink.topic(),
                sink.format(),
                written.columns(),
                written.key(),
                written.timestamp(),
                sink.properties(),
                written.metrics(),
                sink.options()));
        return finished;
    }

    /** What time means behind a repartition is what it means at the source before it. */
    private static StageInput.Repartition repartition(SourceDefinition source, String topic, RowLayout layout) {
        return new StageInput.Repartition(
                topic,
                layout,
                source.watermark().idleTimeout(),
                source.lateData(),
                source.watermark().allowedLateness());
    }

    private void add(LogicalPlan plan) {
        switch (plan) {
            case LogicalPlan.Scan scan -> input = Optional.of(topic(scan));
            case LogicalPlan.Changes changes -> {
                add(changes.input());
                operators.add(new StageOperator.Materialize(unique("table", StateShape.of(changes)), changes.layout()));
            }
            case LogicalPlan.Project project -> {
                add(project.input());
                operators.add(new StageOperator.Project(
                        project.columns().stream().map(above).toList(), project.layout()));
                above = UnaryOperator.identity();
            }
            case LogicalPlan.Explode explode -> {
                add(explode.input());
                settle(explode.input());
                operators.add(new StageOperator.Explode(explode.arrays(), explode.layout()));
            }
            case LogicalPlan.Join join -> join(join);
            case LogicalPlan.Lookup lookup -> lookup(lookup);
            case LogicalPlan.Filter filter -> {
                add(filter.input());
                operators.add(new StageOperator.Filter(above.apply(filter.predicate())));
            }
            case LogicalPlan.Limit limit -> {
                add(limit.input());
                operators.add(new StageOperator.Limit(limit.rows()));
            }
            case LogicalPlan.Aggregate aggregate -> {
                add(aggregate.input());
                aggregate(aggregate);
            }
            case LogicalPlan.Sort sort -> {
                add(sort.input());
                sort(sort);
            }
            case LogicalPlan.Over over -> {
                add(over.input());
                over(over);
            }
        }
    }

    /** The rows of a window come from all tasks, so they meet in one. */
    private void sort(LogicalPlan.Sort sort) {
        String store = name + "-sort-" + Fingerprint.of(StateShape.of(sort));
        OverShipping shipped = OverShipping.of(sort.layout(), metadata, above);
        String topic = name + "-sort-" + Fingerprint.of(shipped.layout().toString());
        end(new StageOutput.Repartition(topic, List.of(), shipped.columns(), shipped.layout()));
        input = Optional.of(repartition(sort.scan().source(), topic, shipped.layout()));
        above = shipped.above();
        LogicalPlan.Sort arrived = (LogicalPlan.Sort) Plans.mapExpressions(sort, above);
        operators.add(new StageOperator.Sort(store, arrived.orderBy(), sort.rows(), shipped.layout()));
    }

    /** Window functions need all rows of a partition in one task, with everything that is used behind them. */
    private void over(LogicalPlan.Over over) {
        String store = name + "-over-" + Fingerprint.of(StateShape.of(over));
        LogicalPlan.Over placed = (LogicalPlan.Over) Plans.mapExpressions(over, above);
        boolean alone =
                operators.stream().noneMatch(operator -> operator.store().isPresent());
        if (alone && Partitioning.holds(over)) {
            operators.add(new StageOperator.Over(store, placed.partitionBy(), placed.windows(), over.layout()));
            return;
        }
        OverShipping shipped = OverShipping.of(over.input().layout(), metadata, above);
        String topic = name + "-over-"
                + Fingerprint.of(shipped.layout() + "|" + placed.partitionBy().size());
        end(new StageOutput.Repartition(topic, placed.partitionBy(), shipped.columns(), shipped.layout()));
        input = Optional.of(repartition(over.scan().source(), topic, shipped.layout()));
        above = shipped.above();
        LogicalPlan.Over arrived = (LogicalPlan.Over) Plans.mapExpressions(over, above);
        operators.add(
                new StageOperator.Over(store, arrived.partitionBy(), arrived.windows(), shipped.layoutBehind(over)));
    }

    private static StageInput topic(LogicalPlan.Scan scan) {
        SourceDefinition source = scan.source();
        SourceSpec spec = new SourceSpec(
                source.name(),
                source.topic(),
                source.format(),
                source.keyFormat(),
                source.declared(),
                new SourceSpec.EventTime(scan.eventTimeSlot(), source.eventTimeFormat()),
                source.watermark(),
                source.lateData(),
                source.properties(),
                source.options());
        return new StageInput.Topic(spec, scan.fields(), scan.wholeValue());
    }

    private void aggregate(LogicalPlan.Aggregate logical) {
        String store = name + "-aggregate-" + Fingerprint.of(StateShape.of(logical));
        LogicalPlan.Aggregate aggregate = (LogicalPlan.Aggregate) Plans.mapExpressions(logical, above);
        above = UnaryOperator.identity();
        List<Expression> keys = aggregate.keys();
        List<AggregateCall> calls = aggregate.calls();
        boolean alone = operators.stream()
                .noneMatch(operator ->
                        operator instanceof StageOperator.Over || operator instanceof StageOperator.Aggregate);
        if (!alone || !Partitioning.holds(aggregate)) {
            PreAggregation shipped = PreAggregation.of(aggregate);
            String topic = name + "-group-"
                    + Fingerprint.of(shipped.layout() + "|" + shipped.keys().size());
            end(new StageOutput.Repartition(topic, shipped.keys(), shipped.columns(), shipped.layout()));
            input = Optional.of(repartition(aggregate.scan().source(), topic, shipped.layout()));
            keys = shipped.keySlots();
            calls = shipped.calls();
        }
        operators.add(
                aggregate.input().changes()
                        ? new StageOperator.ChangeAggregate(store, keys, calls, aggregate.layout())
                        : new StageOperator.Aggregate(
                                store, keys, calls, aggregate.window(), aggregate.emit(), aggregate.layout()));
    }

    /**
     * Without keys every row of a table goes to every task, and the stream stays where it is. A stream that is already
     * partitioned by the keys stays, too, and the other side, table or stream, follows it; else both sides are sent to where
     * their key is.
     */
    private void join(LogicalPlan.Join join) {
        boolean table = join.form() instanceof JoinForm.StreamTable;
        boolean toAll = table && join.leftKeys().isEmpty();
        boolean follows = !(join.form() instanceof JoinForm.TableTable)
                && Partitioning.isByText(join.left(), join.leftKeys())
                && types(join.leftKeys()).equals(types(join.rightKeys()));
        StageInput.Repartition right = side(
                "right",
                join.right(),
                join.rightKeys(),
                toAll ? Spread.TO_ALL : follows ? Spread.BY_KEY_TEXT : Spread.BY_TUPLE);
        if (toAll || follows) {
            add(join.left());
        } else {
            input = Optional.of(side("left", join.left(), join.leftKeys(), Spread.BY_TUPLE));
        }
        operators.add(operator(join, right));
    }

    private static List<SqlType> types(List<Expression> keys) {
        return keys.stream().map(Expression::type).toList();
    }

    private StageOperator operator(LogicalPlan.Join join, StageInput.Repartition right) {
        String store = unique("join", StateShape.of(join));
        return switch (join.form()) {
            case JoinForm.StreamTable _ ->
                new StageOperator.TableJoin(
                        store,
                        join.kind().keepsLeft(),
                        join.leftKeys(),
                        right,
                        join.rightKeys(),
                        join.residual(),
                        join.layout());
            case JoinForm.StreamStream streams ->
                new StageOperator.StreamJoin(
                        store,
                        join.kind(),
                        streams.bound(),
                        join.leftKeys(),
                        right,
                        join.rightKeys(),
                        join.residual(),
                        join.layout());
            case JoinForm.TableTable _ ->
                new StageOperator.ChangeJoin(
                        store, join.kind(), join.leftKeys(), right, join.rightKeys(), join.residual(), join.layout());
        };
    }

    private void lookup(LogicalPlan.Lookup lookup) {
        List<SubqueryPlan> subqueries =
                lookup.subqueries().stream().map(this::subquery).toList();
        add(lookup.input());
        // Behind a repartition that took metadata along the row is wider than the plan's: bring it to the plan's form.
        settle(lookup.input());
        operators.add(new StageOperator.Lookup(unique("lookup", StateShape.of(lookup)), subqueries, lookup.layout()));
    }

    private SubqueryPlan subquery(Subquery subquery) {
        return new SubqueryPlan(
                side("subquery", subquery.table(), List.of(), Spread.TO_ALL),
                subquery.tableKeys(),
                subquery.probes(),
                subquery.predicate(),
                subquery.groups(),
                subquery.result(),
                new Nested<>(
                        subquery.nested().ofRow().stream().map(this::subquery).toList(),
                        subquery.nested().ofGroup().stream().map(this::subquery).toList()));
    }

    /** Makes the row the plan's own where it came through a repartition with more. */
    private void settle(LogicalPlan plan) {
        List<Expression> columns = slots(plan.layout()).stream().map(above).toList();
        if (!columns.equals(slots(plan.layout()))) {
            operators.add(new StageOperator.Project(columns, plan.layout()));
        }
        above = UnaryOperator.identity();
    }

    private static List<Expression> slots(RowLayout layout) {
        List<Expression> columns = new ArrayList<>();
        for (int slot = 0; slot < layout.columns().size(); slot++) {
            RowLayout.Column column = layout.columns().get(slot);
            columns.add(new Expression.Slot(slot, column.name(), column.type()));
        }
        return columns;
    }

    /** Cuts what stands beside the main input; its rows come through a repartition topic. */
    private StageInput.Repartition side(String role, LogicalPlan plan, List<Expression> keys, Spread spread) {
        add(plan);
        RowLayout layout = plan.layout();
        String topic = unique(role, plan.scan().source().topic() + "|" + layout + "|" + types(keys) + "|" + spread);
        end(new StageOutput.Repartition(topic, keys, slots(layout), layout, spread));
        return repartition(plan.scan().source(), topic, layout);
    }

    /** The name of a store or topic: by what it holds, numbered where the query has that twice. */
    private String unique(String role, String shape) {
        String plain = name + "-" + role + "-" + Fingerprint.of(shape);
        String unique = plain;
        for (int number = 2; !names.add(unique); number++) {
            unique = plain + "-" + number;
        }
        return unique;
    }

    private void end(StageOutput output) {
        finished.add(new StagePlan(name + "-" + finished.size(), input.orElseThrow(), List.copyOf(operators), output));
        operators = new ArrayList<>();
        input = Optional.empty();
    }
}
