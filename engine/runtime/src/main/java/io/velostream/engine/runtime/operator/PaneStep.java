package io.velostream.engine.runtime.operator;

import io.velostream.engine.plan.physical.StageOperator;
import io.velostream.engine.runtime.aggregate.GroupLayout;
import io.velostream.engine.runtime.row.Row;
import io.velostream.engine.runtime.state.GroupTable;
import io.velostream.engine.runtime.state.WindowTables;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * GROUP BY in sliding windows that write when they close: a row goes into one pane, the longest stretch of time that
 * all windows are made of, and a window is put together of its panes when it closes. So a row costs the same however
 * many windows it falls into, and the changelog holds a group once a pane (Li et al., "No pane, no gain", 2005).
 *
 * <p>Rows of a window come out with its groups in the order of its panes. Late rows are as with {@link SlidingStep}:
 * one that is in time for some of its windows counts in those, since the others were written without it.
 */
final class PaneStep extends Step {

    private final StageContext context;
    private final GroupKeys keys;
    private final GroupLayout layout;
    private final WindowTables panes;
    private final AlignedWindows timing;
    private final long pane;
    private final LateRows late;
    private final WindowLimit limit;
    private final Row out;
    private final Step next;

    PaneStep(
            StageOperator.Aggregate plan,
            GroupLayout layout,
            WindowTables panes,
            AlignedWindows timing,
            LateRows late,
            WindowLimit limit,
            StageContext context,
            Step next) {
        this.context = context;
        this.keys = new GroupKeys(plan.keys(), context.origin);
        this.layout = layout;
        this.panes = panes;
        this.timing = timing;
        this.pane = timing.pane();
        this.late = late;
        this.limit = limit;
        this.out = new Row(plan.layout().columns().size(), context.origin);
        this.next = next;
    }

    @Override
    void process(Row row) {
        keys.encode(row);
        layout.prepare(row);
        long eventTime = context.origin.eventTime;
        long last = timing.start(eventTime);
        if (timing.closesAt(last) > context.watermark) {
            add(eventTime);
        } else if (timing.droppedAt(last) > context.watermark) {
            late.counted();
            add(eventTime);
        } else if (late.goToNext()) {
            late.counted();
            add(timing.firstOpenMoment(context.watermark));
        } else {
            late.refused();
        }
    }

    private void add(long moment) {
        GroupTable table = panes.table(Math.floorDiv(moment, pane) * pane);
        int group = table.find(keys.buffer(), 0, keys.length());
        if (group == GroupTable.ABSENT) {
            limit.check(panes, keys.buffer(), keys.length());
            group = table.addNew(keys.buffer(), 0, keys.length());
        } else {
            layout.check(table, group);
        }
        layout.apply(table, group);
        table.markDirty(group);
        wake(moment);
        correct(moment);
    }

    private void wake(long moment) {
        long last = timing.start(moment);
        long open = Math.max(timing.firstStart(moment), firstOpen());
        context.wakeAt = Math.min(context.wakeAt, open <= last ? timing.closesAt(open) : timing.droppedAt(last));
    }

    private long firstOpen() {
        return context.watermark == Watermarks.NONE ? Long.MIN_VALUE : timing.firstOpen(context.watermark);
    }

    /** Writes the results anew of windows that have closed but are kept. */
    private void correct(long moment) {
        long watermark = context.watermark;
        RecordFailure failure = null;
        for (long start = timing.firstStart(moment);
                start <= timing.start(moment) && timing.closesAt(start) <= watermark;
                start = timing.next(start)) {
            if (timing.droppedAt(start) > watermark) {
                failure = correctWindow(start, failure);
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private @Nullable RecordFailure correctWindow(long start, @Nullable RecordFailure earlier) {
        GroupTable window = new GroupTable(layout.cells(), layout.objects());
        try {
            int group = window.findOrAdd(keys.buffer(), 0, keys.length());
            for (Long at = first(start); at != null && at < timing.end(start); at = panes.firstAfter(at)) {
                GroupTable table = panes.table(at);
                int part = table.find(keys.buffer(), 0, keys.length());
                if (part != GroupTable.ABSENT) {
                    layout.merge(window, group, table, part);
                }
            }
            write(start, window, group);
            return earlier;
        } catch (RecordFailure failure) {
            return earlier == null ? failure : earlier;
        }
    }

    /** The first pane that begins in a window or behind it, or null. */
    private @Nullable Long first(long start) {
        if (start == Long.MIN_VALUE) {
            return panes.isEmpty() ? null : (Long) panes.first();
        }
        return panes.firstAfter(start - 1);
    }

    private void write(long start, GroupTable window, int group) {
        keys.decode(window.keys(), window.keyFrom(group), window.keyTo(group), out);
        Headers headers = context.origin.headers.current();
        layout.results(window, group, out, keys.size());
        out.setLong(out.width() - 2, start);
        out.setLong(out.width() - 1, timing.end(start));
        long eventTime = context.origin.eventTime;
        context.origin.eventTime = timing.end(start) - 1;
        try {
            next.process(out);
        } finally {
            context.origin.eventTime = eventTime;
            context.origin.headers.begin(headers);
        }
    }

    @Override
    void advance() {
        closeWindows();
        dropPanes();
        context.wakeAt = nextMoment();
        next.advance();
    }

    private void closeWindows() {
        long before = context.previousWatermark;
        long start = before == Watermarks.NONE ? Long.MIN_VALUE : timing.firstOpen(before);
        for (Long at = first(start); at != null; at = first(start)) {
            start = Math.max(start, timing.firstStart(at));
            if (timing.closesAt(start) > context.watermark) {
                return;
            }
            writeWindow(start);
            start = timing.next(start);
        }
    }

    private void writeWindow(long start) {
        GroupTable[] window = {panes.newTable()};
        for (Long at = first(start); at != null && at < timing.end(start); at = panes.firstAfter(at)) {
            panes.table(at).forEachInOrder((table, part) -> {
                window[0] = panes.within(window[0], context.tableLimit);
                merge(window[0], table, part);
            });
        }
        window[0].forEachInOrder((table, group) -> {
            try {
                write(start, table, group);
            } catch (RecordFailure failure) {
                failed(failure);
            }
            context.emitter().relieve();
        });
        panes.discard(window[0]);
    }

    private void merge(GroupTable window, GroupTable table, int part) {
        int group = window.findOrAdd(table.keys(), table.keyFrom(part), table.keyTo(part));
        try {
            layout.merge(window, group, table, part);
        } catch (RecordFailure failure) {
            window.remove(group);
            failed(failure);
        }
    }

    private void failed(RecordFailure failure) {
        context.counters.recordsFailed++;
        context.emitter().groupFailed(failure);
    }

    private void dropPanes() {
        while (!panes.isEmpty() && timing.droppedAt(timing.start(panes.first())) <= context.watermark) {
            panes.drop(panes.first());
        }
    }

    private long nextMoment() {
        if (panes.isEmpty()) {
            return Long.MAX_VALUE;
        }
        long dropped = timing.droppedAt(timing.start(panes.first()));
        long start = firstOpen();
        Long at = first(start);
        return at == null ? dropped : Math.min(dropped, timing.closesAt(Math.max(start, timing.firstStart(at))));
    }

    @Override
    void endOfBatch() {
        next.endOfBatch();
    }
}
