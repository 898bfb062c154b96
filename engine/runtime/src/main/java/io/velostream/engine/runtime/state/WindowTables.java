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
        this.width = width;
        this.objectWidth = objectWidth;
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
            table = tables.computeIfAbsent(start, key -> new GroupTable(width, objectWidth, expected));
            cached[place] = table;
            cachedStarts[place] = start;
        }
        recent = table;
        recentStart = start;
        return table;
    }

    private void forgetCached() {
        recent = null;
        Arrays.fill(cached, null);
    }

    /** All windows, the earliest first. */
    public Map<Long, GroupTable> all() {
        return tables;
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
            expected = table.size();
        }
    }

    /** Drops a window's table whose groups the changelog no longer has. */
    public void forget(long start) {
        tables.remove(start);
        forgetCached();
    }

    /** The windows dropped since the last call. */
    public List<Dropped> takeDropped() {
        List<Dropped> taken = dropped;
        dropped = new ArrayList<>();
        return taken;
    }

    /** Drops everything, without a trace for the changelog. */
    public void clear() {
        tables.clear();
        dropped.clear();
        forgetCached();
        expected = 0;
    }

    /** Bytes that all tables have allocated. */
    public long bytes() {
        return tables.values().stream().mapToLong(GroupTable::bytes).sum()
                + dropped.stream().mapToLong(window -> window.table().bytes()).sum();
    }

    /** Number of groups in all windows. */
    public long groups() {
        return tables.values().stream().mapToLong(GroupTable::live).sum();
    }
}
