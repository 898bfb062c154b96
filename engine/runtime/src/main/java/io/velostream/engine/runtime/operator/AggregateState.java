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
 * <p>Entries, all of version 1: {@code g} + window start + group key → the group's place and its accumulators; and
 * those of {@link TimeState}. A group is written whole when it changed since the last flush, and removed when its window
 * was dropped.
 */
final class AggregateState implements StageState {

    private static final byte GROUP = 'g';
    private static final int GROUP_KEY_FROM = 1 + Long.BYTES;

    private final GroupLayout layout;
    private final WindowTables windows;
    private final TimeState time;
    private final StageContext context;
    private final GrowingBuffer key = new GrowingBuffer(64);
    private final GrowingBuffer value = new GrowingBuffer(128);
    private final ByteCursor cursor = new ByteCursor();

    AggregateState(GroupLayout layout, WindowTables windows, TimeState time, StageContext context) {
        this.layout = layout;
        this.windows = windows;
        this.time = time;
        this.context = context;
    }

    @Override
    public void flush(Changes changes) {
        for (WindowTables.Dropped window : windows.takeDropped()) {
            window.table().forEach((table, group) -> {
                if (table.isLogged(group)) {
                    changes.entry(groupKey(window.start(), table, group), null);
                }
            });
            windows.done(window);
        }
        windows.all().forEach((start, table) -> {
            for (int i = 0; i < table.dirtyCount(); i++) {
                int group = table.dirty(i);
                changes.entry(groupKey(start, table, group), groupValue(table, group));
            }
            table.clean();
        });
        time.flush(changes);
    }

    @Override
    public void all(Changes changes) {
        windows.all()
                .forEach((start, groups) -> groups.forEach(
                        (table, group) -> changes.entry(groupKey(start, table, group), groupValue(table, group))));
        time.all(changes);
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
        value.put(TimeState.VERSION);
        value.putVarint(table.ordinal(group));
        layout.write(table, group, value);
        return value.toArray();
    }

    @Override
    public void restore(byte[] entryKey, byte @Nullable [] entryValue) {
        if (entryKey[0] == GROUP) {
            restoreGroup(entryKey, entryValue);
        } else {
            time.restore(entryKey, entryValue);
        }
        // Which window closes next is found out when the watermark moves.
        context.wakeAt = Long.MIN_VALUE;
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
            if (table.live() + table.spilled() == 0) {
                windows.forget(start);
            }
            return;
        }
        TimeState.open(cursor, entryValue);
        long ordinal = cursor.getVarint();
        int group = table.restore(entryKey, GROUP_KEY_FROM, entryKey.length, ordinal);
        layout.read(table, group, cursor);
    }

    @Override
    public void clear() {
        windows.clear();
        time.clear();
    }

    @Override
    public long bytes() {
        return windows.bytes();
    }

    @Override
    public long bytesAhead() {
        return windows.growthAhead();
    }

    @Override
    public long groups() {
        return windows.groups();
    }

    @Override
    public long spilledGroups() {
        return windows.spilled();
    }

    @Override
    public boolean canSpill() {
        return windows.canSpill();
    }

    @Override
    public void spill(long targetBytes) {
        windows.spill(targetBytes);
    }
}
