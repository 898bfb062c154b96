package io.velostream.engine.runtime.aggregate;

import io.velostream.engine.runtime.expression.Evaluator;
import io.velostream.engine.runtime.row.ByteCursor;
import io.velostream.engine.runtime.row.GrowingBuffer;
import io.velostream.engine.runtime.row.Origin;
import io.velostream.engine.runtime.row.Row;
import io.velostream.engine.runtime.state.GroupTable;
import io.velostream.engine.runtime.state.TupleCodec;
import io.velostream.engine.sql.type.SqlType.Simple;
import org.jspecify.annotations.Nullable;

/**
 * An aggregate over the different values of its argument: each is taken the first time. The values seen are kept as a
 * table of their own, exactly; so it is for groups with a bounded number of values. The last object is that table.
 */
final class Distinct extends Accumulator {

    private final Evaluator argument;
    private final boolean isAny;
    private final Accumulator inner;
    private final Accumulator replay;
    private final ByteCursor cursor = new ByteCursor();
    private final Row replayed = new Row(1, new Origin());
    private final Row register = new Row(1, new Origin());
    private final GrowingBuffer encoded = new GrowingBuffer(64);

    /**
     * @param replay the same aggregate over the only slot of a row that holds a value seen
     */
    Distinct(Evaluator argument, Accumulator inner, Accumulator replay) {
        super(inner.cells(), inner.objects() + 1);
        this.argument = argument;
        this.isAny = argument.type() == Simple.ANY;
        this.inner = inner;
        this.replay = replay;
    }

    @Override
    public void place(int firstCell, int firstObject) {
        super.place(firstCell, firstObject);
        inner.place(firstCell, firstObject);
        replay.place(firstCell, firstObject);
    }

    @Override
    public void prepare(Row row) {
        argument.store(row, register, 0);
        encoded.clear();
        TupleCodec.encode(register, 0, isAny, encoded);
        inner.prepare(row);
    }

    @Override
    public void check(GroupTable table, int group) {
        inner.check(table, group);
    }

    @Override
    public void apply(GroupTable table, int group) {
        if (register.isNull(0)) {
            return;
        }
        GroupTable seen = seen(table, group);
        if (seen == null) {
            seen = start(table, group);
        }
        if (seen.find(encoded.buffer(), 0, encoded.position()) == GroupTable.ABSENT) {
            long before = seen.bytes();
            seen.findOrAdd(encoded.buffer(), 0, encoded.position());
            table.countObjectBytes(seen.bytes() - before);
            inner.apply(table, group);
        }
    }

    private @Nullable GroupTable seen(GroupTable table, int group) {
        return (GroupTable) table.object(group, object + inner.objects());
    }

    private GroupTable start(GroupTable table, int group) {
        GroupTable seen = new GroupTable(0, 0);
        table.object(group, object + inner.objects(), seen);
        table.countObjectBytes(seen.bytes());
        return seen;
    }

    @Override
    public void merge(GroupTable table, int group, GroupTable later, int laterGroup) {
        GroupTable theirs = seen(later, laterGroup);
        if (theirs == null) {
            return;
        }
        GroupTable seen = seen(table, group);
        if (seen == null) {
            seen = start(table, group);
        }
        long before = seen.bytes();
        for (int value = 0; value < theirs.size(); value++) {
            int from = theirs.keyFrom(value);
            int to = theirs.keyTo(value);
            if (seen.find(theirs.keys(), from, to) == GroupTable.ABSENT) {
                seen.findOrAdd(theirs.keys(), from, to);
                cursor.reset(theirs.keys(), from, to);
                TupleCodec.decode(cursor, replayed, 0);
                replay.prepare(replayed);
                replay.check(table, group);
                replay.apply(table, group);
            }
        }
        table.countObjectBytes(seen.bytes() - before);
    }

    @Override
    public void result(GroupTable table, int group, Row out, int slot) {
        inner.result(table, group, out, slot);
    }

    @Override
    public void write(GroupTable table, int group, GrowingBuffer out) {
        inner.write(table, group, out);
        GroupTable seen = seen(table, group);
        int size = seen == null ? 0 : seen.size();
        out.putVarint(size);
        for (int value = 0; seen != null && value < size; value++) {
            out.putSized(seen.keys(), seen.keyFrom(value), seen.keyTo(value));
        }
    }

    @Override
    public void read(GroupTable table, int group, ByteCursor in) {
        inner.read(table, group, in);
        long size = in.getVarint();
        if (size > 0) {
            GroupTable seen = start(table, group);
            for (long i = 0; i < size; i++) {
                int from = in.skipSized();
                seen.findOrAdd(in.bytes(), from, in.position());
            }
            table.countObjectBytes(seen.bytes());
        }
    }
}
