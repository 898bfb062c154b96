package io.velostream.engine.runtime.operator;

import io.velostream.engine.format.RecordText;
import io.velostream.engine.plan.physical.SourceSpec.LateData;
import io.velostream.engine.plan.physical.StageInput;
import io.velostream.engine.plan.physical.StageOperator;
import io.velostream.engine.plan.physical.StageOutput;
import io.velostream.engine.plan.physical.StagePlan;
import io.velostream.engine.runtime.aggregate.GroupLayout;
import io.velostream.engine.runtime.expression.ExpressionCompiler;
import io.velostream.engine.runtime.state.WindowTables;
import java.util.BitSet;
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
                }
                case StageInput.Repartition repartition -> {
                    watermarks = new Watermarks(settings.upstreamPartitions());
                    reader = new RepartitionReader(repartition, context, settings, watermarks);
                    lateData = repartition.lateData();
                }
            }
        }

        Stage stage() {
            Step step = last();
            for (StageOperator operator : plan.operators().reversed()) {
                step = before(step, operator);
            }
            return new CompiledStage(context, reader, watermarks, step, state);
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
            return reader instanceof TopicReader topic ? topic.text() : NoText.INSTANCE;
        }

        private Step before(Step next, StageOperator operator) {
            return switch (operator) {
                case StageOperator.Filter filter ->
                    new FilterStep(ExpressionCompiler.predicate(filter.predicate()), next);
                case StageOperator.Project project -> new ProjectStep(project, context.origin, next);
                case StageOperator.Limit limit -> limit(limit, next);
                case StageOperator.Aggregate aggregate -> aggregate(aggregate, next);
            };
        }

        private Step limit(StageOperator.Limit limit, Step next) {
            LimitStep step = new LimitStep(limit.rows(), next);
            keep(step);
            return step;
        }

        private Step aggregate(StageOperator.Aggregate aggregate, Step next) {
            GroupLayout layout = new GroupLayout(aggregate.aggregates());
            WindowTables windows = new WindowTables(layout.cells(), layout.objects());
            keep(new AggregateState(layout, windows, watermarks, context));
            return new AggregateStep(aggregate, layout, windows, lateData, context, reader, next);
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
