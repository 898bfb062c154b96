package io.velostream.engine.runtime.aggregate;

import io.velostream.engine.runtime.expression.DoubleEvaluator;
import io.velostream.engine.runtime.row.ByteCursor;
import io.velostream.engine.runtime.row.GrowingBuffer;
import io.velostream.engine.runtime.row.Row;
import io.velostream.engine.runtime.state.GroupTable;

/**
 * CORR, COVAR_* and REGR_* of pairs (y, x): means and sums of squared and mixed distances from them, updated pair by pair
 * as by Welford. A pair with a NULL is left out. What is undefined, such as the slope over one x, is NULL. Cells: how
 * many, mean of y, mean of x, squares of y, squares of x, products.
 */
final class Regression extends Accumulator {

    private static final int COUNT = 0;
    private static final int MEAN_Y = 1;
    private static final int MEAN_X = 2;
    private static final int SQUARES_Y = 3;
    private static final int SQUARES_X = 4;
    private static final int PRODUCTS = 5;

    private final DoubleEvaluator first;
    private final DoubleEvaluator second;
    private final Statistic statistic;
    private double y;
    private double x;
    private boolean present;

    /** What is made of the sums. */
    enum Statistic {
        CORR,
        COVAR_POP,
        COVAR_SAMP,
        REGR_SLOPE,
        REGR_INTERCEPT,
        REGR_R2,
        REGR_COUNT
    }

    /**
     * @param y the dependent variable
     * @param x the independent one
     */
    Regression(DoubleEvaluator y, DoubleEvaluator x, Statistic statistic) {
        super(6, 0);
        this.first = y;
        this.second = x;
        this.statistic = statistic;
    }

    @Override
    public void prepare(Row row) {
        y = first.eval(row);
        present = !row.isNull;
        x = second.eval(row);
        present &= !row.isNull;
    }

    @Override
    public void apply(GroupTable table, int group) {
        if (!present) {
            return;
        }
        long[] cells = table.cells();
        int base = table.base(group) + cell;
        long count = ++cells[base + COUNT];
        double distanceY = y - number(cells, base + MEAN_Y);
        double distanceX = x - number(cells, base + MEAN_X);
        add(cells, base + MEAN_Y, distanceY / count);
        add(cells, base + MEAN_X, distanceX / count);
        double restX = x - number(cells, base + MEAN_X);
        add(cells, base + SQUARES_Y, distanceY * (y - number(cells, base + MEAN_Y)));
        add(cells, base + SQUARES_X, distanceX * restX);
        add(cells, base + PRODUCTS, distanceY * restX);
    }

    /**
     * By Chan, Golub and LeVeque, "Updating formulae and a pairwise algorithm
     * for computing sample variances", 1979.
     */
    @Override
    public void merge(GroupTable table, int group, GroupTable later, int laterGroup) {
        long[] cells = table.cells();
        long[] others = later.cells();
        int base = table.base(group) + cell;
        int other = later.base(laterGroup) + cell;
        long more = others[other + COUNT];
        if (more == 0) {
            return;
        }
        long sofar = cells[base + COUNT];
        long count = sofar + more;
        double weight = (double) sofar * more / count;
        double distanceY = number(others, other + MEAN_Y) - number(cells, base + MEAN_Y);
        double distanceX = number(others, other + MEAN_X) - number(cells, base + MEAN_X);
        cells[base + COUNT] = count;
        add(cells, base + MEAN_Y, distanceY * more / count);
        add(cells, base + MEAN_X, distanceX * more / count);
        add(cells, base + SQUARES_Y, number(others, other + SQUARES_Y) + distanceY * distanceY * weight);
        add(cells, base + SQUARES_X, number(others, other + SQUARES_X) + distanceX * distanceX * weight);
        add(cells, base + PRODUCTS, number(others, other + PRODUCTS) + distanceY * distanceX * weight);
    }

    private static double number(long[] cells, int index) {
        return Double.longBitsToDouble(cells[index]);
    }

    private static void add(long[] cells, int index, double more) {
        cells[index] = Double.doubleToRawLongBits(number(cells, index) + more);
    }

    @Override
    public void result(GroupTable table, int group, Row out, int slot) {
        long[] cells = table.cells();
        int base = table.base(group) + cell;
        long count = cells[base + COUNT];
        if (statistic == Statistic.REGR_COUNT) {
            out.setLong(slot, count);
            return;
        }
        double result = count == 0 ? Double.NaN : statistic(cells, base, count);
        if (Double.isFinite(result)) {
            out.setDouble(slot, result);
        } else {
            out.setNull(slot);
        }
    }

    /** The statistic; not a number where it is undefined. */
    private double statistic(long[] cells, int base, long count) {
        double squaresY = number(cells, base + SQUARES_Y);
        double squaresX = number(cells, base + SQUARES_X);
        double products = number(cells, base + PRODUCTS);
        return switch (statistic) {
            case CORR -> Math.clamp(products / Math.sqrt(squaresX * squaresY), -1.0, 1.0);
            case COVAR_POP -> products / count;
            case COVAR_SAMP -> products / (count - 1);
            case REGR_SLOPE -> products / squaresX;
            case REGR_INTERCEPT -> number(cells, base + MEAN_Y) - products / squaresX * number(cells, base + MEAN_X);
            case REGR_R2 ->
                squaresX == 0
                        ? Double.NaN
                        : squaresY == 0 ? 1 : Math.min(1, products * products / (squaresX * squaresY));
            case REGR_COUNT -> count;
        };
    }

    @Override
    public void write(GroupTable table, int group, GrowingBuffer out) {
        int base = table.base(group) + cell;
        out.putVarint(table.cells()[base]);
        for (int i = 1; i < cells(); i++) {
            out.putLong(table.cells()[base + i]);
        }
    }

    @Override
    public void read(GroupTable table, int group, ByteCursor in) {
        int base = table.base(group) + cell;
        table.cells()[base] = in.getVarint();
        for (int i = 1; i < cells(); i++) {
            table.cells()[base + i] = in.getLong();
        }
    }
}
