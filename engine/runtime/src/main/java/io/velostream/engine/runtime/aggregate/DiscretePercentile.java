package io.velostream.engine.runtime.aggregate;

import io.velostream.engine.runtime.aggregate.CollectedValues.Rule;
import io.velostream.engine.runtime.expression.Evaluator;
import io.velostream.engine.runtime.row.ByteCursor;
import io.velostream.engine.runtime.row.Decimals;
import io.velostream.engine.runtime.row.GrowingBuffer;
import io.velostream.engine.runtime.row.Row;
import io.velostream.engine.runtime.row.Value;
import io.velostream.engine.runtime.state.GroupTable;
import java.math.BigDecimal;
import java.util.List;

/**
 * PERCENTILE_DISC: the first value, in order, whose share of the group reaches the fraction (SQL:2003, 10.9). All values
 * are kept, so it is for groups that a window bounds.
 */
final class DiscretePercentile extends Accumulator {

    private final CollectedValues values;
    private final double fraction;
    private final boolean descending;
    private final Value result = new Value();

    DiscretePercentile(Evaluator argument, double fraction, boolean descending) {
        this(new CollectedValues(argument, Rule.SORTED, Integer.MAX_VALUE), fraction, descending);
    }

    private DiscretePercentile(CollectedValues values, double fraction, boolean descending) {
        super(values.cells(), values.objects());
        this.values = values;
        this.fraction = fraction;
        this.descending = descending;
    }

    @Override
    public void place(int firstCell, int firstObject) {
        super.place(firstCell, firstObject);
        values.place(firstCell, firstObject);
    }

    @Override
    public void prepare(Row row) {
        values.prepare(row);
    }

    @Override
    public void check(GroupTable table, int group) {
        values.check(table, group);
    }

    @Override
    public void apply(GroupTable table, int group) {
        values.apply(table, group);
    }

    @Override
    public void merge(GroupTable table, int group, GroupTable later, int laterGroup) {
        values.merge(table, group, later, laterGroup);
    }

    @Override
    public void result(GroupTable table, int group, Row out, int slot) {
        List<Object> sorted = values.values(table, group);
        if (sorted.isEmpty()) {
            out.setNull(slot);
            return;
        }
        int place = Math.clamp((long) Math.ceil(fraction * sorted.size()) - 1, 0, sorted.size() - 1);
        Object found = sorted.get(descending ? sorted.size() - 1 - place : place);
        if (found instanceof BigDecimal number) {
            Decimals.store(number, out, slot);
        } else {
            result.setObject(found);
            result.store(out, slot);
        }
    }

    @Override
    public void write(GroupTable table, int group, GrowingBuffer out) {
        values.write(table, group, out);
    }

    @Override
    public void read(GroupTable table, int group, ByteCursor in) {
        values.read(table, group, in);
    }
}
