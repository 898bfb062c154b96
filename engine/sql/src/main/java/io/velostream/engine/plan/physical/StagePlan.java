package io.velostream.engine.plan.physical;

import java.util.List;

/**
 * A pipeline between two topics that runs without leaving the thread: input, operators, output.
 *
 * @param id stable under edits that leave the stage alone, such as {@code totals-0}
 */
public record StagePlan(String id, StageInput input, List<StageOperator> operators, StageOutput output) {
    public StagePlan {
        operators = List.copyOf(operators);
    }
}
