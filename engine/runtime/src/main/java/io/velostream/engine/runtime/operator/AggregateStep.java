package io.velostream.engine.runtime.operator;

import io.velostream.engine.runtime.row.Row;
import io.velostream.engine.runtime.state.WindowTables;

/**
 * GROUP BY without a window or in tumbling windows: finds the group of a row, lets its aggregates take the row, and
 * hands on the group's row at once (CHANGES) or when the window closes (FINAL).
 *
 * <p>A record that fails in its arguments leaves the group as it was. One whose result then fails further down, such as
 * a division in SELECT, stays counted: the group's state is right, only its row could not be written.
 */
final class AggregateStep extends PassingStep {

    private final StageContext context;
    private final WindowedGroups groups;
    private final AlignedWindows timing;
    private final boolean windowed;
    private final LateRows late;

    AggregateStep(
            WindowedGroups groups,
            AlignedWindows timing,
            boolean windowed,
            LateRows late,
            StageContext context,
            Step next) {
        super(next);
        this.context = context;
        this.groups = groups;
        this.timing = timing;
        this.windowed = windowed;
        this.late = late;
    }

    @Override
    void process(Row row) {
        groups.prepare(row);
        if (!windowed) {
            groups.add(WindowTables.UNBOUNDED, false);
            return;
        }
        long start = timing.start(context.origin.eventTime);
        if (timing.closesAt(start) > context.watermark) {
            context.wakeAt = Math.min(context.wakeAt, timing.closesAt(start));
            groups.add(start, false);
        } else {
            addLate(start);
        }
    }

    /** A record whose window has closed. */
    private void addLate(long start) {
        long watermark = context.watermark;
        if (timing.droppedAt(start) > watermark) {
            late.counted();
            context.wakeAt = Math.min(context.wakeAt, timing.droppedAt(start));
            groups.add(start, true);
        } else if (late.goToNext()) {
            late.counted();
            long open = timing.start(timing.firstOpenMoment(watermark));
            context.wakeAt = Math.min(context.wakeAt, timing.closesAt(open));
            groups.add(open, false);
        } else {
            late.refused();
        }
    }

    @Override
    void advance() {
        if (windowed) {
            groups.close();
        }
        next.advance();
    }
}
