package io.velostream.engine.runtime.operator;

import io.velostream.engine.runtime.row.ByteCursor;
import io.velostream.engine.runtime.row.GrowingBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The durable form of the time that a stage has seen, a part of the state of each operator that waits for it.
 *
 * <p>Entries: {@code t} + input → what that input has said of its time; {@code T} → the watermark over all inputs. Since
 * the watermark is flushed together with the operator's groups, a restart knows exactly which windows were closed.
 */
final class TimeState {

    /** Of all entries of this version; it comes first in each value. */
    static final byte VERSION = 1;

    private static final byte INPUT_TIME = 't';
    private static final byte TIME = 'T';

    private final Watermarks watermarks;
    private final StageContext context;
    private final GrowingBuffer key = new GrowingBuffer(16);
    private final GrowingBuffer value = new GrowingBuffer(16);
    private final ByteCursor cursor = new ByteCursor();
    private long flushedTime = Watermarks.NONE;

    TimeState(Watermarks watermarks, StageContext context) {
        this.watermarks = watermarks;
        this.context = context;
    }

    /** Writes what has changed since the last call. */
    void flush(StageState.Changes changes) {
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

    /** The watermark as it was written, or restored, last. */
    long flushed() {
        return flushedTime;
    }

    /** Writes everything. */
    void all(StageState.Changes changes) {
        for (int input = 0; input < watermarks.inputs(); input++) {
            if (watermarks.isHeard(input)) {
                writeInput(input, changes);
            }
        }
        writeTime(changes);
    }

    private void writeInput(int input, StageState.Changes changes) {
        key.clear();
        key.put(INPUT_TIME);
        key.putVarint(input);
        value.clear();
        value.put(VERSION);
        value.putLong(watermarks.mark(input));
        value.put(watermarks.isIdle(input) ? 1 : 0);
        changes.entry(key.toArray(), value.toArray());
    }

    private void writeTime(StageState.Changes changes) {
        value.clear();
        value.put(VERSION);
        value.putLong(context.watermark);
        changes.entry(new byte[] {TIME}, value.toArray());
    }

    /**
     * Takes an entry back that is not one of the operator's own.
     *
     * @throws IllegalStateException when it is none of time either
     */
    void restore(byte[] entryKey, byte @Nullable [] entryValue) {
        switch (entryKey[0]) {
            case INPUT_TIME -> {
                cursor.reset(entryKey, 1, entryKey.length);
                int input = (int) cursor.getVarint();
                open(cursor, entryValue);
                long mark = cursor.getLong();
                watermarks.restore(input, mark, cursor.get() != 0);
            }
            case TIME -> {
                open(cursor, entryValue);
                watermarks.restoreCurrent(cursor.getLong());
                context.watermark = watermarks.current();
                flushedTime = context.watermark;
            }
            default ->
                throw new IllegalStateException("The state has an entry of the unknown kind " + entryKey[0]
                        + ": it was written by a newer version.");
        }
    }

    /** Begins to read a value behind its version. */
    static void open(ByteCursor cursor, byte @Nullable [] entryValue) {
        if (entryValue == null) {
            throw new IllegalStateException("The state has a removal of time, which is never written.");
        }
        cursor.reset(entryValue, 0, entryValue.length);
        byte version = cursor.get();
        if (version != VERSION) {
            throw new IllegalStateException("The state has an entry of version " + version + ", but this program reads "
                    + VERSION + ": it was written by a newer version.");
        }
    }

    /** Forgets all time. */
    void clear() {
        watermarks.clear();
        context.watermark = Watermarks.NONE;
        context.previousWatermark = Watermarks.NONE;
        context.wakeAt = Long.MAX_VALUE;
        flushedTime = Watermarks.NONE;
    }
}
