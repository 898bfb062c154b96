package io.velostream.engine.runtime.aggregate;

import io.velostream.engine.runtime.expression.AnyEvaluator;
import io.velostream.engine.runtime.operator.RecordFailure;
import io.velostream.engine.runtime.row.ByteCursor;
import io.velostream.engine.runtime.row.GrowingBuffer;
import io.velostream.engine.runtime.row.Row;
import io.velostream.engine.runtime.row.Tag;
import io.velostream.engine.runtime.row.Value;
import io.velostream.engine.runtime.row.Wide;
import io.velostream.engine.runtime.state.GroupTable;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * SUM and AVG over a column of type ANY. Whole numbers are added exactly and give a whole number; as soon as one is a
 * DOUBLE the result is a DOUBLE. Anything but a number fails the record. AVG is always a DOUBLE.
 *
 * <p>Cells: the whole numbers' sum (low, high), the doubles' sum, how many numbers, how many doubles among them. The
 * object is the sum of whole numbers beyond 64 bits, mostly null.
 */
final class AnySum extends Accumulator {

    private static final int LOW = 0;
    private static final int HIGH = 1;
    private static final int DOUBLES = 2;
    private static final int COUNT = 3;
    private static final int DOUBLE_COUNT = 4;

    private final AnyEvaluator argument;
    private final boolean mean;
    private final Value value = new Value();

    AnySum(AnyEvaluator argument, boolean mean) {
        super(5, 1);
        this.argument = argument;
        this.mean = mean;
    }

    @Override
    public void prepare(Row row) {
        argument.any(row, value);
        boolean known = value.tag == Tag.NULL
                || value.tag == Tag.LONG
                || value.tag == Tag.DOUBLE
                || (value.tag == Tag.OBJECT && value.object instanceof BigDecimal);
        if (!known) {
            throw new RecordFailure(
                    "TYPE_MISMATCH",
                    (mean ? "AVG" : "SUM") + " needs numbers, but the value is none; CAST it, or declare the column.");
        }
    }

    @Override
    public void apply(GroupTable table, int group) {
        if (value.tag == Tag.NULL) {
            return;
        }
        long[] cells = table.cells();
        int base = table.base(group) + cell;
        cells[base + COUNT]++;
        if (value.tag == Tag.LONG) {
            cells[base + HIGH] = Wide.addHigh(cells[base + HIGH], cells[base + LOW], value.number);
            cells[base + LOW] += value.number;
        } else if (value.tag == Tag.DOUBLE) {
            double sum = Double.longBitsToDouble(cells[base + DOUBLES]) + value.asDouble();
            cells[base + DOUBLES] = Double.doubleToRawLongBits(sum);
            cells[base + DOUBLE_COUNT]++;
        } else if (value.object instanceof BigDecimal number) {
            BigDecimal sofar = large(table, group);
            table.object(group, object, sofar == null ? number : sofar.add(number));
        }
    }

    private @Nullable BigDecimal large(GroupTable table, int group) {
        return (BigDecimal) table.object(group, object);
    }

    @Override
    public void merge(GroupTable table, int group, GroupTable later, int laterGroup) {
        long[] cells = table.cells();
        long[] others = later.cells();
        int base = table.base(group) + cell;
        int other = later.base(laterGroup) + cell;
        cells[base + HIGH] =
                Wide.addHigh(cells[base + HIGH], cells[base + LOW], others[other + HIGH], others[other + LOW]);
        cells[base + LOW] += others[other + LOW];
        double doubles =
                Double.longBitsToDouble(cells[base + DOUBLES]) + Double.longBitsToDouble(others[other + DOUBLES]);
        cells[base + DOUBLES] = Double.doubleToRawLongBits(doubles);
        cells[base + COUNT] += others[other + COUNT];
        cells[base + DOUBLE_COUNT] += others[other + DOUBLE_COUNT];
        BigDecimal sofar = large(table, group);
        BigDecimal more = large(later, laterGroup);
        if (more != null) {
            table.object(group, object, sofar == null ? more : sofar.add(more));
        }
    }

    @Override
    public void result(GroupTable table, int group, Row out, int slot) {
        long[] cells = table.cells();
        int base = table.base(group) + cell;
        long count = cells[base + COUNT];
        if (count == 0) {
            out.setNull(slot);
            return;
        }
        BigDecimal large = large(table, group);
        long high = cells[base + HIGH];
        long low = cells[base + LOW];
        if (mean || cells[base + DOUBLE_COUNT] > 0) {
            double sum = Wide.toDouble(high, low)
                    + Double.longBitsToDouble(cells[base + DOUBLES])
                    + (large == null ? 0 : large.doubleValue());
            out.setDouble(slot, mean ? sum / count : sum);
        } else if (large == null && high == low >> 63) {
            out.setLong(slot, low);
        } else {
            BigDecimal whole = new BigDecimal(Wide.toBigInteger(high, low));
            out.setObject(slot, large == null ? whole : whole.add(large));
        }
    }

    @Override
    public void write(GroupTable table, int group, GrowingBuffer out) {
        int base = table.base(group) + cell;
        long[] cells = table.cells();
        out.putVarint(cells[base + LOW]);
        out.putVarint(cells[base + HIGH]);
        out.putLong(cells[base + DOUBLES]);
        out.putVarint(cells[base + COUNT]);
        out.putVarint(cells[base + DOUBLE_COUNT]);
        BigDecimal large = large(table, group);
        byte[] digits = large == null ? new byte[0] : large.unscaledValue().toByteArray();
        out.putSized(digits, 0, digits.length);
    }

    @Override
    public void read(GroupTable table, int group, ByteCursor in) {
        int base = table.base(group) + cell;
        long[] cells = table.cells();
        cells[base + LOW] = in.getVarint();
        cells[base + HIGH] = in.getVarint();
        cells[base + DOUBLES] = in.getLong();
        cells[base + COUNT] = in.getVarint();
        cells[base + DOUBLE_COUNT] = in.getVarint();
        int from = in.skipSized();
        if (in.position() > from) {
            BigInteger digits = new BigInteger(in.bytes(), from, in.position() - from);
            table.object(group, object, new BigDecimal(digits));
        }
    }
}
