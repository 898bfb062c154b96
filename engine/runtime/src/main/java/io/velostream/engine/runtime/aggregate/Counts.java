package io.velostream.engine.runtime.aggregate;

import io.velostream.engine.runtime.expression.BooleanEvaluator;
import io.velostream.engine.runtime.row.Row;
import io.velostream.engine.runtime.state.GroupTable;
import org.jspecify.annotations.Nullable;

/** COUNT: of rows, or of rows whose argument is not NULL. */
final class Counts extends Accumulator {

    private final @Nullable BooleanEvaluator isNull;
    private int one = 1;

    /**
     * @param isNull whether the argument is NULL; null for COUNT(*)
     */
    Counts(@Nullable BooleanEvaluator isNull) {
        super(1, 0);
        this.isNull = isNull;
    }

    @Override
    public void prepare(Row row) {
        if (isNull != null) {
            one = isNull.eval(row) == BooleanEvaluator.TRUE ? 0 : 1;
        }
    }

    @Override
    public void apply(GroupTable table, int group) {
        table.cells()[table.base(group) + cell] += one;
    }

    @Override
    public void merge(GroupTable table, int group, GroupTable later, int laterGroup) {
        table.cells()[table.base(group) + cell] += later.cells()[later.base(laterGroup) + cell];
    }

    @Override
    public boolean isRetractable() {
        return true;
    }

    @Override
    public void retract(GroupTable table, int group) {
        table.cells()[table.base(group) + cell] -= one;
    }

    @Override
    public void result(GroupTable table, int group, Row out, int slot) {
        out.setLong(slot, table.cells()[table.base(group) + cell]);
    }
}
