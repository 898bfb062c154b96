package io.velostream.engine.runtime.operator;

import io.velostream.engine.plan.physical.StageOperator;
import io.velostream.engine.runtime.aggregate.GroupLayout;
import io.velostream.engine.runtime.row.ByteCursor;
import io.velostream.engine.runtime.row.GrowingBuffer;
import io.velostream.engine.runtime.row.Row;
import io.velostream.engine.runtime.state.ColdStorage;
import io.velostream.engine.runtime.state.GroupCodec;
import io.velostream.engine.runtime.state.GroupTable;
import io.velostream.engine.runtime.state.KeyedRows;
import io.velostream.engine.runtime.state.RowCodec;
import io.velostream.engine.runtime.state.TupleCodec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * GROUP BY over a table: a row that comes joins its group, one that goes leaves it. What one input record does to a group
 * is handed on at once when the record is done, as the group's old row taken back and its new one; a group without rows
 * is gone, unless there are no keys, since COUNT of nothing is 0.
 *
 * <p>Sums and counts take a value back; for the other aggregates the group's rows are kept, and one that goes makes the
 * group be computed anew from those that stay.
 *
 * <p>Durable form: {@code g} + key → version, number of rows, accumulators; nothing for a group that is gone.
 */
final class ChangeAggregateStep extends PassingStep implements TableState {

    private static final byte VERSION = 1;
    private static final byte GROUP = 'g';

    private final StageContext context;
    private final RowKeys keys;
    private final int keyCount;
    private final GroupLayout layout;
    private final @Nullable KeyedRows kept;
    private final Row result;
    private @Nullable Row replayed;
    private final GrowingBuffer key = new GrowingBuffer(64);
    private final GrowingBuffer encoded = new GrowingBuffer(128);
    private final ByteCursor cursor = new ByteCursor();
    private final List<Touched> touched = new ArrayList<>();
    private final @Nullable ColdStorage storage;
    private final GroupCodec codec;
    private GroupTable groups;

    /**
     * A group that the record at hand changed.
     *
     * @param before its row before; null where there was no group
     */
    private record Touched(int group, byte @Nullable [] before) {}

    /**
     * @param kept the rows of the groups, when an aggregate needs them
     * @param storage where groups go that do not fit into memory; null keeps them all there
     */
    ChangeAggregateStep(
            StageOperator.ChangeAggregate plan,
            GroupLayout layout,
            @Nullable KeyedRows kept,
            @Nullable ColdStorage storage,
            StageContext context,
            Step next) {
        super(next);
        this.context = context;
        this.keys = new RowKeys(plan.keys(), context.origin);
        this.keyCount = plan.keys().size();
        this.layout = layout;
        this.kept = kept;
        this.storage = storage;
        // Of its own, since groups come back while a row is being applied.
        this.codec = new CountedGroup(new GroupLayout(plan.aggregates()));
        this.result = new Row(plan.layout().columns().size(), context.origin);
        this.groups = newTable();
        context.atEndOfRecord(this::handOn);
    }

    /** One more cell counts the group's rows. */
    private GroupTable newTable() {
        return new GroupTable(layout.cells() + 1, layout.objects());
    }

    private int rowCountCell(int group) {
        return groups.base(group) + layout.cells();
    }

    @Override
    void process(Row row) {
        key.clear();
        keys.write(row, key);
        layout.prepare(row);
        if (context.retract) {
            leave(row);
        } else {
            join(row);
        }
    }

    private void join(Row row) {
        int group = groups.find(key.buffer(), 0, key.position());
        boolean isNew = group == GroupTable.ABSENT;
        if (isNew) {
            group = groups.findOrAdd(key.buffer(), 0, key.position());
        } else {
            layout.check(groups, group);
        }
        touch(group, isNew);
        layout.apply(groups, group);
        groups.cells()[rowCountCell(group)]++;
        KeyedRows rows = kept;
        if (rows != null) {
            TableSideStep.encode(row, encoded);
            rows.add(key, encoded);
        }
    }

    private void leave(Row row) {
        int group = groups.find(key.buffer(), 0, key.position());
        if (group == GroupTable.ABSENT) {
            return;
        }
        touch(group, false);
        long left = --groups.cells()[rowCountCell(group)];
        KeyedRows rows = kept;
        if (rows == null) {
            layout.retract(groups, group);
        } else {
            TableSideStep.encode(row, encoded);
            rows.remove(key, encoded);
            if (left > 0 || keyCount == 0) {
                recompute(group, left, rows, row.width());
            }
        }
        if (left == 0 && keyCount > 0) {
            groups.remove(group);
        }
    }

    private void recompute(int group, long count, KeyedRows rows, int width) {
        Row each = replayed == null ? new Row(width, context.origin) : replayed;
        replayed = each;
        groups.reset(group);
        groups.cells()[rowCountCell(group)] = count;
        groups.markDirty(group);
        for (int kept = rows.first(key.buffer(), 0, key.position()); kept != KeyedRows.NONE; kept = rows.next(kept)) {
            rows.open(kept, cursor);
            for (int slot = 0; slot < width; slot++) {
                RowCodec.decode(cursor, each, slot);
            }
            for (long times = rows.count(kept); times > 0; times--) {
                layout.prepare(each);
                layout.apply(groups, group);
            }
        }
    }

    private void touch(int group, boolean isNew) {
        groups.markDirty(group);
        for (Touched each : touched) {
            if (each.group() == group) {
                return;
            }
        }
        touched.add(new Touched(group, isNew ? null : row(group)));
    }

    private byte[] row(int group) {
        fill(group);
        TableSideStep.encode(result, encoded);
        return encoded.toArray();
    }

    private void fill(int group) {
        cursor.reset(groups.keys(), groups.keyFrom(group), groups.keyTo(group));
        for (int column = 0; column < keyCount; column++) {
            TupleCodec.decode(cursor, result, column);
        }
        layout.results(groups, group, result, keyCount);
    }

    private void handOn() {
        if (touched.isEmpty()) {
            return;
        }
        for (Touched each : touched) {
            byte[] after = groups.isRemoved(each.group()) ? null : row(each.group());
            if (Arrays.equals(each.before(), after)) {
                continue;
            }
            if (each.before() != null) {
                hand(each.before(), true);
            }
            if (after != null) {
                hand(after, false);
            }
        }
        touched.clear();
    }

    private void hand(byte[] row, boolean removal) {
        cursor.reset(row, 0, row.length);
        for (int slot = 0; slot < result.width(); slot++) {
            RowCodec.decode(cursor, result, slot);
        }
        context.retract = removal;
        try {
            next.process(result);
        } catch (RecordFailure failure) {
            // A row that could not be written cannot be taken back either; that was said when it came.
            if (!removal) {
                context.counters.recordsFailed++;
                context.emitter().groupFailed(failure);
            }
        } finally {
            context.retract = false;
        }
    }

    @Override
    public void flush(Changes changes) {
        for (int i = 0; i < groups.dirtyCount(); i++) {
            int group = groups.dirty(i);
            changes.entry(entryKey(groups, group), groups.isRemoved(group) ? null : entryValue(groups, group));
        }
        groups.clean();
        groups = groups.compactedIfSparse();
    }

    @Override
    public void all(Changes changes) {
        groups.forEach((table, group) -> changes.entry(entryKey(table, group), entryValue(table, group)));
    }

    private byte[] entryKey(GroupTable table, int group) {
        encoded.clear();
        encoded.put(GROUP);
        table.copyKey(group, encoded);
        return encoded.toArray();
    }

    private byte[] entryValue(GroupTable table, int group) {
        encoded.clear();
        encoded.put(VERSION);
        codec.write(table, group, encoded);
        return encoded.toArray();
    }

    /** The number of a group's rows and its accumulators. */
    private record CountedGroup(GroupLayout layout) implements GroupCodec {
        @Override
        public void write(GroupTable table, int group, GrowingBuffer out) {
            out.putVarint(table.cells()[table.base(group) + layout.cells()]);
            layout.write(table, group, out);
        }

        @Override
        public void read(GroupTable table, int group, ByteCursor in) {
            table.cells()[table.base(group) + layout.cells()] = in.getVarint();
            layout.read(table, group, in);
        }
    }

    @Override
    public void restore(byte[] entryKey, byte @Nullable [] value) {
        if (entryKey[0] != GROUP || value != null && value[0] != VERSION) {
            throw new IllegalStateException(
                    "The state of a GROUP BY has an entry of an unknown kind or version: a newer version wrote it.");
        }
        if (value == null) {
            int group = groups.find(entryKey, 1, entryKey.length);
            if (group != GroupTable.ABSENT) {
                groups.remove(group);
            }
            return;
        }
        int known = groups.find(entryKey, 1, entryKey.length);
        if (known != GroupTable.ABSENT) {
            groups.remove(known);
        }
        int group = groups.findOrAdd(entryKey, 1, entryKey.length);
        cursor.reset(value, 1, value.length);
        codec.read(groups, group, cursor);
    }

    @Override
    public void clear() {
        groups.close();
        groups = newTable();
        touched.clear();
    }

    @Override
    public GroupTable table() {
        return groups;
    }

    @Override
    public void goOnWith(GroupTable table) {
        groups = table;
    }

    @Override
    public GroupCodec codec() {
        return codec;
    }

    @Override
    public @Nullable ColdStorage storage() {
        return storage;
    }
}
