package io.velostream.engine.runtime.state;

import io.velostream.engine.runtime.operator.StageState.Changes;
import io.velostream.engine.runtime.row.ByteCursor;
import io.velostream.engine.runtime.row.GrowingBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one side of a join of streams: found by key, forgotten by time, each with a mark that says whether it has met
 * a partner. Rows lie one behind the other in blocks; a block is dropped when its last row is forgotten. What comes between
 * two commits goes to the changelog as whole blocks, so that a row costs its bytes and not a record.
 *
 * <p>Durable form, both of version 1: {@code b} + side + number of the block → its rows as they lie there; {@code k} +
 * side + number → which of them have met a partner, one bit each.
 */
public final class TimedRows {

    /** No row. */
    public static final int NONE = -1;

    /** Kind of an entry that holds rows. */
    public static final byte BLOCK = 'b';

    /** Kind of an entry that holds marks. */
    public static final byte MARKS = 'k';

    private static final byte VERSION = 1;
    private static final int BLOCK_BYTES = 1 << 16;
    private static final int STRETCHES = 64;

    private final byte side;
    private final boolean marks;
    private final ByteCursor cursor = new ByteCursor();
    private final ByteCursor keyCursor = new ByteCursor();
    private final GrowingBuffer entry = new GrowingBuffer(64);
    private final Map<Long, byte[]> restoredBlocks = new TreeMap<>();
    private final Map<Long, byte[]> restoredMarks = new HashMap<>();
    private FirstRows firsts = new FirstRows(this::isKey);

    private long[] times = new long[64];
    private int[] next = new int[64];
    /** Of the first row of a key, the last one. */
    private int[] last = new int[64];

    private int[] offsets = new int[64];
    private int[] ordinals = new int[64];
    private boolean[] met = new boolean[64];
    private @Nullable Block[] blocks = new Block[64];
    private int used;
    private int[] free = new int[64];
    private int freeCount;

    private final TimeQueue queue;

    private final Map<Long, Block> byNumber = new HashMap<>();
    private @Nullable Block open;
    private List<Block> unwritten = new ArrayList<>();
    private final ArrayDeque<Long> removed = new ArrayDeque<>();
    private long nextNumber;

    /** Rows behind one another. */
    private static final class Block {
        private final long number;
        private byte[] bytes;
        private int end;
        private int[] rows = new int[16];
        private int count;
        private int live;
        private boolean logged;
        private boolean marksChanged;

        Block(long number, int bytes) {
            this.number = number;
            this.bytes = new byte[bytes];
        }
    }

    /**
     * @param side tells the two sides of a join apart in the state
     * @param marks whether it matters which rows have met a partner
     * @param span how long a row is usually kept, in milliseconds of event time
     */
    public TimedRows(int side, boolean marks, long span) {
        this.side = (byte) side;
        this.marks = marks;
        this.queue = new TimeQueue(Math.max(1, span / STRETCHES), row -> times[row]);
    }

    /** The first row of a key, or {@link #NONE}. */
    public int first(byte[] key, int from, int to) {
        return firsts.find(key, from, to);
    }

    private boolean isKey(int row, byte[] key, int from, int to) {
        Block block = block(row);
        keyCursor.reset(block.bytes, offsets[row], block.end);
        keyCursor.getVarint();
        int start = keyCursor.skipSized();
        return Arrays.equals(block.bytes, start, keyCursor.position(), key, from, to);
    }

    /** The row of the same key behind a row, or {@link #NONE}. */
    public int next(int row) {
        return next[row];
    }

    /** The row's event time. */
    public long time(int row) {
        return times[row];
    }

    /** Whether the row has met a partner. */
    public boolean hasMet(int row) {
        return met[row];
    }

    /** Notes that the row has met a partner. */
    public void meet(int row) {
        if (marks && !met[row]) {
            met[row] = true;
            block(row).marksChanged = true;
        }
    }

    /** Sets the cursor to the columns of a row. */
    public void open(int row, ByteCursor into) {
        Block block = block(row);
        into.reset(block.bytes, offsets[row], block.end);
        into.getVarint();
        into.skipSized();
    }

    private Block block(int row) {
        Block block = blocks[row];
        if (block == null) {
            throw new IllegalStateException("Row " + row + " of a join was forgotten and is used all the same.");
        }
        return block;
    }

    /** Keeps a row. */
    public void add(GrowingBuffer key, GrowingBuffer columns, long time, boolean hasMet) {
        entry.clear();
        entry.putVarint(time);
        entry.putSized(key.buffer(), 0, key.position());
        entry.put(columns.buffer(), 0, columns.position());
        Block block = open;
        if (block == null || block.bytes.length - block.end < entry.position()) {
            if (block != null) {
                unwritten.add(block);
            }
            block = new Block(nextNumber++, Math.max(BLOCK_BYTES / 16, Math.max(entry.position(), blockBytes())));
            byNumber.put(block.number, block);
            open = block;
        }
        int offset = block.end;
        System.arraycopy(entry.buffer(), 0, block.bytes, offset, entry.position());
        block.end += entry.position();
        int row = register(block, offset, key.buffer(), 0, key.position(), time);
        if (hasMet) {
            meet(row);
        }
    }

    /** Small while there is little, so that a quiet task holds little. */
    private int blockBytes() {
        return queue.size() > 512 ? BLOCK_BYTES : BLOCK_BYTES / 16;
    }

    private int register(Block block, int offset, byte[] key, int from, int to, long time) {
        int row = freeCount > 0 ? free[--freeCount] : used++;
        if (row == times.length) {
            grow();
        }
        times[row] = time;
        offsets[row] = offset;
        blocks[row] = block;
        met[row] = false;
        next[row] = NONE;
        if (block.count == block.rows.length) {
            block.rows = Arrays.copyOf(block.rows, block.count * 2);
        }
        ordinals[row] = block.count;
        block.rows[block.count++] = row;
        block.live++;
        link(row, key, from, to);
        queue.add(row);
        return row;
    }

    private void grow() {
        int capacity = times.length * 2;
        times = Arrays.copyOf(times, capacity);
        next = Arrays.copyOf(next, capacity);
        last = Arrays.copyOf(last, capacity);
        offsets = Arrays.copyOf(offsets, capacity);
        ordinals = Arrays.copyOf(ordinals, capacity);
        met = Arrays.copyOf(met, capacity);
        blocks = Arrays.copyOf(blocks, capacity);
    }

    private void link(int row, byte[] key, int from, int to) {
        int first = firsts.find(key, from, to);
        if (first == NONE) {
            firsts.put(key, from, to, row);
            last[row] = row;
        } else {
            next[last[first]] = row;
            last[first] = row;
        }
    }

    /** Time of the earliest row; only when there is one. */
    public long earliest() {
        return times[queue.first()];
    }

    /** The earliest row; only when there is one. */
    public int earliestRow() {
        return queue.first();
    }

    /** Whether there is no row. */
    public boolean isEmpty() {
        return queue.isEmpty();
    }

    /** Forgets the earliest row. */
    public void removeEarliest() {
        int row = queue.first();
        queue.removeFirst();
        Block block = block(row);
        cursor.reset(block.bytes, offsets[row], block.end);
        cursor.getVarint();
        int keyFrom = cursor.skipSized();
        unlink(row, block.bytes, keyFrom, cursor.position());
        block.rows[ordinals[row]] = NONE;
        blocks[row] = null;
        if (freeCount == free.length) {
            free = Arrays.copyOf(free, freeCount * 2);
        }
        free[freeCount++] = row;
        if (--block.live == 0 && block != open) {
            drop(block);
        }
    }

    private void drop(Block block) {
        byNumber.remove(block.number);
        if (block.logged) {
            removed.add(block.number);
        } else {
            unwritten.remove(block);
        }
        block.bytes = new byte[0];
    }

    /** The row is still found by its key, which lies in its block. */
    private void unlink(int row, byte[] key, int from, int to) {
        int first = firsts.find(key, from, to);
        if (first == row) {
            if (next[row] == NONE) {
                firsts.remove(key, from, to);
            } else {
                last[next[row]] = last[row];
                firsts.put(key, from, to, next[row]);
            }
            return;
        }
        int previous = first;
        while (next[previous] != row) {
            previous = next[previous];
        }
        next[previous] = next[row];
        if (last[first] == row) {
            last[first] = previous;
        }
    }

    /** Writes the blocks that came and the marks that changed since the last call, and removes those that went. */
    public void flush(Changes changes) {
        if (open != null) {
            unwritten.add(open);
            open = null;
        }
        for (Block block : unwritten) {
            if (block.live == 0) {
                byNumber.remove(block.number);
                continue;
            }
            changes.entry(key(BLOCK, block.number), content(block));
            block.logged = true;
        }
        unwritten = new ArrayList<>();
        for (Long number : removed) {
            changes.entry(key(BLOCK, number), null);
            if (marks) {
                changes.entry(key(MARKS, number), null);
            }
        }
        removed.clear();
        if (marks) {
            for (Block block : byNumber.values()) {
                if (block.marksChanged) {
                    changes.entry(key(MARKS, block.number), marks(block));
                    block.marksChanged = false;
                }
            }
        }
    }

    /** Writes everything. */
    public void all(Changes changes) {
        for (Block block : byNumber.values()) {
            if (block.live > 0) {
                changes.entry(key(BLOCK, block.number), content(block));
                if (marks) {
                    changes.entry(key(MARKS, block.number), marks(block));
                }
            }
        }
    }

    private byte[] key(byte kind, long number) {
        entry.clear();
        entry.put(kind);
        entry.put(side);
        entry.putLong(number);
        return entry.toArray();
    }

    private byte[] content(Block block) {
        entry.clear();
        entry.put(VERSION);
        entry.putVarint(block.count);
        for (int i = 0; i < block.count; i++) {
            entry.putVarint(block.rows[i] == NONE ? -1 : offsets[block.rows[i]]);
        }
        entry.put(block.bytes, 0, block.end);
        return entry.toArray();
    }

    private byte[] marks(Block block) {
        byte[] bits = new byte[1 + (block.count + 7) / 8];
        bits[0] = VERSION;
        for (int i = 0; i < block.count; i++) {
            if (block.rows[i] != NONE && met[block.rows[i]]) {
                bits[1 + i / 8] |= (byte) (1 << (i % 8));
            }
        }
        return bits;
    }

    /** Takes an entry back; {@link #endRestore} completes it. A standby goes on after it was copied for a snapshot. */
    public void restore(byte[] key, byte @Nullable [] value) {
        if (!byNumber.isEmpty()) {
            takeApart();
        }
        cursor.reset(key, 2, key.length);
        long number = cursor.getLong();
        if (value != null && value[0] != VERSION) {
            throw new IllegalStateException("The state of a join has an entry of version " + value[0]
                    + ", but this program reads " + VERSION + ": it was written by a newer version.");
        }
        if (key[0] == MARKS) {
            if (value == null) {
                restoredMarks.remove(number);
            } else {
                restoredMarks.put(number, value);
            }
            return;
        }
        nextNumber = Math.max(nextNumber, number + 1);
        restoredBlocks.remove(number);
        if (value != null) {
            restoredBlocks.put(number, value);
        }
    }

    /** Brings the rows back into the form in which they are restored. */
    private void takeApart() {
        Map<Long, byte[]> contents = new TreeMap<>(restoredBlocks);
        Map<Long, byte[]> bits = new HashMap<>(restoredMarks);
        for (Block block : byNumber.values()) {
            if (block.live > 0) {
                contents.put(block.number, content(block));
                bits.put(block.number, marks(block));
            }
        }
        long next = nextNumber;
        clear();
        nextNumber = next;
        restoredBlocks.putAll(contents);
        restoredMarks.putAll(bits);
    }

    /** Whether entries were taken back that are not in place yet. */
    public boolean isRestoring() {
        return !restoredBlocks.isEmpty();
    }

    /** Puts the rows that were taken back in their places. */
    public void endRestore() {
        restoredBlocks.forEach((number, value) -> {
            cursor.reset(value, 1, value.length);
            int count = (int) cursor.getVarint();
            int[] places = new int[count];
            for (int i = 0; i < count; i++) {
                places[i] = (int) cursor.getVarint();
            }
            Block block = new Block(number, 0);
            block.bytes = Arrays.copyOfRange(value, cursor.position(), value.length);
            block.end = block.bytes.length;
            block.logged = true;
            byNumber.put(number, block);
            byte[] bits = restoredMarks.get(number);
            for (int i = 0; i < count; i++) {
                restoreRow(block, i, places[i], bits);
            }
        });
        restoredBlocks.clear();
        restoredMarks.clear();
    }

    private void restoreRow(Block block, int ordinal, int offset, byte @Nullable [] bits) {
        if (offset < 0) {
            if (block.count == block.rows.length) {
                block.rows = Arrays.copyOf(block.rows, block.count * 2);
            }
            block.rows[block.count++] = NONE;
            return;
        }
        cursor.reset(block.bytes, offset, block.end);
        long time = cursor.getVarint();
        int keyFrom = cursor.skipSized();
        int row = register(block, offset, block.bytes, keyFrom, cursor.position(), time);
        int at = 1 + ordinal / 8;
        met[row] = bits != null && at < bits.length && (bits[at] & 1 << (ordinal % 8)) != 0;
    }

    /** Drops everything. */
    public void clear() {
        firsts = new FirstRows(this::isKey);
        used = 0;
        freeCount = 0;
        queue.clear();
        byNumber.clear();
        Arrays.fill(blocks, null);
        open = null;
        unwritten = new ArrayList<>();
        removed.clear();
        restoredBlocks.clear();
        restoredMarks.clear();
        nextNumber = 0;
    }

    /** Number of rows. */
    public int size() {
        return queue.size();
    }

    /** Bytes that the rows have allocated. */
    public long bytes() {
        long bytes = firsts.bytes() + queue.bytes() + times.length * 29L + free.length * 4L;
        for (Block block : byNumber.values()) {
            bytes += block.bytes.length + block.rows.length * 4L;
        }
        return bytes;
    }
}
