package io.velostream.engine.plan.physical;

import io.velostream.engine.plan.expression.Expression;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The rows of a partition that window functions see, in their order, and the functions over them.
 *
 * @param orderBy empty: rows are in the order in which they come, and all are peers
 * @param bufferRows {@code ROWS WINDOW BUFFER n ROWS}: the functions see the last n rows that came, the current one
 *     among them. Empty: as many as they need
 * @param expireAfter a partition is forgotten when its next row is more than this behind its last, in event time
 * @param whenFull whether rows are only written once the buffer is full
 * @param byTime whether the order is that in which rows come, but for stragglers: that of time, or none
 * @param first only so many rows from the first on are wanted; those behind them are neither kept nor written
 */
public record OverWindow(
        List<SortKey> orderBy,
        Optional<Long> bufferRows,
        Optional<Duration> expireAfter,
        boolean whenFull,
        boolean byTime,
        Optional<Long> first,
        List<OverCall> calls) {
    public OverWindow {
        orderBy = List.copyOf(orderBy);
        calls = List.copyOf(calls);
    }

    /** The same, of which only the first rows are wanted. */
    public OverWindow withFirst(long rows) {
        return new OverWindow(orderBy, bufferRows, expireAfter, whenFull, byTime, Optional.of(rows), calls);
    }

    /** One key of an order. */
    public record SortKey(Expression expression, boolean descending, boolean nullsFirst) {}

    /**
     * The part of the ordered rows that a function is computed over, relative to the current row.
     *
     * @param range whether the bounds count by the order's value instead of rows
     */
    public record Frame(boolean range, Bound start, Bound end) {

        /** Everything up to the current row and its peers: the default with ORDER BY. */
        public static final Frame UP_TO_CURRENT =
                new Frame(true, new Bound(BoundKind.UNBOUNDED_PRECEDING, 0), new Bound(BoundKind.CURRENT_ROW, 0));

        /** Everything: the default without ORDER BY. */
        public static final Frame EVERYTHING = new Frame(
                false, new Bound(BoundKind.UNBOUNDED_PRECEDING, 0), new Bound(BoundKind.UNBOUNDED_FOLLOWING, 0));

        /** Whether the frame begins with the first row and ends with the current one or its peers. */
        public boolean isUpToCurrent() {
            return start.kind() == BoundKind.UNBOUNDED_PRECEDING && end.kind() == BoundKind.CURRENT_ROW;
        }
    }

    /**
     * One end of a frame.
     *
     * @param amount rows, or with RANGE the distance in the order's value, milliseconds for an interval
     */
    public record Bound(BoundKind kind, long amount) {}

    /** The kinds of frame bounds, in their order. */
    public enum BoundKind {
        UNBOUNDED_PRECEDING,
        PRECEDING,
        CURRENT_ROW,
        FOLLOWING,
        UNBOUNDED_FOLLOWING
    }
}
