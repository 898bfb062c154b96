package io.velostream.engine.runtime.operator;

import io.velostream.engine.plan.physical.StageInput;
import io.velostream.engine.plan.physical.StageOperator;
import io.velostream.engine.plan.physical.StageOutput;
import io.velostream.engine.plan.physical.StagePlan;
import io.velostream.engine.runtime.expression.ExpressionCompiler;
import java.util.List;
import java.util.Optional;

/** Makes stages of plans. */
public final class StageCompiler {

    /** A compiler; it holds nothing. */
    public StageCompiler() {}

    /**
     * Compiles a stage for one task. The result has registers and state: each task needs its own.
     *
     * @throws IllegalArgumentException when the plan is one that the analyser does not make
     */
    public Stage compile(StagePlan plan, StageSettings settings) {
        StageContext context = new StageContext();
        StageInput.Topic topic = (StageInput.Topic) plan.input();
        Watermarks watermarks = new Watermarks(1);
        TopicReader reader = new TopicReader(topic, SlotUse.computed(plan), context, settings, watermarks);
        Step last = new SinkStep((StageOutput.Sink) plan.output(), context, reader.text());
        Step first = steps(plan.operators(), last, context);
        return new CompiledStage(context, reader, watermarks, first, Optional.empty());
    }

    private static Step steps(List<StageOperator> operators, Step last, StageContext context) {
        Step next = last;
        for (StageOperator operator : operators.reversed()) {
            Step after = next;
            next = switch (operator) {
                case StageOperator.Filter filter ->
                    new FilterStep(ExpressionCompiler.predicate(filter.predicate()), after);
                case StageOperator.Project project -> new ProjectStep(project, context.origin, after);
                case StageOperator.Limit limit -> throw new IllegalArgumentException("LIMIT is not compiled yet.");
                case StageOperator.Aggregate aggregate ->
                    throw new IllegalArgumentException("Aggregates are not compiled yet.");
            };
        }
        return next;
    }
}
