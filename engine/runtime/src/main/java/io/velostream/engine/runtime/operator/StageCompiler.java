package io.velostream.engine.runtime.operator;

import io.velostream.engine.format.RecordText;
import io.velostream.engine.plan.physical.SourceSpec.LateData;
import io.velostream.engine.plan.physical.StageInput;
import io.velostream.engine.plan.physical.StageOperator;
import io.velostream.engine.plan.physical.StageOperator.Window;
import io.velostream.engine.plan.physical.StageOutput;
import io.velostream.engine.plan.physical.StagePlan;
import io.velostream.engine.runtime.aggregate.GroupLayout;
import io.velostream.engine.runtime.expression.ExpressionCompiler;
import io.velostream.engine.runtime.metric.QueryMetric;
import io.velostream.engine.runtime.over.SortedRows;
import io.velostream.engine.runtime.state.SessionTable;
import io.velostream.engine.runtime.state.WindowTables;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/** Makes stages of plans. */
public final class StageCompiler {

    /** A compiler; it holds nothing. */
    public StageCompiler() {}

    /**
     * Compiles a stage for one task. The result has registers and state: each task needs its own, and a task that is
     * revived needs a new one.
     *
     * @throws IllegalArgumentException when the plan is one that the analyser does not make
     */
    public Stage compile(StagePlan plan, StageSettings settings) {
        return new Assembly(plan, settings).stage();
    }

    /** Puts one stage together. */
    private static final class Assembly {

        private final StagePlan plan;
        private final StageSettings settings;
        private final StageContext context = new StageContext();
        private final Watermarks watermarks;
        private final StageReader reader;
        private final LateData lateData;
        private final LateRows late;
        private Optional<StageState> state = Optional.empty();

        Assembly(StagePlan plan, StageSettings settings) {
            this.plan = plan;
            this.settings = settings;
            BitSet computed = SlotUse.computed(plan);
            switch (plan.input()) {
                case StageInput.Topic topic -> {
                    watermarks = new Watermarks(1);
                    reader = new TopicReader(topic, computed, context, settings, watermarks);
                    lateData = topic.source().lateData();
                    late = new LateRows(lateData, topic.source().watermark().allowedLateness(), context, reader);
                }
                case StageInput.Repartition repartition -> {
                    watermarks = new Watermarks(settings.upstreamPartitions());
                    reader = new RepartitionReader(repartition, context, settings, watermarks);
                    lateData = repartition.lateData();
                    late = new LateRows(lateData, repartition.allowedLateness(), context, reader);
                }
            }
        }

        Stage stage() {
            Step step = last();
            List<QueryMetric> metrics = step instanceof SinkStep sink ? sink.metrics() : List.of();
            for (StageOperator operator : plan.operators().reversed()) {
                step = before(step, operator);
            }
            return new CompiledStage(context, reader, watermarks, step, state, metrics);
        }

        private Step last() {
            return switch (plan.output()) {
                case StageOutput.Sink sink -> new SinkStep(sink, context, text());
                case StageOutput.Repartition repartition ->
                    new RepartitionStep(repartition, settings.taskPartition(), carriesRecords(), reader, context);
            };
        }

        /** A late row can only be dead-lettered as the record that it was if it carries that record along. */
        private boolean carriesRecords() {
            return plan.input() instanceof StageInput.Topic
                    && lateData == LateData.DEAD_LETTER
                    && plan.operators().stream().noneMatch(StageOperator.Aggregate.class::isInstance);
        }

        private RecordText text() {
            return switch (reader) {
                case TopicReader topic -> topic.text();
                case RepartitionReader repartition -> repartition.text();
                default -> NoText.INSTANCE;
            };
        }

        private Step before(Step next, StageOperator operator) {
            return switch (operator) {
                case StageOperator.Filter filter ->
                    new FilterStep(ExpressionCompiler.predicate(filter.predicate()), next);
                case StageOperator.Project project -> new ProjectStep(project, context.origin, next);
                case StageOperator.Limit limit -> limit(limit, next);
                case StageOperator.Aggregate aggregate -> aggregate(aggregate, next);
                case StageOperator.Over over -> over(over, next);
                case StageOperator.Sort sort -> sort(sort, next);
            };
        }

        private Step limit(StageOperator.Limit limit, Step next) {
            LimitStep step = new LimitStep(limit.rows(), next);
            keep(step);
            return step;
        }

        private Step aggregate(StageOperator.Aggregate aggregate, Step next) {
            GroupLayout layout = new GroupLayout(aggregate.aggregates());
            if (aggregate.emit() == StageOperator.Emit.FINAL) {
                context.outputDelay = aggregate
                        .window()
                        .map(window -> window.grace().toMillis())
                        .orElse(0L);
            }
            return switch (aggregate.window().orElse(null)) {
                case Window.Session session -> sessions(aggregate, session, layout, next);
                case Window.Sliding sliding -> {
                    AlignedWindows timing = AlignedWindows.of(sliding, late);
                    yield new SlidingStep(groups(aggregate, layout, timing, next), timing, late, context, next);
                }
                case Window.Tumbling tumbling -> {
                    AlignedWindows timing = AlignedWindows.of(tumbling, late);
                    yield new AggregateStep(groups(aggregate, layout, timing, next), timing, true, late, context, next);
                }
                case null -> {
                    AlignedWindows none = AlignedWindows.none();
                    yield new AggregateStep(groups(aggregate, layout, none, next), none, false, late, context, next);
                }
            };
        }

        private Step sort(StageOperator.Sort sort, Step next) {
            SortedRows sorted = new SortedRows(sort, context.origin);
            SortStep step = new SortStep(sorted, sort.layout().columns().size(), context, next);
            keep(new SortState(sorted, step, new TimeState(watermarks, context), context));
            return step;
        }

        private Step over(StageOperator.Over over, Step next) {
            OverPartitions partitions = new OverPartitions(over, context.origin);
            OverStep step = new OverStep(over, partitions, context, next);
            keep(new OverState(partitions, step, new TimeState(watermarks, context), context));
            return step;
        }

        private WindowedGroups groups(
                StageOperator.Aggregate aggregate, GroupLayout layout, AlignedWindows timing, Step next) {
            WindowTables windows = new WindowTables(layout.cells(), layout.objects());
            keep(new AggregateState(layout, windows, new TimeState(watermarks, context), context));
            return new WindowedGroups(aggregate, layout, windows, timing, context, next);
        }

        private Step sessions(StageOperator.Aggregate aggregate, Window.Session window, GroupLayout layout, Step next) {
            SessionTiming timing = SessionTiming.of(window, late);
            SessionTable table = new SessionTable(layout.cells(), layout.objects());
            Sessions sessions = new Sessions(aggregate, layout, table, timing, context, next);
            keep(new SessionState(layout, table, sessions, new TimeState(watermarks, context), context));
            return new SessionStep(sessions, timing, late, context, next);
        }

        private void keep(StageState added) {
            if (state.isPresent()) {
                throw new IllegalArgumentException(
                        "Stage " + plan.id() + " has two operators with state; the planner puts each in a stage.");
            }
            state = Optional.of(added);
        }
    }
}
