package io.velostream.engine.runtime.operator;

import io.velostream.engine.plan.physical.JoinKind;
import io.velostream.engine.plan.physical.TimeBound;
import io.velostream.engine.runtime.state.TimedRows;
import org.jspecify.annotations.Nullable;

/**
 * The durable form of a join of streams: the rows of both sides, see {@link TimedRows}, and the time that the stage has
 * seen, see {@link TimeState}. Since the watermark is written together with the rows, a restart knows which rows were over.
 */
final class StreamJoinState implements StageState {

    private final long leftSpan;
    private final long rightSpan;
    private final TimedRows left;
    private final TimedRows right;
    private final TimeState time;
    private final StageContext context;

    StreamJoinState(JoinKind kind, TimeBound bound, Watermarks watermarks, StageContext context) {
        this.leftSpan = bound.after().plus(bound.grace()).toMillis();
        this.rightSpan = bound.before().plus(bound.grace()).toMillis();
        this.left = new TimedRows(0, kind.keepsLeft(), leftSpan);
        this.right = new TimedRows(1, kind.keepsRight(), rightSpan);
        this.time = new TimeState(watermarks, context);
        this.context = context;
    }

    TimedRows left() {
        return left;
    }

    TimedRows right() {
        return right;
    }

    @Override
    public void flush(Changes changes) {
        settle();
        left.flush(changes);
        right.flush(changes);
        time.flush(changes);
    }

    /** The last watermark at which a row may still meet one of the other side. */
    long closes(long time, boolean isLeft) {
        return time + (isLeft ? leftSpan : rightSpan);
    }

    /** The watermark at which the next row is over. */
    long wakeAt() {
        return Math.min(wakeAt(left, true), wakeAt(right, false));
    }

    private long wakeAt(TimedRows rows, boolean isLeft) {
        return rows.isEmpty() ? Long.MAX_VALUE : closes(rows.earliest(), isLeft) + 1;
    }

    /**
     * Puts what was restored in its place. What was over by the watermark of the last commit was written before it; what is
     * over since is still to be written.
     */
    void settle() {
        if (left.isRestoring() || right.isRestoring()) {
            left.endRestore();
            right.endRestore();
            forget(left, true);
            forget(right, false);
            context.wakeAt = wakeAt();
        }
    }

    private void forget(TimedRows rows, boolean isLeft) {
        while (!rows.isEmpty() && closes(rows.earliest(), isLeft) < time.flushed()) {
            rows.removeEarliest();
        }
    }

    @Override
    public void all(Changes changes) {
        settle();
        left.all(changes);
        right.all(changes);
        time.all(changes);
    }

    @Override
    public void restore(byte[] entryKey, byte @Nullable [] entryValue) {
        switch (entryKey[0]) {
            case TimedRows.BLOCK, TimedRows.MARKS -> (entryKey[1] == 0 ? left : right).restore(entryKey, entryValue);
            default -> time.restore(entryKey, entryValue);
        }
        context.wakeAt = Long.MIN_VALUE;
    }

    @Override
    public void clear() {
        left.clear();
        right.clear();
        time.clear();
    }

    @Override
    public long bytes() {
        return left.bytes() + right.bytes();
    }

    @Override
    public long groups() {
        return left.size() + right.size();
    }
}
