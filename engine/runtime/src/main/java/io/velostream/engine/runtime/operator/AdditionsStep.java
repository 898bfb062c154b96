package io.velostream.engine.runtime.operator;

import io.velostream.engine.runtime.row.Row;

/** Hands on what is added and drops what is taken back. */
final class AdditionsStep extends PassingStep {

    private final StageContext context;

    AdditionsStep(StageContext context, Step next) {
        super(next);
        this.context = context;
    }

    @Override
    void process(Row row) {
        if (!context.retract) {
            next.process(row);
        }
    }
}
