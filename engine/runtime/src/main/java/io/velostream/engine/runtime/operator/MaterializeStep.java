package io.velostream.engine.runtime.operator;

import io.velostream.engine.runtime.row.ByteCursor;
import io.velostream.engine.runtime.row.GrowingBuffer;
import io.velostream.engine.runtime.row.Row;
import io.velostream.engine.runtime.state.ColdStorage;
import io.velostream.engine.runtime.state.GroupCodec;
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
final class MaterializeStep extends PassingStep implements TableState {

    private static final byte VERSION = 1;
    private static final byte ROW = 'm';
    private static final byte[] NO_KEY = {};
    private static final int ROW_OVERHEAD = 16;

    private final StageContext context;
    private final Row old;
    private final GrowingBuffer encoded = new GrowingBuffer(128);
    private final ByteCursor cursor = new ByteCursor();
    private final @Nullable ColdStorage storage;
    private final GroupCodec codec = new RowCopy();
    private GroupTable rows = new GroupTable(0, 1);

    /**
     * @param storage where rows go that do not fit into memory; null keeps them all there
     */
    MaterializeStep(int width, @Nullable ColdStorage storage, StageContext context, Step next) {
        super(next);
        this.storage = storage;
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
            write(rows, rows.dirty(i), changes);
        }
        rows.clean();
        rows = rows.compactedIfSparse();
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
        rows.forEach((table, group) -> write(table, group, changes));
    }

    private void write(GroupTable table, int group, Changes changes) {
        byte[] row = table.isRemoved(group) ? null : (byte[]) table.object(group, 0);
        encoded.clear();
        encoded.put(ROW);
        table.copyKey(group, encoded);
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
        rows.close();
        rows = new GroupTable(0, 1);
    }

    @Override
    public GroupTable table() {
        return rows;
    }

    @Override
    public void goOnWith(GroupTable table) {
        rows = table;
    }

    @Override
    public GroupCodec codec() {
        return codec;
    }

    @Override
    public @Nullable ColdStorage storage() {
        return storage;
    }

    /** A row as it is; null where it was taken back. */
    private static final class RowCopy implements GroupCodec {
        @Override
        public void write(GroupTable table, int group, GrowingBuffer out) {
            out.putSizedOrNull((byte[]) table.object(group, 0));
        }

        @Override
        public void read(GroupTable table, int group, ByteCursor in) {
            byte[] row = in.getSizedOrNull();
            table.object(group, 0, row);
            table.countObjectBytes(row == null ? 0 : row.length + ROW_OVERHEAD);
        }
    }
}
