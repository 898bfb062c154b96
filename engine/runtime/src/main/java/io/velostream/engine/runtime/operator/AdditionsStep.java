package io.velostream.engine.runtime.operator;

import io.velostream.engine.runtime.row.Row;

/** Hands on what is added and drops what is taken back. */
final class AdditionsStep extends Step {

    private final StageContext context;
    private final Step next;

    AdditionsStep(StageContext context, Step next) {
        this.context = context;
        this.next = next;
    }

    @Override
    void process(Row row) {
        if (!context.retract) {
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
