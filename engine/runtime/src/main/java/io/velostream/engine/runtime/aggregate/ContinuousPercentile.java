package io.velostream.engine.runtime.aggregate;

import io.velostream.engine.runtime.expression.DoubleEvaluator;
import io.velostream.engine.runtime.row.ByteCursor;
import io.velostream.engine.runtime.row.GrowingBuffer;
import io.velostream.engine.runtime.row.Row;
import io.velostream.engine.runtime.state.GroupTable;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * PERCENTILE_CONT: the number at a fraction of the ordered group, between two numbers by linear interpolation (SQL:2003,
 * 10.9). All numbers are kept, so it is for groups that a window bounds. The object is the list; its durable form begins
 * with its version.
 */
final class ContinuousPercentile extends Accumulator {

    private static final byte VERSION = 1;
    private static final int OVERHEAD = 48;

    private final DoubleEvaluator argument;
    private final double fraction;
    private double value;
    private boolean present;

    /** Numbers, sorted when a result is wanted. */
    private static final class Numbers {
        double[] values = new double[8];
        int size;
        boolean sorted = true;

        /** Adds a number; returns by how many bytes this has grown. */
        long add(double added) {
            int before = values.length;
            if (size == before) {
                values = Arrays.copyOf(values, size * 2);
            }
            sorted &= size == 0 || values[size - 1] <= added;
            values[size++] = added;
            return (values.length - before) * 8L;
        }

        double at(double fraction) {
            if (!sorted) {
                Arrays.sort(values, 0, size);
                sorted = true;
            }
            double place = fraction * (size - 1);
            int below = (int) Math.floor(place);
            int above = (int) Math.ceil(place);
            return values[below] + (place - below) * (values[above] - values[below]);
        }
    }

    ContinuousPercentile(DoubleEvaluator argument, double fraction) {
        super(0, 1);
        this.argument = argument;
        this.fraction = fraction;
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

    @Override
    public void merge(GroupTable table, int group, GroupTable later, int laterGroup) {
        Numbers theirs = numbers(later, laterGroup);
        if (theirs != null) {
            Numbers ours = numbersOrNew(table, group);
            for (int i = 0; i < theirs.size; i++) {
                table.countObjectBytes(ours.add(theirs.values[i]));
            }
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
    public void result(GroupTable table, int group, Row out, int slot) {
        Numbers numbers = numbers(table, group);
        if (numbers == null) {
            out.setNull(slot);
        } else {
            out.setDouble(slot, numbers.at(fraction));
        }
    }

    @Override
    public void write(GroupTable table, int group, GrowingBuffer out) {
        Numbers numbers = numbers(table, group);
        int size = numbers == null ? 0 : numbers.size;
        out.put(VERSION);
        out.putVarint(size);
        for (int i = 0; numbers != null && i < size; i++) {
            out.putLong(Double.doubleToRawLongBits(numbers.values[i]));
        }
    }

    @Override
    public void read(GroupTable table, int group, ByteCursor in) {
        Versions.check(in.get(), VERSION);
        long size = in.getVarint();
        for (long i = 0; i < size; i++) {
            table.countObjectBytes(numbersOrNew(table, group).add(Double.longBitsToDouble(in.getLong())));
        }
    }
}
