package io.velostream.engine.runtime.operator;

import io.velostream.engine.plan.physical.StageOperator;
import io.velostream.engine.runtime.over.PartitionRows;
import io.velostream.engine.runtime.over.WindowFunctions;
import io.velostream.engine.runtime.row.Row;
import io.velostream.engine.runtime.state.GroupTable;
import io.velostream.engine.runtime.state.Timers;

/**
 * Window functions: a row goes into its partition and comes out at once with the results of the functions behind its own
 * slots. What was written is not corrected when an earlier row comes after it.
 *
 * <p>A partition forgets a window's rows when the next one is more than the window's time of inactivity behind the last,
 * in event time; when the watermark is that far, the partition is dropped.
 *
 * <p>A row that has no key, no argument or no order leaves its partition as it was. One whose result fails, here or
 * further down, stays in its partition.
 */
final class OverStep extends Step {

    private final StageContext context;
    private final GroupKeys keys;
    private final OverPartitions partitions;
    private final WindowFunctions[] windows;
    private final int inputWidth;
    private final Timers timers = new Timers();
    private final Row out;
    private final Step next;
    private boolean untimed;

    OverStep(StageOperator.Over plan, OverPartitions partitions, StageContext context, Step next) {
        this.context = context;
        this.keys = new GroupKeys(plan.partitionBy(), context.origin);
        this.partitions = partitions;
        this.windows = partitions.windows;
        this.inputWidth = plan.inputWidth();
        this.out = new Row(plan.layout().columns().size(), context.origin);
        this.next = next;
    }

    @Override
    void process(Row row) {
        keys.encode(row);
        GroupTable table = partitions.table();
        int group = partitions.findOrAdd(keys.buffer(), 0, keys.length());
        OverPartition partition = partitions.partition(group);
        expire(partition, group);
        for (int window = 0; window < windows.length; window++) {
            windows[window].prepare(row, partition.windows[window], table, group);
        }
        table.markDirty(group);
        boolean isWritten = true;
        for (int window = 0; window < windows.length; window++) {
            PartitionRows kept = partition.windows[window];
            long before = kept.rows().bytes();
            windows[window].take(kept, table, group);
            partitions.countRowBytes(kept.rows().bytes() - before);
            isWritten &= windows[window].isWritten(kept);
        }
        moveTime(partition, group);
        if (isWritten) {
            write(row, partition, group);
        }
    }

    private void expire(OverPartition partition, int group) {
        if (partition.lastEvent == Watermarks.NONE) {
            return;
        }
        long silence = context.origin.eventTime - partition.lastEvent;
        for (int window = 0; window < windows.length; window++) {
            if (silence > partitions.expiry[window]) {
                long before = partition.windows[window].rows().bytes();
                windows[window].forget(partition.windows[window], partitions.table(), group);
                partitions.countRowBytes(partition.windows[window].rows().bytes() - before);
                partitions.table().markDirty(group);
            }
        }
    }

    private void moveTime(OverPartition partition, int group) {
        boolean isNew = partition.lastEvent == Watermarks.NONE;
        partition.lastEvent = Math.max(partition.lastEvent, context.origin.eventTime);
        if (isNew) {
            time(partition, group);
        }
    }

    private void time(OverPartition partition, int group) {
        long expiresAfter = partitions.expiresAfter(partition);
        if (expiresAfter != Long.MAX_VALUE) {
            timers.add(expiresAfter + 1, partitions.table().ordinal(group), group);
            context.wakeAt = Math.min(context.wakeAt, timers.nextMoment());
        }
    }

    private void write(Row row, OverPartition partition, int group) {
        for (int slot = 0; slot < inputWidth; slot++) {
            out.copy(row, slot, slot);
        }
        int slot = inputWidth;
        for (int window = 0; window < windows.length; window++) {
            windows[window].compute(partition.windows[window], partitions.table(), group, row, out, slot);
            slot += windows[window].size();
        }
        next.process(out);
    }

    /** The partitions have come from elsewhere: their timers are set before the first is needed. */
    void mustTime() {
        untimed = true;
    }

    @Override
    void advance() {
        if (untimed) {
            timeAll();
        }
        long watermark = context.watermark;
        while (timers.nextMoment() <= watermark) {
            long ordinal = timers.nextOrder();
            int group = timers.take();
            GroupTable table = partitions.table();
            if (!table.isRemoved(group) && table.ordinal(group) == ordinal) {
                due(group, watermark);
            }
        }
        context.wakeAt = timers.nextMoment();
        next.advance();
    }

    private void due(int group, long watermark) {
        OverPartition partition = partitions.partition(group);
        if (partitions.expiresAfter(partition) < watermark) {
            partitions.drop(group);
        } else {
            time(partition, group);
        }
    }

    private void timeAll() {
        untimed = false;
        timers.clear();
        for (int group : partitions.table().inOrder()) {
            time(partitions.partition(group), group);
        }
    }

    @Override
    void endOfBatch() {
        if (partitions.compact()) {
            timeAll();
        }
        next.endOfBatch();
    }
}
