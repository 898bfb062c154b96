package io.velostream.engine.runtime.operator;

import io.velostream.engine.runtime.expression.BooleanEvaluator;
import io.velostream.engine.runtime.row.Row;
import org.jspecify.annotations.Nullable;

/** Hands on the rows for which the predicate is TRUE. */
final class FilterStep extends PassingStep {

    private final BooleanEvaluator predicate;
    private final @Nullable StageContext removals;

    FilterStep(BooleanEvaluator predicate, Step next) {
        this(predicate, null, next);
    }

    /**
     * A filter whose predicate may have changed its mind since the row came, as one that asks a table may.
     *
     * @param removals tells whether a row is taken back: then it passes in any case; null for an ordinary filter
     */
    FilterStep(BooleanEvaluator predicate, @Nullable StageContext removals, Step next) {
        super(next);
        this.predicate = predicate;
        this.removals = removals;
    }

    @Override
    void process(Row row) {
        if (removals != null && removals.retract || predicate.eval(row) == BooleanEvaluator.TRUE) {
            next.process(row);
        }
    }
}
