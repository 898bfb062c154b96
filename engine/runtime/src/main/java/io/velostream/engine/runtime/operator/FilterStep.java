package io.velostream.engine.runtime.operator;

import io.velostream.engine.runtime.expression.BooleanEvaluator;
import io.velostream.engine.runtime.row.Row;

/** Hands on the rows for which the predicate is TRUE. */
final class FilterStep extends Step {

    private final BooleanEvaluator predicate;
    private final Step next;

    FilterStep(BooleanEvaluator predicate, Step next) {
        this.predicate = predicate;
        this.next = next;
    }

    @Override
    void process(Row row) {
        if (predicate.eval(row) == BooleanEvaluator.TRUE) {
            next.process(row);
        }
    }

    @Override
    void advance() {
        next.advance();
    }

    @Override
    void endOfBatch() {
        next.endOfBatch();
    }
}
