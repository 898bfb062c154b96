package io.velostream.engine.runtime.aggregate;

import io.velostream.engine.runtime.expression.DecimalEvaluator;
import io.velostream.engine.runtime.expression.Evaluator;
import io.velostream.engine.runtime.expression.LongEvaluator;
import io.velostream.engine.runtime.expression.ShortDecimalEvaluator;
import io.velostream.engine.runtime.operator.RecordFailure;
import io.velostream.engine.runtime.row.Row;
import io.velostream.engine.runtime.row.Wide;
import io.velostream.engine.runtime.state.GroupTable;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * Adds whole or scaled numbers exactly in 128 bits: cells are the low half, the high half and how many numbers were
 * added. What is made of the sum is up to the subclass.
 */
abstract class WideSum extends Accumulator {

    private final @Nullable LongEvaluator longs;
    private final @Nullable ShortDecimalEvaluator shortDecimals;
    private final @Nullable DecimalEvaluator decimals;
    private long low;
    private long high;
    private boolean present;
    private boolean isLong = true;

    /**
     * @param argument a BIGINT, or a DECIMAL of the scale of the sum
     */
    WideSum(Evaluator argument) {
        super(3, 0);
        longs = argument instanceof LongEvaluator number ? number : null;
        shortDecimals = argument instanceof ShortDecimalEvaluator number ? number : null;
        decimals = argument instanceof DecimalEvaluator number ? number : null;
    }

    @Override
    public void prepare(Row row) {
        if (longs != null) {
            low = longs.eval(row);
            present = !row.isNull;
        } else if (shortDecimals != null) {
            low = shortDecimals.unscaled(row);
            present = !row.isNull;
        } else if (decimals != null) {
            prepare(decimals.eval(row));
        }
    }

    private void prepare(@Nullable BigDecimal value) {
        present = value != null;
        if (value != null) {
            BigInteger unscaled = value.unscaledValue();
            low = unscaled.longValue();
            high = Wide.high(unscaled);
            isLong = high == low >> 63;
        }
    }

    @Override
    public void check(GroupTable table, int group) {
        if (!present || longs != null) {
            return;
        }
        long[] cells = table.cells();
        int base = table.base(group) + cell;
        long sumHigh = sumHigh(cells[base], cells[base + 1]);
        long sumLow = cells[base] + low;
        if (sumHigh != sumLow >> 63 && Wide.exceedsDecimal(Wide.toBigInteger(sumHigh, sumLow))) {
            throw new RecordFailure("NUMERIC_OVERFLOW", "A sum has more than 38 digits.");
        }
    }

    private long sumHigh(long oldLow, long oldHigh) {
        return isLong ? Wide.addHigh(oldHigh, oldLow, low) : Wide.addHigh(oldHigh, oldLow, high, low);
    }

    @Override
    public void apply(GroupTable table, int group) {
        if (present) {
            long[] cells = table.cells();
            int base = table.base(group) + cell;
            cells[base + 1] = sumHigh(cells[base], cells[base + 1]);
            cells[base] += low;
            cells[base + 2]++;
        }
    }

    @Override
    public void merge(GroupTable table, int group, GroupTable later, int laterGroup) {
        long[] cells = table.cells();
        int base = table.base(group) + cell;
        int other = later.base(laterGroup) + cell;
        long otherLow = later.cells()[other];
        long sumHigh = Wide.addHigh(cells[base + 1], cells[base], later.cells()[other + 1], otherLow);
        long sumLow = cells[base] + otherLow;
        if (sumHigh != sumLow >> 63 && Wide.exceedsDecimal(Wide.toBigInteger(sumHigh, sumLow))) {
            throw new RecordFailure("NUMERIC_OVERFLOW", "A sum has more than 38 digits.");
        }
        cells[base] = sumLow;
        cells[base + 1] = sumHigh;
        cells[base + 2] += later.cells()[other + 2];
    }

    @Override
    public boolean isRetractable() {
        return true;
    }

    @Override
    public void retract(GroupTable table, int group) {
        if (present) {
            long[] cells = table.cells();
            int base = table.base(group) + cell;
            long borrow = Long.compareUnsigned(cells[base], low) < 0 ? 1 : 0;
            cells[base + 1] -= (isLong ? low >> 63 : high) + borrow;
            cells[base] -= low;
            cells[base + 2]--;
        }
    }

    @Override
    public void result(GroupTable table, int group, Row out, int slot) {
        long[] cells = table.cells();
        int base = table.base(group) + cell;
        if (cells[base + 2] == 0) {
            out.setNull(slot);
        } else {
            result(cells[base + 1], cells[base], cells[base + 2], out, slot);
        }
    }

    /** Makes the result of a sum of at least one number. */
    abstract void result(long sumHigh, long sumLow, long count, Row out, int slot);
}
