package io.velostream.engine.runtime.aggregate;

import io.velostream.engine.runtime.expression.DoubleEvaluator;
import io.velostream.engine.runtime.row.ByteCursor;
import io.velostream.engine.runtime.row.GrowingBuffer;
import io.velostream.engine.runtime.row.Row;
import io.velostream.engine.runtime.state.GroupTable;

/** MIN and MAX over DOUBLE. Cells: the value's bits, whether there is one. */
final class DoubleExtremes extends Accumulator {

    private final DoubleEvaluator argument;
    private final boolean max;
    private double value;
    private boolean present;

    DoubleExtremes(DoubleEvaluator argument, boolean max) {
        super(2, 0);
        this.argument = argument;
        this.max = max;
    }

    @Override
    public void prepare(Row row) {
        value = argument.eval(row);
        present = !row.isNull;
    }

    @Override
    public void apply(GroupTable table, int group) {
        long[] cells = table.cells();
        int base = table.base(group) + cell;
        double sofar = Double.longBitsToDouble(cells[base]);
        if (present && (cells[base + 1] == 0 || (max ? value > sofar : value < sofar))) {
            cells[base] = Double.doubleToRawLongBits(value);
            cells[base + 1] = 1;
        }
    }

    @Override
    public void merge(GroupTable table, int group, GroupTable later, int laterGroup) {
        long[] cells = table.cells();
        int base = table.base(group) + cell;
        int other = later.base(laterGroup) + cell;
        if (later.cells()[other + 1] == 0) {
            return;
        }
        double theirs = Double.longBitsToDouble(later.cells()[other]);
        double ours = Double.longBitsToDouble(cells[base]);
        if (cells[base + 1] == 0 || (max ? theirs > ours : theirs < ours)) {
            cells[base] = later.cells()[other];
            cells[base + 1] = 1;
        }
    }

    @Override
    public void result(GroupTable table, int group, Row out, int slot) {
        int base = table.base(group) + cell;
        if (table.cells()[base + 1] == 0) {
            out.setNull(slot);
        } else {
            out.setDouble(slot, Double.longBitsToDouble(table.cells()[base]));
        }
    }

    @Override
    public void write(GroupTable table, int group, GrowingBuffer out) {
        int base = table.base(group) + cell;
        out.putVarint(table.cells()[base + 1]);
        out.putLong(table.cells()[base]);
    }

    @Override
    public void read(GroupTable table, int group, ByteCursor in) {
        int base = table.base(group) + cell;
        table.cells()[base + 1] = in.getVarint();
        table.cells()[base] = in.getLong();
    }
}
