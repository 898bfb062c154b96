package io.velostream.engine.runtime.operator;

import io.velostream.engine.plan.physical.OverWindow;
import io.velostream.engine.plan.physical.StageOperator;
import io.velostream.engine.runtime.over.PartitionRows;
import io.velostream.engine.runtime.over.WindowFunctions;
import io.velostream.engine.runtime.row.Origin;
import io.velostream.engine.runtime.state.GroupTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** All partitions of OVER by their keys, with what their windows need. */
final class OverPartitions {

    private static final int PARTITION = 0;

    final WindowFunctions[] windows;

    /** How long each window's rows are kept without new ones; {@link Long#MAX_VALUE} for ever. */
    final long[] expiry;

    private final int cells;
    private final int objects;
    private GroupTable table;
    private List<Dropped> dropped = new ArrayList<>();
    private long rowBytes;

    /** A partition that is gone but still in the changelog. */
    record Dropped(byte[] key, OverPartition partition) {}

    OverPartitions(StageOperator.Over plan, Origin origin) {
        List<OverWindow> planned = plan.windows();
        windows = new WindowFunctions[planned.size()];
        expiry = new long[planned.size()];
        int nextCell = 0;
        int nextObject = PARTITION + 1;
        for (int window = 0; window < windows.length; window++) {
            windows[window] = new WindowFunctions(planned.get(window), origin, nextCell, nextObject);
            nextCell += windows[window].cells();
            nextObject += windows[window].objects();
            Optional<Duration> after = planned.get(window).expireAfter();
            expiry[window] = after.map(Duration::toMillis).orElse(Long.MAX_VALUE);
        }
        cells = nextCell;
        objects = nextObject;
        table = new GroupTable(cells, objects);
    }

    GroupTable table() {
        return table;
    }

    /** The group of a partition, made if it is not there. */
    int findOrAdd(byte[] key, int from, int to) {
        int group = table.findOrAdd(key, from, to);
        if (table.object(group, PARTITION) == null) {
            table.object(group, PARTITION, newPartition());
        }
        return group;
    }

    /** The group of a partition that changelog or snapshot hold, made if it is not there. */
    int restore(byte[] key, int from, int to) {
        int group = table.find(key, from, to);
        return group == GroupTable.ABSENT ? findOrAdd(key, from, to) : group;
    }

    private OverPartition newPartition() {
        OverPartition partition = new OverPartition(windows.length);
        for (int window = 0; window < windows.length; window++) {
            partition.windows[window] = windows[window].partition();
        }
        rowBytes += rowBytes(partition);
        return partition;
    }

    OverPartition partition(int group) {
        Object partition = table.object(group, PARTITION);
        if (partition == null) {
            throw new IllegalStateException("A partition of OVER is gone.");
        }
        return (OverPartition) partition;
    }

    /** The moment after which nothing of the partition is kept; {@link Long#MAX_VALUE} for never. */
    long expiresAfter(OverPartition partition) {
        long latest = 0;
        for (long after : expiry) {
            if (after == Long.MAX_VALUE) {
                return Long.MAX_VALUE;
            }
            latest = Math.max(latest, after);
        }
        return partition.lastEvent + latest;
    }

    /** Drops a partition. */
    void drop(int group) {
        rowBytes -= rowBytes(partition(group));
        dropped.add(new Dropped(
                Arrays.copyOfRange(table.keys(), table.keyFrom(group), table.keyTo(group)), partition(group)));
        table.remove(group);
    }

    List<Dropped> takeDropped() {
        List<Dropped> taken = dropped;
        dropped = new ArrayList<>();
        return taken;
    }

    /** Gives up the room of dropped partitions when there are many; tells whether groups have other indexes now. */
    boolean compact() {
        if (!table.isSparse()) {
            return false;
        }
        table = table.compacted();
        return true;
    }

    void clear() {
        table = new GroupTable(cells, objects);
        dropped.clear();
        rowBytes = 0;
    }

    /** Bytes that are allocated; asked for by another thread too, which may see a slightly older figure. */
    long bytes() {
        return table.bytes() + rowBytes;
    }

    /** The rows of a partition take up so many more bytes. */
    void countRowBytes(long change) {
        rowBytes += change;
    }

    private static long rowBytes(OverPartition partition) {
        long bytes = 0;
        for (PartitionRows window : partition.windows) {
            bytes += window.rows().bytes();
        }
        return bytes;
    }
}
