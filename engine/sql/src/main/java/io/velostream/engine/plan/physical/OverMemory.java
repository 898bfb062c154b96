package io.velostream.engine.plan.physical;

import io.velostream.engine.plan.expression.Expression;
import java.util.Optional;

/**
 * The most that a partition of OVER takes on the heap, so that a job can be sized and refused before it runs. Texts that
 * are remembered come on top: their lengths are not known.
 */
public final class OverMemory {

    private static final long FIXED_BYTES = 1_000;
    private static final long BYTES_A_ROW = 64;
    private static final long BYTES_A_VALUE = 13;

    private OverMemory() {}

    /** Bytes of one window's buffer; empty where the rows have no bound. */
    public static Optional<Long> bytes(OverWindow window) {
        return mostRows(window).map(rows -> bytes(rows, values(window)));
    }

    /** Bytes of a buffer of rows with so many values. */
    public static long bytes(long rows, long values) {
        // Arrays double, and the row that comes lies beside the one that goes.
        long places = Math.max(4, Long.highestOneBit(rows) * 2);
        return FIXED_BYTES + places * (BYTES_A_ROW + BYTES_A_VALUE * values);
    }

    private static Optional<Long> mostRows(OverWindow window) {
        if (window.bufferRows().isPresent()) {
            return window.bufferRows();
        }
        if (window.first().isPresent()) {
            // The row that comes lies beside the one that goes.
            return window.first().map(rows -> rows + 1);
        }
        OverRows needed = OverRows.needed(window);
        return needed.everything() || needed.distance() != OverRows.NO_DISTANCE
                ? Optional.empty()
                : Optional.of(needed.first() + needed.last());
    }

    private static long values(OverWindow window) {
        long arguments = window.calls().stream()
                .flatMap(call -> call.arguments().stream())
                .filter(argument -> !(argument instanceof Expression.Literal))
                .distinct()
                .count();
        return window.orderBy().size() + arguments;
    }
}
