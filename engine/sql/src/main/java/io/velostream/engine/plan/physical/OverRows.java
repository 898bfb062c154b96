package io.velostream.engine.plan.physical;

import io.velostream.engine.plan.physical.OverCall.Rank;
import io.velostream.engine.plan.physical.OverWindow.Bound;
import io.velostream.engine.plan.physical.OverWindow.BoundKind;
import io.velostream.engine.plan.physical.OverWindow.Frame;

/**
 * Which rows of a partition must be kept for window functions without a buffer. Aggregates of all rows so far, and
 * ROW_NUMBER in the order of time, need none: they go on with each row in the order in which rows come.
 *
 * @param first so many rows from the beginning
 * @param last so many rows up to the newest, the current one among them
 * @param distance rows whose order is at most this away from the newest; {@link #NO_DISTANCE} where it does not matter
 * @param everything all rows
 */
public record OverRows(long first, long last, long distance, boolean everything) {

    /** Rows are not kept for their order's sake. */
    public static final long NO_DISTANCE = -1;

    /** The rows that all functions of a window need together. */
    public static OverRows needed(OverWindow window) {
        return window.calls().stream()
                .map(call -> of(call, window.byTime()))
                .reduce(new OverRows(0, 0, NO_DISTANCE, false), OverRows::and);
    }

    /** The rows that one function needs whose order is that of time. */
    public static OverRows needed(OverCall call) {
        return of(call, true);
    }

    private OverRows and(OverRows other) {
        return new OverRows(
                Math.max(first, other.first),
                Math.max(last, other.last),
                Math.max(distance, other.distance),
                everything || other.everything);
    }

    /** Whether no row is kept. */
    public boolean nothing() {
        return !everything && first == 0 && last == 0 && distance == NO_DISTANCE;
    }

    private static OverRows of(OverCall call, boolean byTime) {
        return switch (call) {
            case OverCall.Offset offset -> new OverRows(0, Math.abs(offset.rows()) + 1, NO_DISTANCE, false);
            case OverCall.Ranking ranking ->
                new OverRows(0, 0, NO_DISTANCE, ranking.rank() != Rank.ROW_NUMBER || !byTime);
            case OverCall.Nth nth -> of(nth);
            case OverCall.Aggregated aggregated ->
                isRunning(aggregated) ? new OverRows(0, 0, NO_DISTANCE, false) : within(aggregated.frame());
        };
    }

    private static OverRows of(OverCall.Nth nth) {
        Frame frame = nth.frame();
        if (frame.start().kind() != BoundKind.UNBOUNDED_PRECEDING) {
            return within(frame);
        }
        OverRows end = within(new Frame(frame.range(), new Bound(BoundKind.CURRENT_ROW, 0), frame.end()));
        return nth.place() == OverCall.Nth.LAST ? end : end.and(new OverRows(nth.place(), 1, NO_DISTANCE, false));
    }

    /** Whether an aggregate only ever takes one more row: all rows so far. */
    public static boolean isRunning(OverCall.Aggregated aggregated) {
        Frame frame = aggregated.frame();
        return frame.start().kind() == BoundKind.UNBOUNDED_PRECEDING
                && (frame.end().kind() == BoundKind.CURRENT_ROW || frame.end().kind() == BoundKind.UNBOUNDED_FOLLOWING);
    }

    private static OverRows within(Frame frame) {
        OverRows start = frame.range() && frame.start().kind() == BoundKind.CURRENT_ROW
                ? new OverRows(0, 1, 0, false)
                : at(frame, frame.start());
        return start.and(at(frame, frame.end()));
    }

    private static OverRows at(Frame frame, Bound bound) {
        return switch (bound.kind()) {
            case UNBOUNDED_PRECEDING -> new OverRows(0, 1, NO_DISTANCE, true);
            case UNBOUNDED_FOLLOWING, CURRENT_ROW, FOLLOWING -> new OverRows(0, 1, NO_DISTANCE, false);
            case PRECEDING ->
                frame.range()
                        ? new OverRows(0, 1, bound.amount(), false)
                        : new OverRows(0, bound.amount() + 1, NO_DISTANCE, false);
        };
    }
}
