package io.velostream.engine.runtime.state;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One table a window, by the window's start. A window is closed by dropping its table; the dropped tables whose groups
 * the changelog has are held until {@link #takeDropped}, so that their entries can be removed there.
 */
public final class WindowTables {

    /** Stands for the start of the one window that never closes, where there is no window. */
    public static final long UNBOUNDED = Long.MIN_VALUE;

    private static final int CACHED = 16;
    private static final long MIX = 0x9e3779b97f4a7c15L;

    private final int width;
    private final int objectWidth;
    private final StateSize size = new StateSize();
    private final @Nullable ColdStorage storage;
    private final @Nullable GroupCodec codec;
    private final TreeMap<Long, GroupTable> tables = new TreeMap<>();
    private List<Dropped> dropped = new ArrayList<>();
    /** As many groups as the window closed last had: the next one will not grow step by step. */
    private int expected;

    private long recentStart;
    private @Nullable GroupTable recent;

    /** Windows asked for lately, by a hash of their start: windows that overlap are asked for in turns. */
    private final long[] cachedStarts = new long[CACHED];

    private final @Nullable GroupTable[] cached = new GroupTable[CACHED];

    /** A window that was closed. */
    public record Dropped(long start, GroupTable table) {}

    /**
     * @param width cells a group
     * @param objectWidth objects a group
     */
    public WindowTables(int width, int objectWidth) {
        this(width, objectWidth, null, null);
    }

    /**
     * Tables whose groups may be moved to disk.
     *
     * @param codec of its own: it is used while a row is being applied
     */
    public WindowTables(int width, int objectWidth, @Nullable ColdStorage storage, @Nullable GroupCodec codec) {
        this.width = width;
        this.objectWidth = objectWidth;
        this.storage = storage;
        this.codec = codec;
    }

    /** The table of a window, made if it is not there. Asking for the same again costs a comparison. */
    public GroupTable table(long start) {
        GroupTable last = recent;
        if (last != null && start == recentStart) {
            return last;
        }
        int place = (int) ((start * MIX) >>> 60);
        GroupTable table = cached[place];
        if (table == null || cachedStarts[place] != start) {
            table = tables.computeIfAbsent(start, key -> newTable(expected));
            cached[place] = table;
            cachedStarts[place] = start;
        }
        recent = table;
        recentStart = start;
        return table;
    }

    private GroupTable newTable(int groups) {
        return new GroupTable(width, objectWidth, groups, size);
    }

    /** An empty table for groups of the same kind that belongs to no window; {@link #discard} ends it. */
    public GroupTable newTable() {
        return newTable(0);
    }

    /** Drops a table that belongs to no window. */
    public void discard(GroupTable table) {
        table.close();
    }

    /**
     * Moves all groups of a table that belongs to no window to disk when it is larger than so many bytes.
     *
     * @return the table to go on with; indexes of groups are void when it is another
     */
    public GroupTable within(GroupTable table, long limitBytes) {
        ColdStorage target = storage;
        GroupCodec form = codec;
        return target == null || form == null || table.bytes() + table.growthAhead() <= limitBytes
                ? table
                : table.spilled(target, form, table.size());
    }

    private void forgetCached() {
        recent = null;
        Arrays.fill(cached, null);
    }

    /** All windows, the earliest first. */
    public Map<Long, GroupTable> all() {
        return tables;
    }

    /** In how many windows a key has a group. */
    public int windowsOf(byte[] key, int from, int to) {
        int count = 0;
        for (GroupTable table : tables.values()) {
            count += table.contains(key, from, to) ? 1 : 0;
        }
        return count;
    }

    /** The start of the earliest window after a point in time, or null. */
    public @Nullable Long firstAfter(long start) {
        return tables.higherKey(start);
    }

    /** Whether there is no window. */
    public boolean isEmpty() {
        return tables.isEmpty();
    }

    /** The start of the earliest window. */
    public long first() {
        return tables.firstKey();
    }

    /** Drops a window's table. */
    public void drop(long start) {
        GroupTable table = tables.remove(start);
        forgetCached();
        if (table != null) {
            dropped.add(new Dropped(start, table));
            expected = table.isSpilled() ? 0 : table.size();
        }
    }

    /** Drops a window's table whose groups the changelog no longer has. */
    public void forget(long start) {
        GroupTable table = tables.remove(start);
        forgetCached();
        if (table != null) {
            table.close();
        }
    }

    /** The windows dropped since the last call; {@link #done} is to be called for each. */
    public List<Dropped> takeDropped() {
        List<Dropped> taken = dropped;
        dropped = new ArrayList<>();
        return taken;
    }

    /** Nothing of a dropped window is needed any more. */
    public void done(Dropped window) {
        window.table().close();
    }

    /** Drops everything, without a trace for the changelog. */
    public void clear() {
        tables.values().forEach(GroupTable::close);
        dropped.forEach(this::done);
        tables.clear();
        dropped.clear();
        forgetCached();
        expected = 0;
    }

    /** Bytes that all tables have allocated, those of dropped windows included until they are done with. */
    public long bytes() {
        return size.bytes();
    }

    /** Groups in memory, of all windows. */
    public long groups() {
        return size.groups()
                - dropped.stream().mapToLong(window -> window.table().live()).sum();
    }

    /** Groups on disk, of all windows. */
    public long spilled() {
        return size.spilled()
                - dropped.stream().mapToLong(window -> window.table().spilled()).sum();
    }

    /** Bytes that the tables asked for lately will soon allocate on top. */
    public long growthAhead() {
        long growth = 0;
        for (GroupTable table : cached) {
            if (table != null) {
                growth += table.growthAhead();
            }
        }
        return growth;
    }

    /** Whether groups may be moved to disk. */
    public boolean canSpill() {
        return storage != null;
    }

    /**
     * Moves groups to disk until at most so many bytes are left in memory, or as few as can be: first those that were not
     * needed lately, then the older half of the others, and so on. Indexes of groups are void afterwards.
     */
    public void spill(long targetBytes) {
        ColdStorage target = storage;
        GroupCodec form = codec;
        if (target == null || form == null) {
            return;
        }
        boolean moved = true;
        for (boolean first = true; size.bytes() > targetBytes && moved; first = false) {
            long before = size.groups();
            boolean onlyIdle = first;
            tables.replaceAll((start, table) -> table.spilled(target, form, onlyIdle ? -1 : (table.size() + 1) / 2));
            moved = first || size.groups() < before;
        }
        forgetCached();
    }
}
