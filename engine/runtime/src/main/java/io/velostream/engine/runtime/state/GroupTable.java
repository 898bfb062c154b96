package io.velostream.engine.runtime.state;

import io.velostream.engine.runtime.operator.RecordFailure;
import io.velostream.engine.runtime.row.GrowingBuffer;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Groups by key, in the order in which they came: an open-addressing table over keys that lie behind one another in one
 * array. A group is an index; what is kept for it are so many {@code long} cells in one flat array and so many objects.
 * Groups are mostly taken out with the whole table; {@link #remove} only marks, and {@link #compacted} makes a table
 * without what was marked.
 *
 * <p>A look-up touches three places: the bucket, which holds the hash beside the group, the key, and the group's cells,
 * before which lies a header with the key's place and the group's marks.
 *
 * <p>The table knows which groups changed since they were last written to the changelog, and which are in it at all.
 */
public final class GroupTable {

    /** What {@link #find} returns for a key that is not there. */
    public static final int ABSENT = -1;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final int FIRST_CAPACITY = 16;
    private static final long MIX = 0x9e3779b97f4a7c15L;
    private static final int MAX_KEY = (1 << 24) - 1;
    private static final int OVERHEAD = 256;

    /** Cells of the header: key's start (32 bits), key's length (24), marks (8). */
    private static final int HEADER = 1;

    private static final int DIRTY = 1;
    private static final int LOGGED = 2;
    private static final int REMOVED = 4;
    /** Changed since the groups that are not needed were last moved to disk. */
    private static final int RECENT = 8;

    private static final int MARKS = 0xff;

    /** So few groups that were taken out are not worth a copy. */
    private static final int SPARSE = 1024;

    private final int stride;
    private final int objectWidth;
    private final StateSize account;
    private @Nullable ColdGroups cold;
    private long[] buckets;
    private long[] ordinals;
    private long[] cells;
    private @Nullable Object[] objects;
    private byte[] keys;
    private int keysEnd;
    private int[] dirty = new int[FIRST_CAPACITY];
    private int dirtyCount;
    private int size;
    private int live;
    private long nextOrdinal;
    private boolean ordered = true;
    private long objectBytes;
    private long accounted;

    /** Takes groups. */
    @FunctionalInterface
    public interface Visitor {
        /** One group, in that table until the visit ends. */
        void visit(GroupTable table, int group);
    }

    /**
     * @param width cells a group
     * @param objectWidth objects a group
     */
    public GroupTable(int width, int objectWidth) {
        this(width, objectWidth, FIRST_CAPACITY, new StateSize());
    }

    /**
     * @param expected how many groups there will probably be
     * @param account where the table's size is added
     */
    GroupTable(int width, int objectWidth, int expected, StateSize account) {
        int capacity = Math.max(FIRST_CAPACITY, Integer.highestOneBit(Math.max(1, expected - 1)) * 2);
        this.stride = width + HEADER;
        this.objectWidth = objectWidth;
        this.buckets = new long[capacity * 2];
        this.ordinals = new long[capacity];
        this.cells = new long[capacity * stride];
        this.objects = new Object[capacity * objectWidth];
        this.keys = new byte[capacity * 16];
        this.account = account;
        recount();
    }

    private void recount() {
        long now = bytes();
        account.addBytes(now - accounted);
        accounted = now;
    }

    /** The group of a key, or {@link #ABSENT}. */
    public int find(byte[] key, int from, int to) {
        int group = lookup(key, from, to, hash(key, from, to));
        if (group == ABSENT) {
            return recall(key, from, to);
        }
        return isRemoved(group) ? ABSENT : group;
    }

    private int recall(byte[] key, int from, int to) {
        ColdGroups onDisk = cold;
        return onDisk == null ? ABSENT : onDisk.recall(this, key, from, to);
    }

    /** Whether there is a group of a key, in memory or on disk; it stays where it is. */
    boolean contains(byte[] key, int from, int to) {
        int group = lookup(key, from, to, hash(key, from, to));
        ColdGroups onDisk = cold;
        return group == ABSENT ? onDisk != null && onDisk.contains(key, from, to) : !isRemoved(group);
    }

    /** Whether a key is in memory, though it may have been taken out. */
    boolean holds(byte[] key) {
        return lookup(key, 0, key.length, hash(key, 0, key.length)) != ABSENT;
    }

    /** Adds the group of a key that the changelog has and that is not in memory. */
    int addLogged(byte[] key, int from, int to, long ordinal) {
        int group = add(key, from, to, hash(key, from, to), ordinal);
        mark(group, LOGGED);
        return group;
    }

    /**
     * The group of a key, made if it is not there: then its cells are 0 and its objects null.
     *
     * @throws RecordFailure for a key of 16 MiB or more
     */
    public int findOrAdd(byte[] key, int from, int to) {
        int group = lookup(key, from, to, hash(key, from, to));
        if (group == ABSENT) {
            group = recall(key, from, to);
        }
        return group == ABSENT ? addNew(key, from, to) : revived(group);
    }

    /**
     * Makes the group of a key that {@link #find} has just not found.
     *
     * @throws RecordFailure for a key of 16 MiB or more
     */
    public int addNew(byte[] key, int from, int to) {
        int hash = hash(key, from, to);
        int group = lookup(key, from, to, hash);
        return group == ABSENT ? add(key, from, to, hash, nextOrdinal++) : revived(group);
    }

    private int revived(int group) {
        if (isRemoved(group)) {
            reset(group, nextOrdinal++);
        }
        return group;
    }

    /** The group of a key that a changelog or snapshot holds, with the place that it had among the groups. */
    public int restore(byte[] key, int from, int to, long ordinal) {
        int hash = hash(key, from, to);
        int group = lookup(key, from, to, hash);
        if (group == ABSENT) {
            if (cold != null) {
                cold.replaced(key, from, to);
            }
            group = add(key, from, to, hash, ordinal);
        } else {
            reset(group, ordinal);
        }
        nextOrdinal = Math.max(nextOrdinal, ordinal + 1);
        mark(group, LOGGED);
        return group;
    }

    /** Notes that the changelog does not have the group yet, and that it is to have it. */
    void markNew(int group) {
        cells[group * stride] &= ~(long) LOGGED;
        markDirty(group);
    }

    /** Sets a group's cells to 0 and its objects to null, as if it were new. */
    public void reset(int group) {
        Arrays.fill(cells, base(group), base(group) + stride - HEADER, 0);
        Arrays.fill(objects, group * objectWidth, (group + 1) * objectWidth, null);
    }

    private void reset(int group, long ordinal) {
        if (isRemoved(group)) {
            live++;
            account.addGroups(1);
        }
        cells[group * stride] &= ~(long) MARKS;
        Arrays.fill(cells, base(group), base(group) + stride - HEADER, 0);
        Arrays.fill(objects, group * objectWidth, (group + 1) * objectWidth, null);
        ordered &= ordinals[group] == ordinal;
        ordinals[group] = ordinal;
    }

    private int lookup(byte[] key, int from, int to, int hash) {
        int mask = buckets.length - 1;
        int bucket = hash & mask;
        while (true) {
            long entry = buckets[bucket];
            int group = (int) entry - 1;
            if (group < 0) {
                return ABSENT;
            }
            if ((int) (entry >>> 32) == hash && hasKey(group, key, from, to)) {
                return group;
            }
            bucket = (bucket + 1) & mask;
        }
    }

    private boolean hasKey(int group, byte[] key, int from, int to) {
        long header = cells[group * stride];
        int start = (int) (header >>> 32);
        int length = (int) header >>> 8;
        return length == to - from && Arrays.equals(keys, start, start + length, key, from, to);
    }

    private int add(byte[] key, int from, int to, int hash, long ordinal) {
        int length = to - from;
        if (length > MAX_KEY) {
            throw new RecordFailure("KEY_TOO_LARGE", "A group key has " + length + " bytes; 16 MiB are the limit.");
        }
        if (size == ordinals.length) {
            grow();
        }
        int end = Math.addExact(keysEnd, length);
        if (end > keys.length) {
            keys = Arrays.copyOf(keys, (int) Math.min(Integer.MAX_VALUE - 8L, Math.max(end, keys.length * 2L)));
            recount();
        }
        System.arraycopy(key, from, keys, keysEnd, length);
        int group = size++;
        live++;
        account.addGroups(1);
        cells[group * stride] = ((long) keysEnd << 32) | ((long) length << 8);
        keysEnd = end;
        ordered &= group == 0 || ordinal > ordinals[group - 1];
        ordinals[group] = ordinal;
        insert(group, hash);
        return group;
    }

    private void insert(int group, int hash) {
        int mask = buckets.length - 1;
        int bucket = hash & mask;
        while (buckets[bucket] != 0) {
            bucket = (bucket + 1) & mask;
        }
        buckets[bucket] = ((long) hash << 32) | (group + 1);
    }

    private void grow() {
        int capacity = Math.multiplyExact(ordinals.length, 2);
        ordinals = Arrays.copyOf(ordinals, capacity);
        cells = Arrays.copyOf(cells, Math.multiplyExact(capacity, stride));
        objects = Arrays.copyOf(objects, Math.multiplyExact(capacity, objectWidth));
        long[] before = buckets;
        buckets = new long[Math.multiplyExact(capacity, 2)];
        for (long entry : before) {
            if (entry != 0) {
                insert((int) entry - 1, (int) (entry >>> 32));
            }
        }
        recount();
    }

    /** Bytes that the table will allocate on top when an eighth as many groups come as it holds. */
    public long growthAhead() {
        long growth = keysEnd >= keys.length - keys.length / 8 ? keys.length : 0;
        if (size >= ordinals.length - ordinals.length / 8) {
            growth += 8L * (buckets.length + ordinals.length + cells.length) + 4L * objects.length;
        }
        return growth;
    }

    /** The hash by which keys are found. */
    static int hash(byte[] key, int from, int to) {
        long hash = (long) to - from;
        int p = from;
        for (; p + Long.BYTES <= to; p += Long.BYTES) {
            hash = mix(hash ^ (long) LONGS.get(key, p));
        }
        long tail = 0;
        for (; p < to; p++) {
            tail = (tail << 8) | (key[p] & 0xff);
        }
        return (int) mix(hash ^ tail);
    }

    private static long mix(long value) {
        long product = value * MIX;
        return product ^ (product >>> 32);
    }

    private void mark(int group, int mark) {
        cells[group * stride] |= mark;
    }

    private boolean isMarked(int group, int mark) {
        return (cells[group * stride] & mark) != 0;
    }

    /** Notes that the group's state differs from the changelog's. */
    public void markDirty(int group) {
        if (!isMarked(group, DIRTY)) {
            mark(group, DIRTY | RECENT);
            if (dirtyCount == dirty.length) {
                dirty = Arrays.copyOf(dirty, dirtyCount * 2);
                recount();
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
            int header = dirty[i] * stride;
            cells[header] = (cells[header] & ~(long) DIRTY) | LOGGED;
        }
        dirtyCount = 0;
    }

    /** Whether the changelog has the group. */
    public boolean isLogged(int group) {
        return isMarked(group, LOGGED);
    }

    /** Takes a group out: it is not found any more. Its objects count as large as the average. */
    public void remove(int group) {
        if (!isRemoved(group)) {
            mark(group, REMOVED);
            countObjectBytes(-objectBytes / live);
            Arrays.fill(objects, group * objectWidth, (group + 1) * objectWidth, null);
            live--;
            account.addGroups(-1);
            if (cold != null) {
                cold.removed(this, group);
            }
        }
    }

    /** Whether so many groups were taken out that a table without them is worth its making. */
    public boolean isSparse() {
        return size - live > live + FIRST_CAPACITY * 4;
    }

    /** The same table, or {@link #compacted} once more groups were taken out than are there. */
    public GroupTable compactedIfSparse() {
        return size - live > live + SPARSE ? compacted() : this;
    }

    /** A table of the groups that are there, with their marks; their indexes are others, their order is the same. */
    public GroupTable compacted() {
        GroupTable copy = roomFor(live, live == size ? keysEnd : 0);
        for (int group = 0; group < size; group++) {
            if (!isRemoved(group)) {
                copy.take(this, group);
            }
        }
        return replacing(copy);
    }

    /** Whether some groups are on disk, or were. */
    public boolean isSpilled() {
        return cold != null;
    }

    /** Groups on disk. */
    public long spilled() {
        return cold == null ? 0 : cold.count();
    }

    /**
     * A table of the groups that were needed lately; the others are moved to disk, from where they come back when they are
     * asked for. Groups that the changelog does not have as they are stay. This table must not be used any more.
     *
     * @param below moves the groups with a smaller index, whether they were needed lately or not; -1 moves those that were
     *     not
     */
    GroupTable spilled(ColdStorage storage, GroupCodec codec, int below) {
        int kept = 0;
        long keyBytes = 0;
        for (int group = 0; group < size; group++) {
            if (stays(group, below)) {
                kept++;
                keyBytes += keyTo(group) - keyFrom(group);
            }
        }
        if (kept == live) {
            unmarkRecent();
            return this;
        }
        ColdGroups onDisk = cold == null ? new ColdGroups(storage, codec, account) : cold;
        cold = onDisk;
        GroupTable copy = roomFor(kept, keyBytes);
        for (int group = 0; group < size; group++) {
            if (stays(group, below)) {
                copy.take(this, group);
            } else if (!isRemoved(group)) {
                onDisk.move(this, group);
            }
        }
        onDisk.moved();
        return replacing(copy);
    }

    /**
     * Moves groups to disk until at most so many bytes are left in memory, or as few as can be: first those that were not
     * needed lately, then the older half of the others, and so on.
     *
     * @return the table to go on with; indexes of groups are void
     */
    public GroupTable reduced(ColdStorage storage, GroupCodec codec, long targetBytes) {
        GroupTable reduced = bytes() > targetBytes ? spilled(storage, codec, -1) : this;
        while (reduced.bytes() > targetBytes) {
            GroupTable next = reduced.spilled(storage, codec, (reduced.size + 1) / 2);
            if (next == reduced) {
                break;
            }
            reduced = next;
        }
        return reduced;
    }

    /** An empty table for so many groups and a few more. */
    private GroupTable roomFor(int groups, long keyBytes) {
        GroupTable copy = new GroupTable(stride - HEADER, objectWidth, groups + groups / 4, account);
        long room = Math.min(Integer.MAX_VALUE - 8L, keyBytes + keyBytes / 4);
        if (room > copy.keys.length) {
            copy.keys = new byte[(int) room];
            copy.recount();
        }
        return copy;
    }

    private boolean stays(int group, int below) {
        return !isRemoved(group) && (isMarked(group, DIRTY) || (below < 0 ? isMarked(group, RECENT) : group >= below));
    }

    private void unmarkRecent() {
        for (int group = 0; group < size; group++) {
            cells[group * stride] &= ~(long) RECENT;
        }
    }

    private void take(GroupTable from, int group) {
        int start = from.keyFrom(group);
        int end = from.keyTo(group);
        int to = add(from.keys, start, end, hash(from.keys, start, end), from.ordinals[group]);
        System.arraycopy(from.cells, from.base(group), cells, base(to), stride - HEADER);
        System.arraycopy(from.objects, group * objectWidth, objects, to * objectWidth, objectWidth);
        if (from.isLogged(group)) {
            mark(to, LOGGED);
        }
        if (from.isMarked(group, DIRTY)) {
            markDirty(to);
        }
    }

    /** Gives a copy what goes over to it as a whole, and this table's size back. */
    private GroupTable replacing(GroupTable copy) {
        copy.nextOrdinal = nextOrdinal;
        copy.cold = cold;
        copy.countObjectBytes(copy.live == live ? objectBytes : (long) ((double) objectBytes / live * copy.live));
        leaveAccount();
        return copy;
    }

    private void leaveAccount() {
        account.addBytes(-accounted);
        account.addGroups(-live);
        accounted = 0;
    }

    /** Gives back what the table has of memory and disk; it must not be used any more. */
    public void close() {
        leaveAccount();
        if (cold != null) {
            cold.close();
        }
    }

    /** An empty table for groups of the same kind, which counts for nothing. */
    GroupTable emptyLike() {
        return new GroupTable(stride - HEADER, objectWidth);
    }

    /** Takes everything out of a table that is small. */
    void empty() {
        Arrays.fill(buckets, 0);
        Arrays.fill(cells, 0, size * stride, 0);
        Arrays.fill(objects, 0, size * objectWidth, null);
        account.addGroups(-live);
        size = 0;
        live = 0;
        keysEnd = 0;
        dirtyCount = 0;
        ordered = true;
    }

    /** Visits the groups that are there, in memory and on disk, in no order. */
    public void forEach(Visitor visitor) {
        for (int group = 0; group < size; group++) {
            if (!isRemoved(group)) {
                visitor.visit(this, group);
            }
        }
        ColdGroups onDisk = cold;
        if (onDisk != null) {
            onDisk.forEach(this, visitor);
        }
    }

    /** Visits the groups that are there, in memory and on disk, in the order in which they first came. */
    public void forEachInOrder(Visitor visitor) {
        ColdGroups onDisk = cold;
        if (onDisk != null && onDisk.count() > 0) {
            onDisk.forEachInOrder(this, visitor);
            return;
        }
        for (int group : inOrder()) {
            visitor.visit(this, group);
        }
    }

    /** Whether the group was taken out. */
    public boolean isRemoved(int group) {
        return isMarked(group, REMOVED);
    }

    /** Number of groups that were ever added; indexes below it are in use. */
    public int size() {
        return size;
    }

    /** Number of groups that are there, in memory. */
    public int live() {
        return live;
    }

    /** The groups that are in memory, in the order in which they first came, also after a restart. */
    public int[] inOrder() {
        int[] groups = new int[live];
        int count = 0;
        for (int group = 0; group < size; group++) {
            if (!isRemoved(group)) {
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
        return (int) (cells[group * stride] >>> 32);
    }

    /** Where a group's key ends. */
    public int keyTo(int group) {
        long header = cells[group * stride];
        return (int) (header >>> 32) + ((int) header >>> 8);
    }

    /** Appends a group's key. */
    public void copyKey(int group, GrowingBuffer into) {
        into.put(keys, keyFrom(group), keyTo(group));
    }

    /** The array of all cells. It is replaced when the table grows. */
    public long[] cells() {
        return cells;
    }

    /** Index of a group's first cell. */
    public int base(int group) {
        return group * stride + HEADER;
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
        accounted += change;
        account.addBytes(change);
    }

    /** Bytes that the table has allocated. */
    public long bytes() {
        return OVERHEAD
                + keys.length
                + 8L * (buckets.length + ordinals.length + cells.length)
                + 4L * (dirty.length + objects.length)
                + objectBytes;
    }
}
