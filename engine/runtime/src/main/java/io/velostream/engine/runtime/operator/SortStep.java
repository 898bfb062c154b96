package io.velostream.engine.runtime.operator;

import io.velostream.engine.runtime.over.SortedRows;
import io.velostream.engine.runtime.row.Row;
import io.velostream.engine.runtime.state.RowBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Holds the rows of each window until the watermark has passed it, and then writes them in their order. The window of a
 * row is its time, the window's end − 1 ms. The rows of all tasks have come by then, since each task says how far time
 * is only when the rows of what it closed have left.
 *
 * <p>A row that corrects a window which was written is written at once.
 */
final class SortStep extends PassingStep {

    private final StageContext context;
    private final SortedRows sorted;
    private final TreeMap<Long, RowBuffer> windows = new TreeMap<>();
    private final List<Written> written = new ArrayList<>();
    private final Row out;

    /** A window that was written but is still in the changelog. */
    record Written(long window, RowBuffer rows) {}

    SortStep(SortedRows sorted, int width, StageContext context, Step next) {
        super(next);
        this.context = context;
        this.sorted = sorted;
        this.out = new Row(width, context.origin);
    }

    @Override
    void process(Row row) {
        long window = context.origin.eventTime;
        if (window < context.watermark) {
            next.process(row);
            return;
        }
        sorted.add(row, rows(window));
        context.wakeAt = Math.min(context.wakeAt, window + 1);
    }

    RowBuffer rows(long window) {
        return windows.computeIfAbsent(window, key -> sorted.buffer());
    }

    TreeMap<Long, RowBuffer> windows() {
        return windows;
    }

    List<Written> written() {
        return written;
    }

    @Override
    void advance() {
        while (!windows.isEmpty() && windows.firstKey() < context.watermark) {
            var first = windows.pollFirstEntry();
            write(first.getKey(), first.getValue());
            written.add(new Written(first.getKey(), first.getValue()));
        }
        context.wakeAt = windows.isEmpty() ? Long.MAX_VALUE : windows.firstKey() + 1;
        next.advance();
    }

    private void write(long window, RowBuffer rows) {
        long eventTime = context.origin.eventTime;
        context.origin.eventTime = window;
        for (int position = 0; position < rows.size(); position++) {
            sorted.load(rows, position, out);
            try {
                next.process(out);
            } catch (RecordFailure failure) {
                context.counters.recordsFailed++;
                context.emitter().groupFailed(failure);
            }
        }
        context.origin.eventTime = eventTime;
    }
}
