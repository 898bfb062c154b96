package io.velostream.engine.runtime.operator;

import io.velostream.engine.runtime.row.Row;
import java.util.List;

/** Puts the results of subqueries behind a row's slots, one after the other. */
final class LookupStep extends PassingStep {

    private final List<SubqueryEvaluator> subqueries;
    private final Row out;
    private final int width;

    /**
     * @param out the output row
     * @param width slots of the input row
     */
    LookupStep(List<SubqueryEvaluator> subqueries, Row out, int width, Step next) {
        super(next);
        this.subqueries = List.copyOf(subqueries);
        this.out = out;
        this.width = width;
    }

    @Override
    void process(Row row) {
        for (int slot = 0; slot < width; slot++) {
            out.copy(row, slot, slot);
        }
        for (int i = 0; i < subqueries.size(); i++) {
            subqueries.get(i).evaluate(out, width + i);
        }
        next.process(out);
    }
}
