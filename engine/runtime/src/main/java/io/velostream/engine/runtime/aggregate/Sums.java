package io.velostream.engine.runtime.aggregate;

import io.velostream.engine.runtime.expression.DoubleEvaluator;
import io.velostream.engine.runtime.expression.Evaluator;
import io.velostream.engine.runtime.operator.RecordFailure;
import io.velostream.engine.runtime.row.ByteCursor;
import io.velostream.engine.runtime.row.Decimals;
import io.velostream.engine.runtime.row.GrowingBuffer;
import io.velostream.engine.runtime.row.Row;
import io.velostream.engine.runtime.row.Wide;
import io.velostream.engine.runtime.state.GroupTable;
import io.velostream.engine.sql.type.SqlType;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** SUM and AVG over numbers of a declared type. NULLs are left out; of nothing the result is NULL. */
final class Sums {

    private Sums() {}

    /** SUM of BIGINT or DECIMAL, exactly. */
    static Accumulator exactSum(Evaluator argument) {
        return new WideSum(argument) {
            @Override
            void result(long sumHigh, long sumLow, long count, Row out, int slot) {
                if (sumHigh == sumLow >> 63) {
                    out.setLong(slot, sumLow);
                } else {
                    out.setWide(slot, sumHigh, sumLow);
                }
            }
        };
    }

    /** AVG of BIGINT, a DOUBLE. */
    static Accumulator integerMean(Evaluator argument) {
        return new WideSum(argument) {
            @Override
            void result(long sumHigh, long sumLow, long count, Row out, int slot) {
                out.setDouble(slot, Wide.toDouble(sumHigh, sumLow) / count);
            }
        };
    }

    /** AVG of DECIMAL, rounded half up to the scale of the result. */
    static Accumulator decimalMean(Evaluator argument, int scale, SqlType.Decimal type) {
        return new WideSum(argument) {
            @Override
            void result(long sumHigh, long sumLow, long count, Row out, int slot) {
                BigDecimal sum = Wide.toBigDecimal(sumHigh, sumLow, scale);
                Decimals.store(sum.divide(BigDecimal.valueOf(count), type.scale(), RoundingMode.HALF_UP), out, slot);
            }
        };
    }

    /** SUM of DOUBLE. */
    static Accumulator doubleSum(DoubleEvaluator argument) {
        return new Doubles(argument, false);
    }

    /** AVG of DOUBLE. */
    static Accumulator doubleMean(DoubleEvaluator argument) {
        return new Doubles(argument, true);
    }

    /** Cells: the sum's bits, how many numbers. */
    private static final class Doubles extends Accumulator {
        private final DoubleEvaluator argument;
        private final boolean mean;
        private double value;
        private boolean present;

        Doubles(DoubleEvaluator argument, boolean mean) {
            super(2, 0);
            this.argument = argument;
            this.mean = mean;
        }

        @Override
        public void prepare(Row row) {
            value = argument.eval(row);
            present = !row.isNull;
        }

        @Override
        public void check(GroupTable table, int group) {
            double sum = Double.longBitsToDouble(table.cells()[table.base(group) + cell]);
            if (present && !Double.isFinite(sum + value)) {
                throw overflow();
            }
        }

        @Override
        public void apply(GroupTable table, int group) {
            if (present) {
                long[] cells = table.cells();
                int base = table.base(group) + cell;
                cells[base] = Double.doubleToRawLongBits(Double.longBitsToDouble(cells[base]) + value);
                cells[base + 1]++;
            }
        }

        @Override
        boolean addsDoubles() {
            return true;
        }

        @Override
        void add(GroupTable table, int group, double[] values, int size) {
            long[] cells = table.cells();
            int base = table.base(group) + cell;
            double sum = Double.longBitsToDouble(cells[base]);
            for (int i = 0; i < size; i++) {
                sum += values[i];
            }
            if (!Double.isFinite(sum)) {
                throw overflow();
            }
            cells[base] = Double.doubleToRawLongBits(sum);
            cells[base + 1] += size;
        }

        private static RecordFailure overflow() {
            return new RecordFailure("NUMERIC_OVERFLOW", "A sum goes beyond the range of DOUBLE.");
        }

        @Override
        public void merge(GroupTable table, int group, GroupTable later, int laterGroup) {
            long[] cells = table.cells();
            int base = table.base(group) + cell;
            int other = later.base(laterGroup) + cell;
            double sum = Double.longBitsToDouble(cells[base]) + Double.longBitsToDouble(later.cells()[other]);
            if (!Double.isFinite(sum)) {
                throw overflow();
            }
            cells[base] = Double.doubleToRawLongBits(sum);
            cells[base + 1] += later.cells()[other + 1];
        }

        @Override
        public void result(GroupTable table, int group, Row out, int slot) {
            long[] cells = table.cells();
            int base = table.base(group) + cell;
            long count = cells[base + 1];
            if (count == 0) {
                out.setNull(slot);
            } else {
                double sum = Double.longBitsToDouble(cells[base]);
                out.setDouble(slot, mean ? sum / count : sum);
            }
        }

        @Override
        public void write(GroupTable table, int group, GrowingBuffer out) {
            int base = table.base(group) + cell;
            out.putLong(table.cells()[base]);
            out.putVarint(table.cells()[base + 1]);
        }

        @Override
        public void read(GroupTable table, int group, ByteCursor in) {
            int base = table.base(group) + cell;
            table.cells()[base] = in.getLong();
            table.cells()[base + 1] = in.getVarint();
        }
    }
}
