package io.velostream.engine.runtime.operator;

import io.velostream.engine.runtime.aggregate.GroupLayout;
import io.velostream.engine.runtime.row.ByteCursor;
import io.velostream.engine.runtime.row.GrowingBuffer;
import io.velostream.engine.runtime.state.GroupTable;
import io.velostream.engine.runtime.state.WindowTables;
import org.jspecify.annotations.Nullable;

/**
 * The durable form of an aggregate's windows and of the time that the stage has seen.
 *
 * <p>Entries, all of version 1: {@code g} + window start + group key → the group's place and its accumulators; {@code
 * t} + input → what that input has said of its time; {@code T} → the watermark over all inputs. A group is written
 * whole when it changed since the last flush, and removed when its window was dropped. Since the watermark is flushed
 * together with the groups, a restart knows exactly which windows were closed.
 */
final class AggregateState implements StageState {

    private static final byte VERSION = 1;
    private static final byte GROUP = 'g';
    private static final byte INPUT_TIME = 't';
    private static final byte TIME = 'T';
    private static final int GROUP_KEY_FROM = 1 + Long.BYTES;

    private final GroupLayout layout;
    private final WindowTables windows;
    private final Watermarks watermarks;
    private final StageContext context;
    private final GrowingBuffer key = new GrowingBuffer(64);
    private final GrowingBuffer value = new GrowingBuffer(128);
    private final ByteCursor cursor = new ByteCursor();
    private long flushedTime = Watermarks.NONE;

    AggregateState(GroupLayout layout, WindowTables windows, Watermarks watermarks, StageContext context) {
        this.layout = layout;
        this.windows = windows;
        this.watermarks = watermarks;
        this.context = context;
    }

    @Override
    public void flush(Changes changes) {
        for (WindowTables.Dropped window : windows.takeDropped()) {
            GroupTable table = window.table();
            for (int group = 0; group < table.size(); group++) {
                if (table.isLogged(group)) {
                    changes.entry(groupKey(window.start(), table, group), null);
                }
            }
        }
        windows.all().forEach((start, table) -> {
            for (int i = 0; i < table.dirtyCount(); i++) {
                int group = table.dirty(i);
                changes.entry(groupKey(start, table, group), groupValue(table, group));
            }
            table.clean();
        });
        for (int input = 0; input < watermarks.inputs(); input++) {
            if (watermarks.takeChanged(input)) {
                writeInput(input, changes);
            }
        }
        if (context.watermark != flushedTime) {
            flushedTime = context.watermark;
            writeTime(changes);
        }
    }

    @Override
    public void all(Changes changes) {
        windows.all().forEach((start, table) -> {
            for (int group : table.inOrder()) {
                changes.entry(groupKey(start, table, group), groupValue(table, group));
            }
        });
        for (int input = 0; input < watermarks.inputs(); input++) {
            if (watermarks.isHeard(input)) {
                writeInput(input, changes);
            }
        }
        writeTime(changes);
    }

    private byte[] groupKey(long start, GroupTable table, int group) {
        key.clear();
        key.put(GROUP);
        key.putLong(start);
        table.copyKey(group, key);
        return key.toArray();
    }

    private byte[] groupValue(GroupTable table, int group) {
        value.clear();
        value.put(VERSION);
        value.putVarint(table.ordinal(group));
        layout.write(table, group, value);
        return value.toArray();
    }

    private void writeInput(int input, Changes changes) {
        key.clear();
        key.put(INPUT_TIME);
        key.putVarint(input);
        value.clear();
        value.put(VERSION);
        value.putLong(watermarks.mark(input));
        value.put(watermarks.isIdle(input) ? 1 : 0);
        changes.entry(key.toArray(), value.toArray());
    }

    private void writeTime(Changes changes) {
        value.clear();
        value.put(VERSION);
        value.putLong(context.watermark);
        changes.entry(new byte[] {TIME}, value.toArray());
    }

    @Override
    public void restore(byte[] entryKey, byte @Nullable [] entryValue) {
        switch (entryKey[0]) {
            case GROUP -> restoreGroup(entryKey, entryValue);
            case INPUT_TIME -> {
                cursor.reset(entryKey, 1, entryKey.length);
                int input = (int) cursor.getVarint();
                open(entryValue);
                long mark = cursor.getLong();
                watermarks.restore(input, mark, cursor.get() != 0);
            }
            case TIME -> {
                open(entryValue);
                watermarks.restoreCurrent(cursor.getLong());
                context.watermark = watermarks.current();
                flushedTime = context.watermark;
            }
            default ->
                throw new IllegalStateException("The state has an entry of the unknown kind " + entryKey[0]
                        + ": it was written by a newer version.");
        }
        // Which window closes next is found out when the watermark moves.
        context.wakeAt = Long.MIN_VALUE;
    }

    private void open(byte @Nullable [] entryValue) {
        if (entryValue == null) {
            throw new IllegalStateException("The state has a removal of time, which is never written.");
        }
        cursor.reset(entryValue, 0, entryValue.length);
        byte version = cursor.get();
        if (version != VERSION) {
            throw new IllegalStateException("The state has an entry of version " + version + ", but this program reads "
                    + VERSION + ": it was written by a newer version.");
        }
    }

    private void restoreGroup(byte[] entryKey, byte @Nullable [] entryValue) {
        cursor.reset(entryKey, 1, entryKey.length);
        long start = cursor.getLong();
        GroupTable table = windows.table(start);
        if (entryValue == null) {
            int group = table.find(entryKey, GROUP_KEY_FROM, entryKey.length);
            if (group != GroupTable.ABSENT) {
                table.remove(group);
            }
            if (table.live() == 0) {
                windows.forget(start);
            }
            return;
        }
        open(entryValue);
        long ordinal = cursor.getVarint();
        int group = table.restore(entryKey, GROUP_KEY_FROM, entryKey.length, ordinal);
        layout.read(table, group, cursor);
    }

    @Override
    public void clear() {
        windows.clear();
        watermarks.clear();
        context.watermark = Watermarks.NONE;
        context.wakeAt = Long.MAX_VALUE;
        flushedTime = Watermarks.NONE;
    }

    @Override
    public long bytes() {
        return windows.bytes();
    }

    @Override
    public long groups() {
        return windows.groups();
    }
}
