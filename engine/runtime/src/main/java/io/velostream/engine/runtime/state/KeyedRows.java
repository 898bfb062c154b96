package io.velostream.engine.runtime.state;

import io.velostream.engine.runtime.operator.StageState;
import io.velostream.engine.runtime.row.ByteCursor;
import io.velostream.engine.runtime.row.GrowingBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a table by a key, each as often as it is there: what a join looks up. Equal rows of one key are one entry
 * with a count, so a row is taken back by its content, which begins with its key. A second table leads from a key to its
 * first row; the rows of a key are linked in the order in which they came, and the first one knows the last.
 *
 * <p>Durable form: {@code r} + key with its length + row → version, count; nothing for a row that is gone.
 */
public final class KeyedRows implements StageState {

    /** No row. */
    public static final int NONE = -1;

    private static final byte VERSION = 1;
    private static final byte ROW = 'r';
    private static final int COUNT = 0;
    private static final int NEXT = 1;
    private static final int PREVIOUS = 2;
    private static final int SPARSE = 1024;

    private final GrowingBuffer content = new GrowingBuffer(128);
    private final ByteCursor cursor = new ByteCursor();
    private GroupTable rows = new GroupTable(3, 0);
    private FirstRows firsts = new FirstRows(this::isKey);

    /** The first row of a key, or {@link #NONE}. */
    public int first(byte[] key, int from, int to) {
        return firsts.find(key, from, to);
    }

    private boolean isKey(int row, byte[] key, int from, int to) {
        cursor.reset(rows.keys(), rows.keyFrom(row), rows.keyTo(row));
        int start = cursor.skipSized();
        return Arrays.equals(rows.keys(), start, cursor.position(), key, from, to);
    }

    /** The row of the same key behind a row, or {@link #NONE}. */
    public int next(int row) {
        return (int) rows.cells()[rows.base(row) + NEXT] - 1;
    }

    /** How often the row is there. */
    public long count(int row) {
        return rows.cells()[rows.base(row) + COUNT];
    }

    /** Sets the cursor to the columns of a row. */
    public void open(int row, ByteCursor into) {
        into.reset(rows.keys(), rows.keyFrom(row), rows.keyTo(row));
        into.skipSized();
    }

    /** Sets the cursor to the key of a row; its end is where the columns begin. */
    void openKey(int row, ByteCursor into) {
        into.reset(rows.keys(), rows.keyFrom(row), rows.keyTo(row));
    }

    /** Rows that were ever added since the last compaction; those below it may be gone. */
    public int size() {
        return rows.size();
    }

    /** Whether the row with this index is there. */
    public boolean isThere(int row) {
        return !rows.isRemoved(row);
    }

    /** Whether the key of a row begins with these bytes. */
    public boolean keyBeginsWith(int row, byte[] prefix, int from, int to) {
        openKey(row, cursor);
        int start = cursor.skipSized();
        int length = cursor.position() - start;
        return length >= to - from && Arrays.equals(cursor.bytes(), start, start + (to - from), prefix, from, to);
    }

    /** Adds a row under a key. */
    public void add(GrowingBuffer key, GrowingBuffer row) {
        fill(key, row);
        int index = rows.findOrAdd(content.buffer(), 0, content.position());
        long[] cells = rows.cells();
        if (cells[rows.base(index) + COUNT]++ == 0) {
            link(index, key.buffer(), 0, key.position());
        }
        rows.markDirty(index);
    }

    /** Takes a row back; one that is not there is left alone. */
    public void remove(GrowingBuffer key, GrowingBuffer row) {
        fill(key, row);
        int index = rows.find(content.buffer(), 0, content.position());
        if (index == GroupTable.ABSENT) {
            return;
        }
        long[] cells = rows.cells();
        if (--cells[rows.base(index) + COUNT] == 0) {
            unlink(index, key.buffer(), 0, key.position());
            rows.remove(index);
        }
        rows.markDirty(index);
    }

    private void fill(GrowingBuffer key, GrowingBuffer row) {
        content.clear();
        content.putSized(key.buffer(), 0, key.position());
        content.put(row.buffer(), 0, row.position());
    }

    private void link(int row, byte[] key, int from, int to) {
        long[] cells = rows.cells();
        int first = firsts.find(key, from, to);
        cells[rows.base(row) + NEXT] = 0;
        if (first == NONE) {
            cells[rows.base(row) + PREVIOUS] = row + 1L;
            firsts.put(key, from, to, row);
            return;
        }
        int last = (int) cells[rows.base(first) + PREVIOUS] - 1;
        cells[rows.base(last) + NEXT] = row + 1L;
        cells[rows.base(row) + PREVIOUS] = last + 1L;
        cells[rows.base(first) + PREVIOUS] = row + 1L;
    }

    /** The row must still be found by its content. Of the first row, the previous one is the last. */
    private void unlink(int row, byte[] key, int from, int to) {
        long[] cells = rows.cells();
        int first = firsts.find(key, from, to);
        int previous = (int) cells[rows.base(row) + PREVIOUS] - 1;
        int next = (int) cells[rows.base(row) + NEXT] - 1;
        if (row != first) {
            cells[rows.base(previous) + NEXT] = next + 1L;
            cells[rows.base(next == NONE ? first : next) + PREVIOUS] = previous + 1L;
        } else if (next == NONE) {
            firsts.remove(key, from, to);
        } else {
            cells[rows.base(next) + PREVIOUS] = previous + 1L;
            firsts.put(key, from, to, next);
        }
    }

    @Override
    public void flush(Changes changes) {
        for (int i = 0; i < rows.dirtyCount(); i++) {
            int row = rows.dirty(i);
            changes.entry(entryKey(row), rows.isRemoved(row) ? null : entryValue(row));
        }
        rows.clean();
        if (rows.size() - rows.live() > rows.live() + SPARSE) {
            compact();
        }
    }

    @Override
    public void all(Changes changes) {
        for (int row = 0; row < rows.size(); row++) {
            if (!rows.isRemoved(row)) {
                changes.entry(entryKey(row), entryValue(row));
            }
        }
    }

    private byte[] entryKey(int row) {
        content.clear();
        content.put(ROW);
        rows.copyKey(row, content);
        return content.toArray();
    }

    private byte[] entryValue(int row) {
        content.clear();
        content.put(VERSION);
        content.putVarint(count(row));
        return content.toArray();
    }

    /** Tables without the rows and keys that are gone. */
    private void compact() {
        GroupTable before = rows;
        rows = new GroupTable(3, 0);
        firsts = new FirstRows(this::isKey);
        for (int row = 0; row < before.size(); row++) {
            if (!before.isRemoved(row)) {
                restore(
                        before.keys(),
                        before.keyFrom(row),
                        before.keyTo(row),
                        before.cells()[before.base(row) + COUNT]);
            }
        }
    }

    private void restore(byte[] bytes, int from, int to, long count) {
        int row = rows.findOrAdd(bytes, from, to);
        boolean known = rows.cells()[rows.base(row) + COUNT] > 0;
        rows.cells()[rows.base(row) + COUNT] = count;
        if (!known) {
            cursor.reset(bytes, from, to);
            int keyFrom = cursor.skipSized();
            link(row, bytes, keyFrom, cursor.position());
        }
    }

    @Override
    public void restore(byte[] key, byte @Nullable [] value) {
        if (key[0] != ROW) {
            throw new IllegalStateException(
                    "The state has an entry of the unknown kind " + key[0] + ": it was written by a newer version.");
        }
        if (value == null) {
            int row = rows.find(key, 1, key.length);
            if (row != GroupTable.ABSENT) {
                cursor.reset(key, 1, key.length);
                int keyFrom = cursor.skipSized();
                unlink(row, key, keyFrom, cursor.position());
                rows.cells()[rows.base(row) + COUNT] = 0;
                rows.remove(row);
            }
            return;
        }
        cursor.reset(value, 0, value.length);
        byte version = cursor.get();
        if (version != VERSION) {
            throw new IllegalStateException("The state has a row of version " + version + ", but this program reads "
                    + VERSION + ": it was written by a newer version.");
        }
        restore(key, 1, key.length, cursor.getVarint());
    }

    @Override
    public void clear() {
        rows = new GroupTable(3, 0);
        firsts = new FirstRows(this::isKey);
    }

    @Override
    public long bytes() {
        return rows.bytes() + firsts.bytes();
    }

    @Override
    public long groups() {
        return rows.live();
    }
}
