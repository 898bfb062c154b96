package io.velostream.engine.runtime.operator;

import io.velostream.engine.runtime.row.Row;
import org.jspecify.annotations.Nullable;

/**
 * GROUP BY in sliding windows: a row goes into each window that its moment falls into, the earliest first. It is late
 * when all of them have closed; one that came too late for some of them counts in the others.
 *
 * <p>A late row that the next window takes is treated as if it had come at the earliest moment all of whose windows are
 * open, so that it counts in as many windows as any other. Nothing changes for a row that one of its groups cannot take.
 * When the results of some windows cannot be written, the record goes to its owner once, and the results of the others
 * are written.
 */
final class SlidingStep extends PassingStep {

    private final StageContext context;
    private final WindowedGroups groups;
    private final AlignedWindows timing;
    private final LateRows late;

    SlidingStep(WindowedGroups groups, AlignedWindows timing, LateRows late, StageContext context, Step next) {
        super(next);
        this.context = context;
        this.groups = groups;
        this.timing = timing;
        this.late = late;
    }

    @Override
    void process(Row row) {
        groups.prepare(row);
        long eventTime = context.origin.eventTime;
        if (timing.closesAt(timing.start(eventTime)) > context.watermark) {
            addFrom(eventTime);
        } else {
            addLate(eventTime);
        }
    }

    private void addLate(long eventTime) {
        if (timing.droppedAt(timing.start(eventTime)) > context.watermark) {
            late.counted();
            addFrom(eventTime);
        } else if (late.goToNext()) {
            late.counted();
            addFrom(timing.firstOpenMoment(context.watermark));
        } else {
            late.refused();
        }
    }

    /** Puts the row into the windows of a moment that still take rows. */
    private void addFrom(long moment) {
        long watermark = context.watermark;
        long last = timing.start(moment);
        long first = timing.firstStart(moment);
        while (timing.droppedAt(first) <= watermark) {
            first = timing.next(first);
        }
        for (long start = first; start <= last; start = timing.next(start)) {
            groups.check(start);
        }
        RecordFailure failure = null;
        for (long start = first; start <= last; start = timing.next(start)) {
            boolean closed = timing.closesAt(start) <= watermark;
            context.wakeAt = Math.min(context.wakeAt, closed ? timing.droppedAt(start) : timing.closesAt(start));
            failure = add(start, closed, failure);
        }
        if (failure != null) {
            throw failure;
        }
    }

    private @Nullable RecordFailure add(long start, boolean closed, @Nullable RecordFailure earlier) {
        try {
            groups.add(start, closed);
            return earlier;
        } catch (RecordFailure failure) {
            return earlier == null ? failure : earlier;
        }
    }

    @Override
    void advance() {
        groups.close();
        next.advance();
    }
}
