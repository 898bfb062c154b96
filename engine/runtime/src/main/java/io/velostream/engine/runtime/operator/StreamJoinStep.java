package io.velostream.engine.runtime.operator;

import io.velostream.engine.plan.physical.JoinKind;
import io.velostream.engine.plan.physical.SourceSpec.LateData;
import io.velostream.engine.plan.physical.TimeBound;
import io.velostream.engine.runtime.row.ByteCursor;
import io.velostream.engine.runtime.row.GrowingBuffer;
import io.velostream.engine.runtime.row.Row;
import io.velostream.engine.runtime.state.TimedRows;

/**
 * Joins the rows of two streams that have equal keys and are close in event time. Each row meets those of the other side
 * that are kept, and is kept itself until the watermark is beyond every time at which it could meet one; where its side is
 * one that a join keeps, a row that met none is written then, with NULLs.
 *
 * <p>Example, LEFT JOIN within 5 s, no grace: a left row of 10:00:00 may meet right rows until 10:00:05. It is written
 * alone when the watermark goes beyond 10:00:05. A left row of 10:00:00 that comes when the watermark is at 10:00:06 is
 * late, and the source's setting for late data decides.
 */
final class StreamJoinStep extends PassingStep {

    private final StageContext context;
    private final RowKeys keys;
    private final RowKeys rightKeys;
    private final JoinedRows joined;
    private final StreamJoinState state;
    private final TimedRows left;
    private final TimedRows right;
    private final JoinKind kind;
    private final long before;
    private final long after;
    private final StageReader reader;
    private final StageReader rightReader;
    private final LateData lateData;
    private final GrowingBuffer key = new GrowingBuffer(64);
    private final GrowingBuffer encoded = new GrowingBuffer(128);
    private final ByteCursor cursor = new ByteCursor();

    /** The two inputs: their keys and what hands over their late rows. */
    record Sides(RowKeys leftKeys, StageReader leftReader, RowKeys rightKeys, StageReader rightReader) {}

    StreamJoinStep(
            StageContext context,
            Sides sides,
            JoinedRows joined,
            StreamJoinState state,
            JoinKind kind,
            TimeBound bound,
            LateData lateData,
            Step next) {
        super(next);
        this.context = context;
        this.keys = sides.leftKeys();
        this.reader = sides.leftReader();
        this.rightKeys = sides.rightKeys();
        this.rightReader = sides.rightReader();
        this.joined = joined;
        this.state = state;
        this.left = state.left();
        this.right = state.right();
        this.kind = kind;
        this.before = bound.before().toMillis();
        this.after = bound.after().toMillis();
        this.lateData = lateData;
        // A row that stands alone leaves so much later than its own time.
        context.outputDelay = Math.max(
                kind.keepsLeft() ? Math.max(0, state.closes(0, true)) : 0,
                kind.keepsRight() ? Math.max(0, state.closes(0, false)) : 0);
    }

    /** Takes the rows of the right side. */
    Step rightSide() {
        return new Step() {
            @Override
            void process(Row row) {
                take(row, false);
            }
        };
    }

    @Override
    void process(Row row) {
        take(row, true);
    }

    private void take(Row row, boolean isLeft) {
        state.settle();
        long time = context.origin.eventTime;
        boolean late = state.closes(time, isLeft) < context.watermark;
        if (late && refuses(isLeft)) {
            return;
        }
        key.clear();
        boolean known = (isLeft ? keys : rightKeys).write(row, key);
        if (isLeft) {
            joined.left(row);
        } else {
            joined.right(row);
        }
        boolean met = known && meet(time, isLeft);
        boolean keeps = isLeft ? kind.keepsLeft() : kind.keepsRight();
        if (known && !late) {
            TableSideStep.encode(row, encoded);
            (isLeft ? left : right).add(key, encoded, time, met);
            context.wakeAt = Math.min(context.wakeAt, state.closes(time, isLeft) + 1);
        } else if (keeps && !met) {
            joined.sideNull(!isLeft);
            next.process(joined.row());
        }
    }

    /** What the source says about a row that comes when nothing can meet it any more. */
    private boolean refuses(boolean isLeft) {
        switch (lateData) {
            case DEAD_LETTER -> {
                context.counters.lateDropped++;
                (isLeft ? reader : rightReader)
                        .late(context.emitter(), context.batch(), context.index, context.watermark);
                return true;
            }
            case DROP -> {
                context.counters.lateDropped++;
                return true;
            }
            case INCLUDE_IN_NEXT_WINDOW, UPDATE_PREVIOUS -> {
                context.counters.lateProcessed++;
                return false;
            }
        }
        return false;
    }

    private boolean meet(long time, boolean isLeft) {
        TimedRows others = isLeft ? right : left;
        long earliest = isLeft ? time - before : time - after;
        long latest = isLeft ? time + after : time + before;
        boolean met = false;
        int match = others.first(key.buffer(), 0, key.position());
        for (; match != TimedRows.NONE; match = others.next(match)) {
            long other = others.time(match);
            if (other < earliest || other > latest) {
                continue;
            }
            others.open(match, cursor);
            joined.side(!isLeft, cursor);
            if (joined.meet()) {
                met = true;
                others.meet(match);
                context.origin.eventTime = Math.max(time, other);
                next.process(joined.row());
                context.origin.eventTime = time;
            }
        }
        return met;
    }

    @Override
    void advance() {
        state.settle();
        long eventTime = context.origin.eventTime;
        close(left, true);
        close(right, false);
        context.origin.eventTime = eventTime;
        context.wakeAt = state.wakeAt();
        next.advance();
    }

    private void close(TimedRows rows, boolean isLeft) {
        boolean keeps = isLeft ? kind.keepsLeft() : kind.keepsRight();
        while (!rows.isEmpty() && state.closes(rows.earliest(), isLeft) < context.watermark) {
            if (keeps && !rows.hasMet(rows.earliestRow())) {
                writeAlone(rows, isLeft);
            }
            rows.removeEarliest();
        }
    }

    private void writeAlone(TimedRows rows, boolean isLeft) {
        context.origin.eventTime = rows.earliest();
        rows.open(rows.earliestRow(), cursor);
        joined.side(isLeft, cursor);
        joined.sideNull(!isLeft);
        try {
            next.process(joined.row());
        } catch (RecordFailure failure) {
            context.counters.recordsFailed++;
            context.emitter().groupFailed(failure);
        }
    }
}
