package io.velostream.bench.ceiling;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One stream's rows of the last minute by a number: a chained hash table over arrays, with the rows' bytes in blocks. Rows are
 * forgotten ten seconds of event time at once. What came since the last commit goes to the changelog as whole blocks.
 */
final class JoinSide {
    /** No row. */
    static final int NONE = -1;

    private static final int BLOCK_BYTES = 1 << 16;
    private static final int SPAN_MILLIS = 10_000;
    private static final long MIX = 0x9E3779B97F4A7C15L;

    private static final class Block {
        private final byte[] bytes;
        private long number;
        private int end;
        private int rows;
        private boolean logged;

        Block(int length) {
            bytes = new byte[length];
        }
    }

    /** The rows of one span of event time. */
    private static final class Span {
        private int[] rows = new int[64];
        private int count;

        void add(int row) {
            if (count == rows.length) {
                rows = Arrays.copyOf(rows, count * 2);
            }
            rows[count++] = row;
        }
    }

    private final byte name;
    private final TreeMap<Long, Span> spans = new TreeMap<>();
    private final List<Block> unwritten = new ArrayList<>();
    private final List<Block> gone = new ArrayList<>();
    private long[] keys = new long[1024];
    private long[] times = new long[1024];
    private int[] next = new int[1024];
    private int[] starts = new int[1024];
    private int[] ends = new int[1024];
    private @Nullable Block[] blocks = new Block[1024];
    private int[] free = new int[1024];
    private int freeCount;
    private int used;
    private int live;
    private int[] heads = filled(4096);
    private Block open = new Block(BLOCK_BYTES);
    private long recentStart = Long.MIN_VALUE;
    private Span recent = new Span();
    private long nextNumber;

    /**
     * @param name tells the sides apart in the changelog
     */
    JoinSide(char name) {
        this.name = (byte) name;
    }

    /** The first row in the chain of a key; the rows behind it may have other keys. */
    int first(long key) {
        return heads[slot(key)];
    }

    int next(int row) {
        return next[row];
    }

    boolean matches(int row, long key, long time, long within) {
        return keys[row] == key && Math.abs(times[row] - time) <= within;
    }

    void copy(int row, ByteWriter into) {
        Block block = blocks[row];
        if (block != null) {
            into.put(block.bytes, starts[row], ends[row]);
        }
    }

    void add(long key, long time, ByteWriter content) {
        int length = content.length();
        if (open.end + length > open.bytes.length) {
            unwritten.add(open);
            open = new Block(Math.max(BLOCK_BYTES, length));
        }
        if (++live > heads.length) {
            rehash();
        }
        int row = freeCount > 0 ? free[--freeCount] : used++;
        if (row == keys.length) {
            grow();
        }
        content.copyTo(open.bytes, open.end);
        keys[row] = key;
        times[row] = time;
        starts[row] = open.end;
        open.end += length;
        ends[row] = open.end;
        blocks[row] = open;
        open.rows++;
        int slot = slot(key);
        next[row] = heads[slot];
        heads[slot] = row;
        long start = Math.floorDiv(time, SPAN_MILLIS);
        if (start != recentStart) {
            recent = spans.computeIfAbsent(start, s -> new Span());
            recentStart = start;
        }
        recent.add(row);
    }

    /** Forgets the rows of spans that end before this time. */
    void forgetBefore(long time) {
        while (!spans.isEmpty() && (spans.firstKey() + 1) * SPAN_MILLIS <= time) {
            Map.Entry<Long, Span> span = spans.pollFirstEntry();
            for (int i = 0; i < span.getValue().count; i++) {
                forget(span.getValue().rows[i]);
            }
            recentStart = Long.MIN_VALUE;
        }
    }

    private void forget(int row) {
        int slot = slot(keys[row]);
        if (heads[slot] == row) {
            heads[slot] = next[row];
        } else {
            int before = heads[slot];
            while (next[before] != row) {
                before = next[before];
            }
            next[before] = next[row];
        }
        live--;
        Block block = blocks[row];
        if (block != null && --block.rows == 0 && block.logged) {
            gone.add(block);
        }
        blocks[row] = null;
        if (freeCount == free.length) {
            free = Arrays.copyOf(free, freeCount * 2);
        }
        free[freeCount++] = row;
    }

    /** Writes the blocks that came since the last call, and removes those that went. */
    void flush(String changelog, Sender sender) {
        if (open.end > 0) {
            unwritten.add(open);
            open = new Block(BLOCK_BYTES);
        }
        ByteWriter writer = new ByteWriter();
        for (Block block : unwritten) {
            if (block.rows > 0) {
                block.number = nextNumber++;
                block.logged = true;
                sender.send(changelog, key(block, writer), Arrays.copyOf(block.bytes, block.end), 0);
            }
        }
        unwritten.clear();
        for (Block block : gone) {
            sender.send(changelog, key(block, writer), null, 0);
        }
        gone.clear();
    }

    private byte[] key(Block block, ByteWriter writer) {
        writer.clear();
        writer.put(new byte[] {name});
        writer.binary(block.number);
        return writer.copy();
    }

    private int slot(long key) {
        return (int) (key * MIX >>> 32) & heads.length - 1;
    }

    private void rehash() {
        heads = filled(heads.length * 2);
        for (int row = 0; row < used; row++) {
            if (blocks[row] != null) {
                int slot = slot(keys[row]);
                next[row] = heads[slot];
                heads[slot] = row;
            }
        }
    }

    private void grow() {
        int larger = keys.length * 2;
        keys = Arrays.copyOf(keys, larger);
        times = Arrays.copyOf(times, larger);
        next = Arrays.copyOf(next, larger);
        starts = Arrays.copyOf(starts, larger);
        ends = Arrays.copyOf(ends, larger);
        blocks = Arrays.copyOf(blocks, larger);
    }

    private static int[] filled(int length) {
        int[] heads = new int[length];
        Arrays.fill(heads, NONE);
        return heads;
    }
}
