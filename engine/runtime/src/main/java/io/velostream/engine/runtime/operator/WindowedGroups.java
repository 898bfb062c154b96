package io.velostream.engine.runtime.operator;

import io.velostream.engine.plan.physical.StageOperator;
import io.velostream.engine.plan.physical.StageOperator.Emit;
import io.velostream.engine.runtime.aggregate.GroupLayout;
import io.velostream.engine.runtime.row.Row;
import io.velostream.engine.runtime.state.GroupTable;
import io.velostream.engine.runtime.state.WindowTables;
import org.apache.kafka.common.header.Headers;

/**
 * The groups of aligned windows: rows go into them, and their own rows come out, at once (CHANGES) or when the window
 * closes (FINAL): windows by their end, groups in the order in which they came.
 */
final class WindowedGroups {

    private final StageContext context;
    private final GroupKeys keys;
    private final GroupLayout layout;
    private final WindowTables windows;
    private final AlignedWindows timing;
    private final WindowLimit limit;
    private final Emit emit;
    private final boolean windowed;
    private final Step next;
    private final Row out;

    WindowedGroups(
            StageOperator.Aggregate plan,
            GroupLayout layout,
            WindowTables windows,
            AlignedWindows timing,
            WindowLimit limit,
            StageContext context,
            Step next) {
        this.context = context;
        this.keys = new GroupKeys(plan.keys(), context.origin);
        this.layout = layout;
        this.windows = windows;
        this.timing = timing;
        this.limit = limit;
        this.emit = plan.emit();
        this.windowed = plan.window().isPresent();
        this.next = next;
        this.out = new Row(plan.layout().columns().size(), context.origin);
    }

    /**
     * Computes key and arguments of a row.
     *
     * @throws RecordFailure when one has no value; nothing has changed then
     */
    void prepare(Row row) {
        keys.encode(row);
        layout.prepare(row);
    }

    /**
     * Asks whether the group in that window takes what is prepared.
     *
     * @throws RecordFailure when it does not; nothing has changed then
     */
    void check(long start) {
        GroupTable table = windows.table(start);
        int group = table.find(keys.buffer(), 0, keys.length());
        if (group == GroupTable.ABSENT) {
            limit.check(windows, keys.buffer(), keys.length());
        } else {
            layout.check(table, group);
        }
    }

    /**
     * Checks, applies and writes in one go.
     *
     * @param closed whether the window has closed before, so that a result of it is corrected
     */
    void add(long start, boolean closed) {
        GroupTable table = windows.table(start);
        int group = table.find(keys.buffer(), 0, keys.length());
        boolean isNew = group == GroupTable.ABSENT;
        if (isNew) {
            limit.check(windows, keys.buffer(), keys.length());
            group = table.addNew(keys.buffer(), 0, keys.length());
        } else {
            layout.check(table, group);
        }
        layout.apply(table, group);
        table.markDirty(group);
        write(start, group, closed, isNew);
    }

    private void write(long start, int group, boolean closed, boolean isNew) {
        if (emit == Emit.CHANGES || (emit == Emit.FIRST && isNew)) {
            row(start, windows.table(start), group);
        } else if (emit == Emit.FINAL && closed) {
            long eventTime = context.origin.eventTime;
            Headers headers = context.origin.headers.current();
            context.origin.eventTime = timing.end(start) - 1;
            row(start, windows.table(start), group);
            context.origin.eventTime = eventTime;
            context.origin.headers.begin(headers);
        }
    }

    private void row(long start, GroupTable table, int group) {
        keys.decode(table.keys(), table.keyFrom(group), table.keyTo(group), out);
        layout.results(table, group, out, keys.size());
        if (windowed) {
            out.setLong(out.width() - 2, start);
            out.setLong(out.width() - 1, timing.end(start));
        }
        next.process(out);
    }

    /** Closes and forgets windows as the watermark says, and tells when there is more to do. */
    void close() {
        long watermark = context.watermark;
        Long start = windows.isEmpty() ? null : (Long) windows.first();
        long wakeAt = Long.MAX_VALUE;
        while (start != null) {
            if (timing.closesAt(start) > watermark) {
                wakeAt = Math.min(wakeAt, timing.closesAt(start));
                break;
            }
            if (emit == Emit.FINAL && timing.closesAt(start) > context.previousWatermark) {
                writeAll(start);
            }
            if (timing.droppedAt(start) <= watermark) {
                windows.drop(start);
            } else {
                wakeAt = Math.min(wakeAt, timing.droppedAt(start));
            }
            start = windows.firstAfter(start);
        }
        context.wakeAt = wakeAt;
    }

    private void writeAll(long start) {
        long eventTime = context.origin.eventTime;
        Headers headers = context.origin.headers.current();
        context.origin.eventTime = timing.end(start) - 1;
        windows.table(start).forEachInOrder((table, group) -> {
            try {
                row(start, table, group);
            } catch (RecordFailure failure) {
                context.counters.recordsFailed++;
                context.emitter().groupFailed(failure);
            }
            context.emitter().relieve();
        });
        context.origin.eventTime = eventTime;
        context.origin.headers.begin(headers);
    }
}
