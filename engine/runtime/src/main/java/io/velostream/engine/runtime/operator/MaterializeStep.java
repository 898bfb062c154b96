package io.velostream.engine.runtime.operator;

import io.velostream.engine.runtime.row.ByteCursor;
import io.velostream.engine.runtime.row.GrowingBuffer;
import io.velostream.engine.runtime.row.Row;
import io.velostream.engine.runtime.state.GroupTable;
import io.velostream.engine.runtime.state.RowCodec;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the rows of a table by their record key, and hands on what changes: the row that was there, taken back, then the
 * one that takes its place. An update that changes no column that is read is no change. Records without a key share one
 * row.
 *
 * <p>Durable form: {@code m} + record key → version, columns; nothing for a row that is gone.
 */
final class MaterializeStep extends PassingStep implements StageState {

    private static final byte VERSION = 1;
    private static final byte ROW = 'm';
    private static final byte[] NO_KEY = {};
    private static final int ROW_OVERHEAD = 16;
    private static final int SPARSE = 1024;

    private final StageContext context;
    private final Row old;
    private final GrowingBuffer encoded = new GrowingBuffer(128);
    private final ByteCursor cursor = new ByteCursor();
    private GroupTable rows = new GroupTable(0, 1);

    MaterializeStep(int width, StageContext context, Step next) {
        super(next);
        this.context = context;
        this.old = new Row(width, context.origin);
    }

    @Override
    void process(Row row) {
        byte[] key = context.origin.key == null ? NO_KEY : context.origin.key;
        if (context.retract) {
            remove(key);
            return;
        }
        encoded.clear();
        for (int slot = 0; slot < row.width(); slot++) {
            RowCodec.encode(row, slot, encoded);
        }
        int group = rows.findOrAdd(key, 0, key.length);
        byte[] before = (byte[]) rows.object(group, 0);
        if (before != null && Arrays.equals(before, 0, before.length, encoded.buffer(), 0, encoded.position())) {
            return;
        }
        byte[] after = encoded.toArray();
        rows.object(group, 0, after);
        rows.countObjectBytes(after.length + ROW_OVERHEAD - (before == null ? 0 : before.length + ROW_OVERHEAD));
        rows.markDirty(group);
        if (before != null) {
            retract(before);
        }
        next.process(row);
    }

    private void remove(byte[] key) {
        int group = rows.find(key, 0, key.length);
        byte[] before = group == GroupTable.ABSENT ? null : (byte[]) rows.object(group, 0);
        if (before == null) {
            return;
        }
        rows.object(group, 0, null);
        rows.countObjectBytes(-before.length - ROW_OVERHEAD);
        rows.remove(group);
        rows.markDirty(group);
        retract(before);
    }

    private void retract(byte[] before) {
        cursor.reset(before, 0, before.length);
        for (int slot = 0; slot < old.width(); slot++) {
            RowCodec.decode(cursor, old, slot);
        }
        boolean outer = context.retract;
        context.retract = true;
        next.process(old);
        context.retract = outer;
    }

    @Override
    public void flush(Changes changes) {
        for (int i = 0; i < rows.dirtyCount(); i++) {
            write(rows.dirty(i), changes);
        }
        rows.clean();
        if (rows.size() - rows.live() > rows.live() + SPARSE) {
            compact();
        }
    }

    private void compact() {
        GroupTable before = rows;
        rows = new GroupTable(0, 1);
        for (int group : before.inOrder()) {
            put(before.keys(), before.keyFrom(group), before.keyTo(group), (byte[]) before.object(group, 0));
        }
    }

    private void put(byte[] key, int from, int to, byte @Nullable [] row) {
        int group = rows.findOrAdd(key, from, to);
        byte[] before = (byte[]) rows.object(group, 0);
        rows.object(group, 0, row);
        rows.countObjectBytes(
                (row == null ? 0 : row.length + ROW_OVERHEAD) - (before == null ? 0 : before.length + ROW_OVERHEAD));
    }

    @Override
    public void all(Changes changes) {
        for (int group : rows.inOrder()) {
            write(group, changes);
        }
    }

    private void write(int group, Changes changes) {
        byte[] row = rows.isRemoved(group) ? null : (byte[]) rows.object(group, 0);
        encoded.clear();
        encoded.put(ROW);
        rows.copyKey(group, encoded);
        byte[] key = encoded.toArray();
        if (row == null) {
            changes.entry(key, null);
            return;
        }
        encoded.clear();
        encoded.put(VERSION);
        encoded.put(row, 0, row.length);
        changes.entry(key, encoded.toArray());
    }

    @Override
    public void restore(byte[] key, byte @Nullable [] value) {
        if (key[0] != ROW || value != null && value[0] != VERSION) {
            throw new IllegalStateException(
                    "The state of a table has an entry of an unknown kind or version: a newer version wrote it.");
        }
        if (value != null) {
            put(key, 1, key.length, Arrays.copyOfRange(value, 1, value.length));
            return;
        }
        int group = rows.find(key, 1, key.length);
        if (group != GroupTable.ABSENT) {
            put(key, 1, key.length, null);
            rows.remove(group);
        }
    }

    @Override
    public void clear() {
        rows = new GroupTable(0, 1);
    }

    @Override
    public long bytes() {
        return rows.bytes();
    }

    @Override
    public long groups() {
        return rows.live();
    }
}
