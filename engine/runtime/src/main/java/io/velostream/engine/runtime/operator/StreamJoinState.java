package io.velostream.engine.runtime.operator;

import io.velostream.engine.plan.physical.JoinKind;
import io.velostream.engine.plan.physical.TimeBound;
import io.velostream.engine.runtime.row.ByteCursor;
import io.velostream.engine.runtime.row.GrowingBuffer;
import io.velostream.engine.runtime.state.TimedRows;
import org.jspecify.annotations.Nullable;

/**
 * The durable form of a join of streams: the rows of both sides, see {@link TimedRows}, and the time that the stage has
 * seen. Since the watermark is written together with the rows, a restart knows which rows were over.
 *
 * <p>Entries of time, version 1: {@code t} + input → what that input has said of its time; {@code T} → the watermark.
 */
final class StreamJoinState implements StageState {

    private static final byte VERSION = 1;
    private static final byte INPUT_TIME = 't';
    private static final byte TIME = 'T';

    private final long leftSpan;
    private final long rightSpan;
    private final TimedRows left;
    private final TimedRows right;
    private final Watermarks watermarks;
    private final StageContext context;
    private final GrowingBuffer key = new GrowingBuffer(16);
    private final GrowingBuffer value = new GrowingBuffer(16);
    private final ByteCursor cursor = new ByteCursor();
    private long flushedTime = Watermarks.NONE;

    StreamJoinState(JoinKind kind, TimeBound bound, Watermarks watermarks, StageContext context) {
        this.leftSpan = bound.after().plus(bound.grace()).toMillis();
        this.rightSpan = bound.before().plus(bound.grace()).toMillis();
        this.left = new TimedRows(0, kind.keepsLeft());
        this.right = new TimedRows(1, kind.keepsRight());
        this.watermarks = watermarks;
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
        for (int input = 0; input < watermarks.inputs(); input++) {
            if (watermarks.takeChanged(input)) {
                writeInput(input, changes);
            }
        }
        if (context.watermark != flushedTime) {
            flushedTime = context.watermark;
            writeTime(changes);
        }
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
        while (!rows.isEmpty() && closes(rows.earliest(), isLeft) < flushedTime) {
            rows.removeEarliest();
        }
    }

    @Override
    public void all(Changes changes) {
        settle();
        left.all(changes);
        right.all(changes);
        for (int input = 0; input < watermarks.inputs(); input++) {
            if (watermarks.isHeard(input)) {
                writeInput(input, changes);
            }
        }
        writeTime(changes);
    }

    private void writeInput(int input, Changes changes) {
        key.clear();
        key.put(INPUT_TIME);
        key.putVarint(input);
        value.clear();
        value.put(VERSION);
        value.putLong(watermarks.mark(input));
        value.put(watermarks.isIdle(input) ? 1 : 0);
        changes.entry(key.toArray(), value.toArray());
    }

    private void writeTime(Changes changes) {
        value.clear();
        value.put(VERSION);
        value.putLong(context.watermark);
        changes.entry(new byte[] {TIME}, value.toArray());
    }

    @Override
    public void restore(byte[] entryKey, byte @Nullable [] entryValue) {
        switch (entryKey[0]) {
            case TimedRows.BLOCK, TimedRows.MARKS -> (entryKey[1] == 0 ? left : right).restore(entryKey, entryValue);
            case INPUT_TIME -> {
                cursor.reset(entryKey, 1, entryKey.length);
                int input = (int) cursor.getVarint();
                open(entryValue);
                long mark = cursor.getLong();
                watermarks.restore(input, mark, cursor.get() != 0);
            }
            case TIME -> {
                open(entryValue);
                watermarks.restoreCurrent(cursor.getLong());
                context.watermark = watermarks.current();
                flushedTime = context.watermark;
            }
            default ->
                throw new IllegalStateException("The state has an entry of the unknown kind " + entryKey[0]
                        + ": it was written by a newer version.");
        }
        context.wakeAt = Long.MIN_VALUE;
    }

    private void open(byte @Nullable [] entryValue) {
        if (entryValue == null || entryValue[0] != VERSION) {
            throw new IllegalStateException(
                    "The state has an entry of time that this program cannot read: a newer version wrote it.");
        }
        cursor.reset(entryValue, 1, entryValue.length);
    }

    @Override
    public void clear() {
        left.clear();
        right.clear();
        watermarks.clear();
        context.watermark = Watermarks.NONE;
        context.wakeAt = Long.MAX_VALUE;
        flushedTime = Watermarks.NONE;
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
