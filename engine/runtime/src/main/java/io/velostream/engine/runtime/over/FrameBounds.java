package io.velostream.engine.runtime.over;

import io.velostream.engine.plan.physical.OverWindow.Bound;
import io.velostream.engine.plan.physical.OverWindow.Frame;
import io.velostream.engine.runtime.row.Tag;
import io.velostream.engine.runtime.state.RowBuffer;

/** Which positions of a buffer a frame spans around the current row. */
final class FrameBounds {

    private final Frame frame;
    private final RowOrder order;

    FrameBounds(Frame frame, RowOrder order) {
        this.frame = frame;
        this.order = order;
    }

    /** The first position of the frame; behind the last one where the frame is empty. */
    int first(RowBuffer rows, int position) {
        Bound start = frame.start();
        return switch (start.kind()) {
            case UNBOUNDED_PRECEDING -> 0;
            case CURRENT_ROW -> frame.range() ? order.firstPeer(rows, position) : position;
            case PRECEDING ->
                frame.range()
                        ? firstFrom(rows, position, -start.amount())
                        : (int) Math.max(0, position - start.amount());
            case FOLLOWING ->
                frame.range()
                        ? firstFrom(rows, position, start.amount())
                        : (int) Math.min(rows.size(), position + start.amount());
            case UNBOUNDED_FOLLOWING -> rows.size();
        };
    }

    /** The last position of the frame; before the first one where the frame is empty. */
    int last(RowBuffer rows, int position) {
        Bound end = frame.end();
        return switch (end.kind()) {
            case UNBOUNDED_PRECEDING -> -1;
            case CURRENT_ROW -> frame.range() ? order.lastPeer(rows, position) : position;
            case PRECEDING ->
                frame.range() ? lastUpTo(rows, position, -end.amount()) : (int) Math.max(-1, position - end.amount());
            case FOLLOWING ->
                frame.range()
                        ? lastUpTo(rows, position, end.amount())
                        : (int) Math.min(rows.size() - 1L, position + end.amount());
            case UNBOUNDED_FOLLOWING -> rows.size() - 1;
        };
    }

    /** The first position that is not further than a distance, in the direction of the order; NULLs only meet NULLs. */
    private int firstFrom(RowBuffer rows, int position, long distance) {
        if (isNull(rows, position)) {
            return order.firstPeer(rows, position);
        }
        double bound = bound(rows, position, distance);
        int low = 0;
        int high = rows.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (isNull(rows, middle) ? order.isNullsFirst() : direct(measure(rows, middle)) < direct(bound)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private int lastUpTo(RowBuffer rows, int position, long distance) {
        if (isNull(rows, position)) {
            return order.lastPeer(rows, position);
        }
        double bound = bound(rows, position, distance);
        int low = 0;
        int high = rows.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (isNull(rows, middle) ? order.isNullsFirst() : direct(measure(rows, middle)) <= direct(bound)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low - 1;
    }

    private double bound(RowBuffer rows, int position, long distance) {
        return measure(rows, position) + (order.isDescending() ? -distance : distance);
    }

    private double direct(double value) {
        return order.isDescending() ? -value : value;
    }

    private static double measure(RowBuffer rows, int position) {
        return RowOrder.measure(rows, rows.at(position));
    }

    private static boolean isNull(RowBuffer rows, int position) {
        return rows.tag(rows.at(position), 0) == Tag.NULL;
    }
}
