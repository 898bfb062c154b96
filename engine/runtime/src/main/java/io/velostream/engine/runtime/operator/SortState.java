package io.velostream.engine.runtime.operator;

import io.velostream.engine.runtime.over.SortedRows;
import io.velostream.engine.runtime.row.ByteCursor;
import io.velostream.engine.runtime.row.GrowingBuffer;
import io.velostream.engine.runtime.row.Origin;
import io.velostream.engine.runtime.row.Row;
import io.velostream.engine.runtime.state.RowBuffer;
import io.velostream.engine.runtime.state.RowCodec;
import org.jspecify.annotations.Nullable;

/**
 * The durable form of windows whose rows wait to be put in order.
 *
 * <p>Entries, all of version 1: {@code w} + window + place → the row's number and the row; and those of {@link
 * TimeState}. A window's entries are removed when it was written.
 */
final class SortState implements StageState {

    private static final byte ROW = 'w';

    private final SortedRows sorted;
    private final SortStep step;
    private final TimeState time;
    private final StageContext context;
    private final Row row;
    private final GrowingBuffer key = new GrowingBuffer(32);
    private final GrowingBuffer value = new GrowingBuffer(128);
    private final ByteCursor cursor = new ByteCursor();
    private volatile long bytes;
    private volatile long rows;

    SortState(SortedRows sorted, SortStep step, TimeState time, StageContext context) {
        this.sorted = sorted;
        this.step = step;
        this.time = time;
        this.context = context;
        this.row = new Row(sorted.width(), new Origin());
    }

    @Override
    public void flush(Changes changes) {
        for (SortStep.Written window : step.written()) {
            for (int place = 0; place < window.rows().places(); place++) {
                if (window.rows().isLogged(place)) {
                    changes.entry(key(window.window(), place), null);
                }
            }
        }
        step.written().clear();
        step.windows().forEach((window, buffer) -> flush(window, buffer, changes));
        time.flush(changes);
        count();
    }

    private void flush(long window, RowBuffer buffer, Changes changes) {
        for (int i = 0; i < buffer.touchedCount(); i++) {
            int place = buffer.touched(i);
            if (buffer.isUsed(place)) {
                write(window, buffer, place, changes);
            } else if (buffer.isLogged(place)) {
                changes.entry(key(window, place), null);
            }
        }
        buffer.clean();
    }

    @Override
    public void all(Changes changes) {
        step.windows().forEach((window, buffer) -> {
            for (int place = 0; place < buffer.places(); place++) {
                if (buffer.isUsed(place)) {
                    write(window, buffer, place, changes);
                }
            }
        });
        time.all(changes);
    }

    private void write(long window, RowBuffer buffer, int place, Changes changes) {
        value.clear();
        value.put(TimeState.VERSION);
        value.putVarint(buffer.number(place));
        buffer.load(place, row);
        for (int column = 0; column < row.width(); column++) {
            RowCodec.encode(row, column, value);
        }
        changes.entry(key(window, place), value.toArray());
    }

    private byte[] key(long window, int place) {
        key.clear();
        key.put(ROW);
        key.putLong(window);
        key.putVarint(place);
        return key.toArray();
    }

    @Override
    public void restore(byte[] entryKey, byte @Nullable [] entryValue) {
        if (entryKey[0] == ROW) {
            cursor.reset(entryKey, 1, entryKey.length);
            long window = cursor.getLong();
            restore(window, (int) cursor.getVarint(), entryValue);
        } else {
            time.restore(entryKey, entryValue);
        }
        context.wakeAt = Long.MIN_VALUE;
    }

    private void restore(long window, int place, byte @Nullable [] entryValue) {
        RowBuffer buffer = step.rows(window);
        if (entryValue == null) {
            buffer.forget(place);
            if (buffer.size() == 0) {
                step.windows().remove(window);
            }
            return;
        }
        TimeState.open(cursor, entryValue);
        long number = cursor.getVarint();
        for (int column = 0; column < row.width(); column++) {
            RowCodec.decode(cursor, row, column);
        }
        sorted.restore(buffer, place, row, number);
    }

    @Override
    public void clear() {
        step.windows().clear();
        step.written().clear();
        time.clear();
        count();
    }

    private void count() {
        bytes = step.windows().values().stream().mapToLong(RowBuffer::bytes).sum();
        rows = step.windows().values().stream().mapToLong(RowBuffer::size).sum();
    }

    @Override
    public long bytes() {
        return bytes;
    }

    @Override
    public long groups() {
        return rows;
    }
}
