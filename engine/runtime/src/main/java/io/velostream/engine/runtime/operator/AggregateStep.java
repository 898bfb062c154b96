package io.velostream.engine.runtime.operator;

import io.velostream.engine.plan.physical.SourceSpec.LateData;
import io.velostream.engine.plan.physical.StageOperator;
import io.velostream.engine.plan.physical.StageOperator.Emit;
import io.velostream.engine.runtime.aggregate.GroupLayout;
import io.velostream.engine.runtime.expression.Columns;
import io.velostream.engine.runtime.row.ByteCursor;
import io.velostream.engine.runtime.row.GrowingBuffer;
import io.velostream.engine.runtime.row.Row;
import io.velostream.engine.runtime.state.GroupTable;
import io.velostream.engine.runtime.state.TupleCodec;
import io.velostream.engine.runtime.state.WindowTables;
import io.velostream.engine.sql.type.SqlType.Simple;

/**
 * GROUP BY: finds the group of a row, lets its aggregates take the row, and hands on the group's row at once (CHANGES)
 * or when the window closes (FINAL): windows by their end, groups in the order in which they came.
 *
 * <p>A record that fails in its arguments leaves the group as it was. One whose result then fails further down, such as
 * a division in SELECT, stays counted: the group's state is right, only its row could not be written.
 */
final class AggregateStep extends Step {

    private final StageContext context;
    private final StageReader reader;
    private final Columns keys;
    private final boolean[] isAny;
    private final GroupLayout layout;
    private final WindowTables windows;
    private final TumblingWindows timing;
    private final boolean windowed;
    private final boolean changes;
    private final LateData lateData;
    private final Step next;

    private final GrowingBuffer key = new GrowingBuffer(64);
    private final ByteCursor cursor = new ByteCursor();
    private final Row out;

    AggregateStep(
            StageOperator.Aggregate plan,
            GroupLayout layout,
            WindowTables windows,
            LateData lateData,
            StageContext context,
            StageReader reader,
            Step next) {
        this.context = context;
        this.reader = reader;
        this.keys = new Columns(plan.keys(), context.origin);
        this.isAny = new boolean[keys.size()];
        for (int column = 0; column < isAny.length; column++) {
            isAny[column] = keys.type(column) == Simple.ANY;
        }
        this.layout = layout;
        this.windows = windows;
        this.windowed = plan.window().isPresent();
        this.timing = plan.window()
                .map(window -> switch (window) {
                    case StageOperator.Window.Tumbling tumbling -> new TumblingWindows(tumbling, lateData);
                })
                .orElseGet(TumblingWindows::none);
        this.changes = plan.emit() == Emit.CHANGES;
        this.lateData = lateData;
        this.next = next;
        this.out = new Row(plan.layout().columns().size(), context.origin);
    }

    @Override
    void process(Row row) {
        keys.evaluate(row);
        key.clear();
        for (int column = 0; column < isAny.length; column++) {
            TupleCodec.encode(keys.row(column, row), keys.slot(column), isAny[column], key);
        }
        layout.prepare(row);
        if (!windowed) {
            add(WindowTables.UNBOUNDED, changes);
            return;
        }
        long start = timing.start(context.origin.eventTime);
        if (timing.closesAt(start) > context.watermark) {
            add(start, changes);
            context.wakeAt = Math.min(context.wakeAt, timing.closesAt(start));
        } else {
            late(start);
        }
    }

    /** A record whose window has closed. */
    private void late(long start) {
        switch (lateData) {
            case INCLUDE_IN_NEXT_WINDOW -> {
                long open = timing.firstOpen(context.watermark);
                context.counters.lateProcessed++;
                add(open, changes);
                context.wakeAt = Math.min(context.wakeAt, timing.closesAt(open));
            }
            case UPDATE_PREVIOUS -> {
                if (timing.droppedAt(start) > context.watermark) {
                    context.counters.lateProcessed++;
                    add(start, true);
                    context.wakeAt = Math.min(context.wakeAt, timing.droppedAt(start));
                } else {
                    context.counters.lateDropped++;
                }
            }
            case DEAD_LETTER -> {
                context.counters.lateDropped++;
                reader.late(context.emitter(), context.batch(), context.index, context.watermark);
            }
            case DROP -> context.counters.lateDropped++;
        }
    }

    private void add(long start, boolean emit) {
        GroupTable table = windows.table(start);
        int group = table.find(key.buffer(), 0, key.position());
        if (group == GroupTable.ABSENT) {
            group = table.findOrAdd(key.buffer(), 0, key.position());
        } else {
            layout.check(table, group);
        }
        layout.apply(table, group);
        table.markDirty(group);
        if (emit && changes) {
            emit(start, table, group);
        } else if (emit) {
            long eventTime = context.origin.eventTime;
            context.origin.eventTime = timing.end(start) - 1;
            emit(start, table, group);
            context.origin.eventTime = eventTime;
        }
    }

    private void emit(long start, GroupTable table, int group) {
        cursor.reset(table.keys(), table.keyFrom(group), table.keyTo(group));
        for (int column = 0; column < isAny.length; column++) {
            TupleCodec.decode(cursor, out, column);
        }
        layout.results(table, group, out, isAny.length);
        if (windowed) {
            out.setLong(out.width() - 2, start);
            out.setLong(out.width() - 1, timing.end(start));
        }
        next.process(out);
    }

    @Override
    void advance() {
        if (windowed) {
            close();
        }
        next.advance();
    }

    private void close() {
        long watermark = context.watermark;
        Long start = windows.isEmpty() ? null : (Long) windows.first();
        long wakeAt = Long.MAX_VALUE;
        while (start != null) {
            if (timing.closesAt(start) > watermark) {
                wakeAt = Math.min(wakeAt, timing.closesAt(start));
                break;
            }
            if (!changes && timing.closesAt(start) > context.previousWatermark) {
                emitAll(start);
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

    private void emitAll(long start) {
        GroupTable table = windows.table(start);
        long eventTime = context.origin.eventTime;
        context.origin.eventTime = timing.end(start) - 1;
        for (int group : table.inOrder()) {
            try {
                emit(start, table, group);
            } catch (RecordFailure failure) {
                context.counters.recordsFailed++;
                context.emitter().groupFailed(failure);
            }
        }
        context.origin.eventTime = eventTime;
    }

    @Override
    void endOfBatch() {
        next.endOfBatch();
    }
}
