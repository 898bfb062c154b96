package io.velostream.engine.runtime.aggregate;

import io.velostream.engine.runtime.expression.Evaluator;
import io.velostream.engine.runtime.expression.LongEvaluator;
import io.velostream.engine.runtime.expression.ShortDecimalEvaluator;
import io.velostream.engine.runtime.row.Row;
import io.velostream.engine.runtime.state.GroupTable;
import org.jspecify.annotations.Nullable;

/** MIN and MAX over what lies in 64 bits: whole numbers, moments, short decimals. Cells: the value, whether there is one. */
final class LongExtremes extends Accumulator {

    private final @Nullable LongEvaluator longs;
    private final @Nullable ShortDecimalEvaluator decimals;
    private final boolean max;
    private long value;
    private boolean present;

    LongExtremes(Evaluator argument, boolean max) {
        super(2, 0);
        this.longs = argument instanceof LongEvaluator number ? number : null;
        this.decimals = argument instanceof ShortDecimalEvaluator number ? number : null;
        this.max = max;
    }

    @Override
    public void prepare(Row row) {
        if (longs != null) {
            value = longs.eval(row);
        } else if (decimals != null) {
            value = decimals.unscaled(row);
        }
        present = !row.isNull;
    }

    @Override
    public void apply(GroupTable table, int group) {
        long[] cells = table.cells();
        int base = table.base(group) + cell;
        if (present && (cells[base + 1] == 0 || (max ? value > cells[base] : value < cells[base]))) {
            cells[base] = value;
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
        long theirs = later.cells()[other];
        long ours = cells[base];
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
            out.setLong(slot, table.cells()[base]);
        }
    }
}
