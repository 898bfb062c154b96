package io.velostream.engine.plan.physical;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A pipeline between two topics that runs without leaving the thread: input, operators, output.
 *
 * @param id stable under edits that leave the stage alone, such as {@code totals-0}
 */
public record StagePlan(String id, StageInput input, List<StageOperator> operators, StageOutput output) {
    public StagePlan {
        operators = List.copyOf(operators);
    }

    /** Everything that the stage reads: its own input, then those of its operators. */
    public List<StageInput> inputs() {
        List<StageInput> inputs = new ArrayList<>(List.of(input));
        operators.forEach(operator -> inputs.addAll(operator.sides()));
        return inputs;
    }

    /** Whether what the stage reads itself is a table, whose rows it keeps. */
    public boolean readsTable() {
        return !operators.isEmpty() && operators.getFirst() instanceof StageOperator.Materialize;
    }

    /** The name of the stage's store, in which all its operators keep their state. */
    public Optional<String> storeName() {
        List<String> names = operators.stream()
                .flatMap(operator -> operator.store().stream())
                .toList();
        if (names.size() < 2) {
            return names.stream().findFirst();
        }
        return Optional.of(
                names.getFirst() + "-%08x".formatted(String.join("|", names).hashCode()));
    }
}
