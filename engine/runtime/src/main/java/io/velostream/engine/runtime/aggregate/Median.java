package io.velostream.engine.runtime.aggregate;

import io.velostream.engine.runtime.expression.DoubleEvaluator;
import io.velostream.engine.runtime.row.ByteCursor;
import io.velostream.engine.runtime.row.GrowingBuffer;
import io.velostream.engine.runtime.row.Row;
import io.velostream.engine.runtime.state.GroupTable;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * MEDIAN: the middle number, or the mean of the two in the middle. All numbers of the group are kept, in order, so it
 * is for groups that a window bounds. The object is the list.
 */
final class Median extends Accumulator {

    private static final int OVERHEAD = 48;

    private final DoubleEvaluator argument;
    private double value;
    private boolean present;

    /** Numbers in ascending order. */
    private static final class Numbers {
        double[] values = new double[8];
        int size;

        /** Adds a number; returns by how many bytes this has grown. */
        long add(double value) {
            int before = values.length;
            if (size == before) {
                values = Arrays.copyOf(values, size * 2);
            }
            int found = Arrays.binarySearch(values, 0, size, value);
            int at = found < 0 ? ~found : found;
            System.arraycopy(values, at, values, at + 1, size - at);
            values[at] = value;
            size++;
            return (values.length - before) * 8L;
        }

        /** Adds the numbers of another list; returns by how many bytes this has grown. */
        long addAll(Numbers others) {
            int before = values.length;
            int together = size + others.size;
            double[] merged = new double[Math.max(before, together)];
            System.arraycopy(values, 0, merged, 0, size);
            System.arraycopy(others.values, 0, merged, size, others.size);
            Arrays.sort(merged, 0, together);
            values = merged;
            size = together;
            return (merged.length - before) * 8L;
        }

        double median() {
            int middle = size / 2;
            return size % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
        }
    }

    Median(DoubleEvaluator argument) {
        super(0, 1);
        this.argument = argument;
    }

    @Override
    public void prepare(Row row) {
        value = argument.eval(row);
        present = !row.isNull;
    }

    @Override
    public void apply(GroupTable table, int group) {
        if (present) {
            table.countObjectBytes(numbersOrNew(table, group).add(value));
        }
    }

    private @Nullable Numbers numbers(GroupTable table, int group) {
        return (Numbers) table.object(group, object);
    }

    private Numbers numbersOrNew(GroupTable table, int group) {
        Numbers numbers = numbers(table, group);
        if (numbers == null) {
            numbers = new Numbers();
            table.object(group, object, numbers);
            table.countObjectBytes(OVERHEAD + numbers.values.length * 8L);
        }
        return numbers;
    }

    @Override
    public void merge(GroupTable table, int group, GroupTable later, int laterGroup) {
        Numbers theirs = numbers(later, laterGroup);
        if (theirs != null) {
            table.countObjectBytes(numbersOrNew(table, group).addAll(theirs));
        }
    }

    @Override
    public void result(GroupTable table, int group, Row out, int slot) {
        Numbers numbers = numbers(table, group);
        if (numbers == null) {
            out.setNull(slot);
        } else {
            out.setDouble(slot, numbers.median());
        }
    }

    @Override
    public void write(GroupTable table, int group, GrowingBuffer out) {
        Numbers numbers = numbers(table, group);
        int size = numbers == null ? 0 : numbers.size;
        out.putVarint(size);
        for (int i = 0; numbers != null && i < size; i++) {
            out.putLong(Double.doubleToRawLongBits(numbers.values[i]));
        }
    }

    @Override
    public void read(GroupTable table, int group, ByteCursor in) {
        long size = in.getVarint();
        for (long i = 0; i < size; i++) {
            table.countObjectBytes(numbersOrNew(table, group).add(Double.longBitsToDouble(in.getLong())));
        }
    }
}
