package io.velostream.engine.runtime.operator;

import io.velostream.engine.runtime.row.ByteCursor;
import io.velostream.engine.runtime.row.GrowingBuffer;
import io.velostream.engine.runtime.row.Row;
import org.jspecify.annotations.Nullable;

/** Hands on so many rows and no more, also over restarts. */
final class LimitStep extends PassingStep implements StageState {

    private static final byte KEY = 'l';

    private final long limit;
    private long passed;
    private long flushed;

    LimitStep(long limit, Step next) {
        super(next);
        this.limit = limit;
    }

    @Override
    void process(Row row) {
        if (passed < limit) {
            next.process(row);
            passed++;
        }
    }

    @Override
    public void flush(Changes changes) {
        if (passed != flushed) {
            flushed = passed;
            all(changes);
        }
    }

    @Override
    public void all(Changes changes) {
        GrowingBuffer value = new GrowingBuffer(10);
        value.putVarint(passed);
        changes.entry(new byte[] {KEY}, value.toArray());
    }

    @Override
    public void restore(byte[] key, byte @Nullable [] value) {
        if (value == null) {
            throw new IllegalStateException("The count of a LIMIT was removed, which is never written.");
        }
        ByteCursor cursor = new ByteCursor();
        cursor.reset(value, 0, value.length);
        passed = cursor.getVarint();
        flushed = passed;
    }

    @Override
    public void clear() {
        passed = 0;
        flushed = 0;
    }

    @Override
    public long bytes() {
        return Long.BYTES * 2;
    }

    @Override
    public long groups() {
        return 0;
    }
}
