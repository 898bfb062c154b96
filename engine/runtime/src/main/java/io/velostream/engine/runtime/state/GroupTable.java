package io.velostream.engine.runtime.state;

import io.velostream.engine.runtime.row.GrowingBuffer;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Groups by key, in the order in which they came: an open-addressing table over keys that lie behind one another in one
 * array. A group is an index; what is kept for it are so many {@code long} cells in one flat array and so many objects.
 * Groups are not taken out one by one but with the whole table; {@link #remove} only marks.
 *
 * <p>The table knows which groups changed since they were last written to the changelog, and which are in it at all.
 */
public final class GroupTable {

    /** What {@link #find} returns for a key that is not there. */
    public static final int ABSENT = -1;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final int FIRST_CAPACITY = 16;
    private static final long MIX = 0x9e3779b97f4a7c15L;
    private static final byte DIRTY = 1;
    private static final byte LOGGED = 2;
    private static final byte REMOVED = 4;
    private static final int OVERHEAD = 256;

    private final int width;
    private final int objectWidth;
    private int[] buckets;
    private int[] hashes = new int[FIRST_CAPACITY];
    private int[] keyEnds = new int[FIRST_CAPACITY];
    private byte[] flags = new byte[FIRST_CAPACITY];
    private long[] ordinals = new long[FIRST_CAPACITY];
    private long[] cells;
    private @Nullable Object[] objects;
    private byte[] keys = new byte[FIRST_CAPACITY * 16];
    private int[] dirty = new int[FIRST_CAPACITY];
    private int dirtyCount;
    private int size;
    private int live;
    private long nextOrdinal;
    private boolean ordered = true;
    private long objectBytes;

    /**
     * @param width cells a group
     * @param objectWidth objects a group
     */
    public GroupTable(int width, int objectWidth) {
        this.width = width;
        this.objectWidth = objectWidth;
        this.buckets = new int[FIRST_CAPACITY * 2];
        this.cells = new long[FIRST_CAPACITY * width];
        this.objects = new Object[FIRST_CAPACITY * objectWidth];
    }

    /** The group of a key, or {@link #ABSENT}. */
    public int find(byte[] key, int from, int to) {
        int group = lookup(key, from, to, hash(key, from, to));
        return group != ABSENT && (flags[group] & REMOVED) != 0 ? ABSENT : group;
    }

    /** The group of a key, made if it is not there: then its cells are 0 and its objects null. */
    public int findOrAdd(byte[] key, int from, int to) {
        int hash = hash(key, from, to);
        int group = lookup(key, from, to, hash);
        if (group == ABSENT) {
            return add(key, from, to, hash, nextOrdinal++);
        }
        if ((flags[group] & REMOVED) != 0) {
            revive(group, nextOrdinal++);
        }
        return group;
    }

    /** The group of a key that a changelog or snapshot holds, with the place that it had among the groups. */
    public int restore(byte[] key, int from, int to, long ordinal) {
        int hash = hash(key, from, to);
        int group = lookup(key, from, to, hash);
        if (group == ABSENT) {
            group = add(key, from, to, hash, ordinal);
        } else {
            revive(group, ordinal);
        }
        nextOrdinal = Math.max(nextOrdinal, ordinal + 1);
        flags[group] = LOGGED;
        return group;
    }

    private void revive(int group, long ordinal) {
        if ((flags[group] & REMOVED) != 0) {
            live++;
            flags[group] &= ~REMOVED;
        }
        Arrays.fill(cells, group * width, (group + 1) * width, 0);
        Arrays.fill(objects, group * objectWidth, (group + 1) * objectWidth, null);
        ordinals[group] = ordinal;
        ordered = false;
    }

    private int lookup(byte[] key, int from, int to, int hash) {
        int mask = buckets.length - 1;
        int bucket = hash & mask;
        while (true) {
            int group = buckets[bucket] - 1;
            if (group < 0) {
                return ABSENT;
            }
            if (hashes[group] == hash && Arrays.equals(keys, keyFrom(group), keyEnds[group], key, from, to)) {
                return group;
            }
            bucket = bucket + 1 & mask;
        }
    }

    private int add(byte[] key, int from, int to, int hash, long ordinal) {
        if (size == hashes.length) {
            grow();
        }
        int group = size++;
        live++;
        int keyFrom = group == 0 ? 0 : keyEnds[group - 1];
        int keyTo = Math.addExact(keyFrom, to - from);
        if (keyTo > keys.length) {
            keys = Arrays.copyOf(keys, (int) Math.min(Integer.MAX_VALUE - 8L, Math.max(keyTo, keys.length * 2L)));
        }
        System.arraycopy(key, from, keys, keyFrom, to - from);
        keyEnds[group] = keyTo;
        hashes[group] = hash;
        if (group > 0 && ordinal < ordinals[group - 1]) {
            ordered = false;
        }
        ordinals[group] = ordinal;
        insert(group);
        return group;
    }

    private void insert(int group) {
        int mask = buckets.length - 1;
        int bucket = hashes[group] & mask;
        while (buckets[bucket] != 0) {
            bucket = bucket + 1 & mask;
        }
        buckets[bucket] = group + 1;
    }

    private void grow() {
        int capacity = Math.multiplyExact(hashes.length, 2);
        hashes = Arrays.copyOf(hashes, capacity);
        keyEnds = Arrays.copyOf(keyEnds, capacity);
        flags = Arrays.copyOf(flags, capacity);
        ordinals = Arrays.copyOf(ordinals, capacity);
        cells = Arrays.copyOf(cells, Math.multiplyExact(capacity, width));
        objects = Arrays.copyOf(objects, Math.multiplyExact(capacity, objectWidth));
        buckets = new int[Math.multiplyExact(capacity, 2)];
        for (int group = 0; group < size; group++) {
            insert(group);
        }
    }

    private static int hash(byte[] key, int from, int to) {
        long hash = to - from;
        int p = from;
        for (; p + Long.BYTES <= to; p += Long.BYTES) {
            hash = mix(hash ^ (long) LONGS.get(key, p));
        }
        long tail = 0;
        for (; p < to; p++) {
            tail = tail << 8 | key[p] & 0xff;
        }
        return (int) mix(hash ^ tail);
    }

    private static long mix(long value) {
        long product = value * MIX;
        return product ^ product >>> 32;
    }

    /** Notes that the group's state differs from the changelog's. */
    public void markDirty(int group) {
        if ((flags[group] & DIRTY) == 0) {
            flags[group] |= DIRTY;
            if (dirtyCount == dirty.length) {
                dirty = Arrays.copyOf(dirty, dirtyCount * 2);
            }
            dirty[dirtyCount++] = group;
        }
    }

    /** Number of groups that differ from the changelog. */
    public int dirtyCount() {
        return dirtyCount;
    }

    /** One of them. */
    public int dirty(int index) {
        return dirty[index];
    }

    /** Notes that the changelog now has the state of all groups. */
    public void clean() {
        for (int i = 0; i < dirtyCount; i++) {
            flags[dirty[i]] = (byte) (flags[dirty[i]] & ~DIRTY | LOGGED);
        }
        dirtyCount = 0;
    }

    /** Whether the changelog has the group. */
    public boolean isLogged(int group) {
        return (flags[group] & LOGGED) != 0;
    }

    /** Takes a group out: it is not found any more. */
    public void remove(int group) {
        if ((flags[group] & REMOVED) == 0) {
            flags[group] = REMOVED;
            live--;
        }
    }

    /** Whether the group was taken out. */
    public boolean isRemoved(int group) {
        return (flags[group] & REMOVED) != 0;
    }

    /** Number of groups that were ever added; indexes below it are in use. */
    public int size() {
        return size;
    }

    /** Number of groups that are there. */
    public int live() {
        return live;
    }

    /** The groups that are there, in the order in which they first came, also after a restart. */
    public int[] inOrder() {
        int[] groups = new int[live];
        int count = 0;
        for (int group = 0; group < size; group++) {
            if ((flags[group] & REMOVED) == 0) {
                groups[count++] = group;
            }
        }
        return ordered ? groups : sorted(groups);
    }

    private int[] sorted(int[] groups) {
        return Arrays.stream(groups)
                .boxed()
                .sorted((a, b) -> Long.compare(ordinals[a], ordinals[b]))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** The group's place among the groups. */
    public long ordinal(int group) {
        return ordinals[group];
    }

    /** The array that holds the keys. */
    public byte[] keys() {
        return keys;
    }

    /** Where a group's key begins. */
    public int keyFrom(int group) {
        return group == 0 ? 0 : keyEnds[group - 1];
    }

    /** Where a group's key ends. */
    public int keyTo(int group) {
        return keyEnds[group];
    }

    /** Appends a group's key. */
    public void copyKey(int group, GrowingBuffer into) {
        into.put(keys, keyFrom(group), keyEnds[group]);
    }

    /** The array of all cells. It is replaced when the table grows. */
    public long[] cells() {
        return cells;
    }

    /** Index of a group's first cell. */
    public int base(int group) {
        return group * width;
    }

    /** One of a group's objects. */
    public @Nullable Object object(int group, int index) {
        return objects[group * objectWidth + index];
    }

    /** Keeps an object for a group. */
    public void object(int group, int index, @Nullable Object value) {
        objects[group * objectWidth + index] = value;
    }

    /** Counts the bytes that the objects of the groups take or no longer take. */
    public void countObjectBytes(long change) {
        objectBytes += change;
    }

    /** Bytes that the table has allocated. */
    public long bytes() {
        return OVERHEAD
                + keys.length
                + 4L * (buckets.length + hashes.length + keyEnds.length + dirty.length)
                + flags.length
                + 8L * (ordinals.length + cells.length)
                + 4L * objects.length
                + objectBytes;
    }
}
