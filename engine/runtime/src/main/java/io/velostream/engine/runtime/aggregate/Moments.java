package io.velostream.engine.runtime.aggregate;

import io.velostream.engine.runtime.expression.DoubleEvaluator;
import io.velostream.engine.runtime.row.ByteCursor;
import io.velostream.engine.runtime.row.GrowingBuffer;
import io.velostream.engine.runtime.row.Row;
import io.velostream.engine.runtime.state.GroupTable;

/**
 * STDDEV, STDDEV_POP, VARIANCE and VAR_POP by Welford's method ("Note on a method for calculating corrected sums of
 * squares and products", 1962), which stays exact where the numbers are large and close together. A sample of fewer
 * than two numbers has none: NULL. Cells: how many, the mean, the sum of squared distances from it.
 */
final class Moments extends Accumulator {

    private final DoubleEvaluator argument;
    private final boolean population;
    private final boolean root;
    private double value;
    private boolean present;

    /**
     * @param population over the numbers themselves, not over what they are a sample of
     * @param root the deviation, not the variance
     */
    Moments(DoubleEvaluator argument, boolean population, boolean root) {
        super(3, 0);
        this.argument = argument;
        this.population = population;
        this.root = root;
    }

    @Override
    public void prepare(Row row) {
        value = argument.eval(row);
        present = !row.isNull;
    }

    @Override
    public void apply(GroupTable table, int group) {
        if (!present) {
            return;
        }
        long[] cells = table.cells();
        int base = table.base(group) + cell;
        long count = ++cells[base];
        double mean = Double.longBitsToDouble(cells[base + 1]);
        double distance = value - mean;
        mean += distance / count;
        double squares = Double.longBitsToDouble(cells[base + 2]) + distance * (value - mean);
        cells[base + 1] = Double.doubleToRawLongBits(mean);
        cells[base + 2] = Double.doubleToRawLongBits(squares);
    }

    /** By Chan, Golub and LeVeque, "Updating formulae and a pairwise algorithm for computing sample variances", 1979. */
    @Override
    public void merge(GroupTable table, int group, GroupTable later, int laterGroup) {
        long[] cells = table.cells();
        long[] others = later.cells();
        int base = table.base(group) + cell;
        int other = later.base(laterGroup) + cell;
        long more = others[other];
        if (more == 0) {
            return;
        }
        long count = cells[base] + more;
        double mean = Double.longBitsToDouble(cells[base + 1]);
        double distance = Double.longBitsToDouble(others[other + 1]) - mean;
        double squares = Double.longBitsToDouble(cells[base + 2])
                + Double.longBitsToDouble(others[other + 2])
                + distance * distance * ((double) cells[base] * more / count);
        cells[base] = count;
        cells[base + 1] = Double.doubleToRawLongBits(mean + distance * more / count);
        cells[base + 2] = Double.doubleToRawLongBits(squares);
    }

    @Override
    public void result(GroupTable table, int group, Row out, int slot) {
        long[] cells = table.cells();
        int base = table.base(group) + cell;
        long divisor = population ? cells[base] : cells[base] - 1;
        if (divisor <= 0) {
            out.setNull(slot);
        } else {
            double variance = Double.longBitsToDouble(cells[base + 2]) / divisor;
            out.setDouble(slot, root ? Math.sqrt(variance) : variance);
        }
    }

    @Override
    public void write(GroupTable table, int group, GrowingBuffer out) {
        int base = table.base(group) + cell;
        out.putVarint(table.cells()[base]);
        out.putLong(table.cells()[base + 1]);
        out.putLong(table.cells()[base + 2]);
    }

    @Override
    public void read(GroupTable table, int group, ByteCursor in) {
        int base = table.base(group) + cell;
        table.cells()[base] = in.getVarint();
        table.cells()[base + 1] = in.getLong();
        table.cells()[base + 2] = in.getLong();
    }
}
