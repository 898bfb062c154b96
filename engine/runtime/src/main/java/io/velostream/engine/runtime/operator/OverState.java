package io.velostream.engine.runtime.operator;

import io.velostream.engine.runtime.over.PartitionRows;
import io.velostream.engine.runtime.over.WindowFunctions;
import io.velostream.engine.runtime.row.ByteCursor;
import io.velostream.engine.runtime.row.GrowingBuffer;
import io.velostream.engine.runtime.row.Origin;
import io.velostream.engine.runtime.row.Row;
import io.velostream.engine.runtime.state.GroupTable;
import io.velostream.engine.runtime.state.RowBuffer;
import io.velostream.engine.runtime.state.RowCodec;
import org.jspecify.annotations.Nullable;

/**
 * The durable form of the partitions of OVER and of the time that the stage has seen.
 *
 * <p>Entries, all of version 1: {@code r} + window + place in the buffer + partition key → the row's number, the moment
 * of the partition's last row by then, and the row; {@code p} + partition key → the moment of its last row, and of each
 * window that keeps no rows what it has counted and summed; and those of {@link TimeState}. A place of a buffer is used
 * again, so that a partition has as many entries as its buffers have places.
 */
final class OverState implements StageState {

    private static final byte ROW = 'r';
    private static final byte PARTITION = 'p';

    private final OverPartitions partitions;
    private final OverStep step;
    private final TimeState time;
    private final StageContext context;
    private final boolean isRunning;
    private final Row[] rows;
    private final GrowingBuffer key = new GrowingBuffer(64);
    private final GrowingBuffer value = new GrowingBuffer(128);
    private final ByteCursor cursor = new ByteCursor();

    OverState(OverPartitions partitions, OverStep step, TimeState time, StageContext context) {
        this.partitions = partitions;
        this.step = step;
        this.time = time;
        this.context = context;
        this.rows = new Row[partitions.windows.length];
        boolean running = false;
        for (int window = 0; window < rows.length; window++) {
            rows[window] = new Row(partitions.windows[window].width(), new Origin());
            running |= partitions.windows[window].isRunning();
        }
        this.isRunning = running;
    }

    @Override
    public void flush(Changes changes) {
        for (OverPartitions.Dropped dropped : partitions.takeDropped()) {
            remove(dropped, changes);
        }
        GroupTable table = partitions.table();
        for (int i = 0; i < table.dirtyCount(); i++) {
            int group = table.dirty(i);
            if (!table.isRemoved(group)) {
                flush(group, changes);
            }
        }
        table.clean();
        time.flush(changes);
    }

    private void remove(OverPartitions.Dropped dropped, Changes changes) {
        byte[] partitionKey = dropped.key();
        for (int window = 0; window < rows.length; window++) {
            RowBuffer buffer = dropped.partition().windows[window].rows();
            for (int place = 0; place < buffer.places(); place++) {
                if (buffer.isLogged(place)) {
                    changes.entry(rowKey(window, place, partitionKey, 0, partitionKey.length), null);
                }
            }
        }
        if (isRunning) {
            changes.entry(partitionEntryKey(partitionKey, 0, partitionKey.length), null);
        }
    }

    private void flush(int group, Changes changes) {
        GroupTable table = partitions.table();
        OverPartition partition = partitions.partition(group);
        for (int window = 0; window < rows.length; window++) {
            RowBuffer buffer = partition.windows[window].rows();
            for (int i = 0; i < buffer.touchedCount(); i++) {
                int place = buffer.touched(i);
                if (buffer.isUsed(place)) {
                    writeRow(group, window, place, changes);
                } else if (buffer.isLogged(place)) {
                    changes.entry(rowKey(window, place, table.keys(), table.keyFrom(group), table.keyTo(group)), null);
                }
            }
            buffer.clean();
        }
        if (isRunning) {
            writePartition(group, changes);
        }
    }

    @Override
    public void all(Changes changes) {
        for (int group : partitions.table().inOrder()) {
            OverPartition partition = partitions.partition(group);
            for (int window = 0; window < rows.length; window++) {
                RowBuffer buffer = partition.windows[window].rows();
                for (int place = 0; place < buffer.places(); place++) {
                    if (buffer.isUsed(place)) {
                        writeRow(group, window, place, changes);
                    }
                }
            }
            if (isRunning) {
                writePartition(group, changes);
            }
        }
        time.all(changes);
    }

    private void writeRow(int group, int window, int place, Changes changes) {
        GroupTable table = partitions.table();
        OverPartition partition = partitions.partition(group);
        RowBuffer buffer = partition.windows[window].rows();
        value.clear();
        value.put(TimeState.VERSION);
        value.putVarint(buffer.number(place));
        value.putVarint(partition.lastEvent);
        Row row = rows[window];
        buffer.load(place, row);
        for (int column = 0; column < row.width(); column++) {
            RowCodec.encode(row, column, value);
        }
        changes.entry(rowKey(window, place, table.keys(), table.keyFrom(group), table.keyTo(group)), value.toArray());
    }

    private void writePartition(int group, Changes changes) {
        GroupTable table = partitions.table();
        OverPartition partition = partitions.partition(group);
        value.clear();
        value.put(TimeState.VERSION);
        value.putVarint(partition.lastEvent);
        for (int window = 0; window < rows.length; window++) {
            if (partitions.windows[window].isRunning()) {
                partitions.windows[window].write(partition.windows[window], table, group, value);
            }
        }
        changes.entry(partitionEntryKey(table.keys(), table.keyFrom(group), table.keyTo(group)), value.toArray());
    }

    private byte[] rowKey(int window, int place, byte[] bytes, int from, int to) {
        key.clear();
        key.put(ROW);
        key.putVarint(window);
        key.putVarint(place);
        key.put(bytes, from, to);
        return key.toArray();
    }

    private byte[] partitionEntryKey(byte[] bytes, int from, int to) {
        key.clear();
        key.put(PARTITION);
        key.put(bytes, from, to);
        return key.toArray();
    }

    @Override
    public void restore(byte[] entryKey, byte @Nullable [] entryValue) {
        switch (entryKey[0]) {
            case ROW -> restoreRow(entryKey, entryValue);
            case PARTITION -> restorePartition(entryKey, entryValue);
            default -> time.restore(entryKey, entryValue);
        }
        step.mustTime();
        context.wakeAt = Long.MIN_VALUE;
    }

    private void restoreRow(byte[] entryKey, byte @Nullable [] entryValue) {
        cursor.reset(entryKey, 1, entryKey.length);
        int window = (int) cursor.getVarint();
        int place = (int) cursor.getVarint();
        int keyFrom = cursor.position();
        if (entryValue == null) {
            int group = partitions.table().find(entryKey, keyFrom, entryKey.length);
            if (group != GroupTable.ABSENT) {
                partitions.partition(group).windows[window].rows().forget(place);
                forgetEmpty(group);
            }
            return;
        }
        int group = partitions.restore(entryKey, keyFrom, entryKey.length);
        OverPartition partition = partitions.partition(group);
        TimeState.open(cursor, entryValue);
        long number = cursor.getVarint();
        partition.lastEvent = Math.max(partition.lastEvent, cursor.getVarint());
        Row row = rows[window];
        for (int column = 0; column < row.width(); column++) {
            RowCodec.decode(cursor, row, column);
        }
        long before = partition.windows[window].rows().bytes();
        partitions.windows[window].restore(partition.windows[window], place, row, number);
        partitions.countRowBytes(partition.windows[window].rows().bytes() - before);
    }

    private void forgetEmpty(int group) {
        for (PartitionRows window : partitions.partition(group).windows) {
            if (window.rows().size() > 0 || isRunning) {
                return;
            }
        }
        partitions.table().remove(group);
    }

    private void restorePartition(byte[] entryKey, byte @Nullable [] entryValue) {
        if (entryValue == null) {
            int group = partitions.table().find(entryKey, 1, entryKey.length);
            if (group != GroupTable.ABSENT) {
                partitions.table().remove(group);
            }
            return;
        }
        int group = partitions.restore(entryKey, 1, entryKey.length);
        OverPartition partition = partitions.partition(group);
        TimeState.open(cursor, entryValue);
        partition.lastEvent = Math.max(partition.lastEvent, cursor.getVarint());
        for (int window = 0; window < rows.length; window++) {
            WindowFunctions functions = partitions.windows[window];
            if (functions.isRunning()) {
                functions.read(partition.windows[window], partitions.table(), group, cursor);
            }
        }
    }

    @Override
    public void clear() {
        partitions.clear();
        step.mustTime();
        time.clear();
    }

    @Override
    public long bytes() {
        return partitions.bytes();
    }

    @Override
    public long groups() {
        return partitions.table().live();
    }
}
