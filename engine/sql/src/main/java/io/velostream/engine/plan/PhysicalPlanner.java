package io.velostream.engine.plan;

import io.velostream.engine.plan.expression.Expression;
import io.velostream.engine.plan.expression.SystemColumnKind;
import io.velostream.engine.plan.logical.LogicalPlan;
import io.velostream.engine.plan.logical.LogicalQuery;
import io.velostream.engine.plan.logical.LogicalQuery.Branch;
import io.velostream.engine.plan.logical.SourceDefinition;
import io.velostream.engine.plan.logical.rule.Plans;
import io.velostream.engine.plan.physical.JobPlan;
import io.velostream.engine.plan.physical.QueryPlan;
import io.velostream.engine.plan.physical.RowLayout;
import io.velostream.engine.plan.physical.SourceSpec;
import io.velostream.engine.plan.physical.StageInput;
import io.velostream.engine.plan.physical.StageOperator;
import io.velostream.engine.plan.physical.StageOperator.AggregateCall;
import io.velostream.engine.plan.physical.StageOutput;
import io.velostream.engine.plan.physical.StagePlan;
import io.velostream.engine.plan.physical.UnitPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Logical → physical plan: cuts each query into stages at its repartitions. Each query is a unit of its own, so that it
 * starts, stops and fails alone; a query that reads another's result reads its topic.
 */
final class PhysicalPlanner {

    JobPlan plan(List<LogicalQuery> queries) {
        return new JobPlan(queries.stream().map(this::unit).toList());
    }

    private UnitPlan unit(LogicalQuery query) {
        List<QueryPlan> plans = new ArrayList<>();
        for (int i = 0; i < query.branches().size(); i++) {
            Branch branch = query.branches().get(i);
            String name = i == 0 ? query.name() : query.name() + "_" + (i + 1);
            List<StagePlan> stages =
                    new StageCutter(name, query.sink(), branch.plan().scan().source()).cut(branch);
            plans.add(new QueryPlan(name, query.kind(), stages));
        }
        return new UnitPlan(unitName(query.name()), plans, query.errors());
    }

    /** A unit's name is part of group ids and topic names. */
    private static String unitName(String query) {
        String plain = query.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9._-]", "_");
        return plain.equals(query.toLowerCase(Locale.ROOT)) ? plain : plain + "_" + Fingerprint.of(query);
    }

    /** Cuts one branch. */
    private static final class StageCutter {

        private final String name;
        private final LogicalQuery.SinkDefinition sink;
        private final SourceDefinition source;
        private final List<StagePlan> finished = new ArrayList<>();
        private List<StageOperator> operators = new ArrayList<>();
        private Optional<StageInput> input = Optional.empty();
        /** Expressions over the logical plan's row → over the row that has come through a repartition topic. */
        private Set<SystemColumnKind> metadata = Set.of();

        private UnaryOperator<Expression> above = UnaryOperator.identity();

        StageCutter(String name, LogicalQuery.SinkDefinition sink, SourceDefinition source) {
            this.name = name;
            this.sink = sink;
            this.source = source;
        }

        List<StagePlan> cut(Branch whole) {
            metadata = OverShipping.metadata(whole);
            Branch branch = whole;
            if (whole.plan() instanceof LogicalPlan.Limit limit && LimitGathering.isPossible(whole)) {
                add(limit.input());
                LimitGathering gathering = LimitGathering.of(whole);
                String topic =
                        name + "-limit-" + Fingerprint.of(gathering.layout().toString());
                List<Expression> shipped =
                        gathering.shipped().stream().map(above).toList();
                end(new StageOutput.Repartition(topic, List.of(), shipped, gathering.layout()));
                above = UnaryOperator.identity();
                input = Optional.of(repartition(topic, gathering.layout()));
                operators.add(new StageOperator.Limit(limit.rows()));
                branch = gathering.branch();
            } else {
                add(whole.plan());
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
        private StageInput repartition(String topic, RowLayout layout) {
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
            input = Optional.of(repartition(topic, shipped.layout()));
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
                    + Fingerprint.of(
                            shipped.layout() + "|" + placed.partitionBy().size());
            end(new StageOutput.Repartition(topic, placed.partitionBy(), shipped.columns(), shipped.layout()));
            input = Optional.of(repartition(topic, shipped.layout()));
            above = shipped.above();
            LogicalPlan.Over arrived = (LogicalPlan.Over) Plans.mapExpressions(over, above);
            operators.add(new StageOperator.Over(
                    store, arrived.partitionBy(), arrived.windows(), shipped.layoutBehind(over)));
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
            boolean alone =
                    operators.stream().noneMatch(operator -> operator.store().isPresent());
            if (!alone || !Partitioning.holds(aggregate)) {
                PreAggregation shipped = PreAggregation.of(aggregate);
                String topic = name + "-group-"
                        + Fingerprint.of(shipped.layout() + "|" + shipped.keys().size());
                end(new StageOutput.Repartition(topic, shipped.keys(), shipped.columns(), shipped.layout()));
                input = Optional.of(repartition(topic, shipped.layout()));
                keys = shipped.keySlots();
                calls = shipped.calls();
            }
            operators.add(new StageOperator.Aggregate(
                    store, keys, calls, aggregate.window(), aggregate.emit(), aggregate.layout()));
        }

        private void end(StageOutput output) {
            finished.add(
                    new StagePlan(name + "-" + finished.size(), input.orElseThrow(), List.copyOf(operators), output));
            operators = new ArrayList<>();
            input = Optional.empty();
        }
    }

    /** What is sent through a repartition topic before an aggregate: its keys and its arguments, computed. */
    private record PreAggregation(
            List<Expression> keys, List<Expression> columns, RowLayout layout, List<AggregateCall> calls) {

        static PreAggregation of(LogicalPlan.Aggregate aggregate) {
            List<Expression> columns = new ArrayList<>(aggregate.keys());
            List<RowLayout.Column> layout = new ArrayList<>();
            for (int i = 0; i < columns.size(); i++) {
                layout.add(aggregate.layout().columns().get(i));
            }
            List<AggregateCall> calls = new ArrayList<>();
            for (AggregateCall call : aggregate.calls()) {
                List<Expression> arguments = new ArrayList<>();
                for (Expression argument : call.arguments()) {
                    arguments.add(argument instanceof Expression.Literal ? argument : slot(argument, columns, layout));
                }
                calls.add(new AggregateCall(call.function(), call.distinct(), arguments, call.type()));
            }
            return new PreAggregation(aggregate.keys(), columns, new RowLayout(layout), calls);
        }

        private static Expression slot(Expression argument, List<Expression> columns, List<RowLayout.Column> layout) {
            int index = columns.indexOf(argument);
            if (index < 0) {
                index = columns.size();
                columns.add(argument);
                String name = argument instanceof Expression.Slot slot ? slot.name() : "argument_" + index;
                layout.add(new RowLayout.Column(name, argument.type()));
            }
            return new Expression.Slot(index, layout.get(index).name(), argument.type());
        }

        List<Expression> keySlots() {
            List<Expression> slots = new ArrayList<>();
            for (int i = 0; i < keys.size(); i++) {
                slots.add(new Expression.Slot(
                        i, layout.columns().get(i).name(), keys.get(i).type()));
            }
            return slots;
        }
    }
}
