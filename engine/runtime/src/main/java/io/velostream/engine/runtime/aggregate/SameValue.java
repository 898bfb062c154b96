package io.velostream.engine.runtime.aggregate;

import io.velostream.engine.runtime.expression.Evaluator;
import io.velostream.engine.runtime.row.ByteCursor;
import io.velostream.engine.runtime.row.GrowingBuffer;
import io.velostream.engine.runtime.row.Origin;
import io.velostream.engine.runtime.row.Row;
import io.velostream.engine.runtime.state.GroupTable;
import io.velostream.engine.runtime.state.TupleCodec;
import java.util.Arrays;

/**
 * ATTR: the value that all rows of the group have. A cell says whether none came, all were NULL, all were the value that is
 * kept, or they differ.
 */
final class SameValue extends Accumulator {

    private static final long NOTHING = 0;
    private static final long ALL_NULL = 1;
    private static final long SAME = 2;
    private static final long DIFFERENT = 3;

    private final Accumulator kept;
    private final Evaluator argument;
    private final Row value = new Row(1, new Origin());
    private final Row other = new Row(1, new Origin());
    private final GrowingBuffer encoded = new GrowingBuffer(32);
    private final GrowingBuffer otherEncoded = new GrowingBuffer(32);

    SameValue(Evaluator argument) {
        super(1, 1);
        this.argument = argument;
        this.kept = new KeptValues(argument, KeptValues.Rule.FIRST);
    }

    @Override
    public void place(int firstCell, int firstObject) {
        super.place(firstCell, firstObject);
        kept.place(firstCell + 1, firstObject);
    }

    @Override
    public void prepare(Row row) {
        argument.store(row, value, 0);
        encode(value, encoded);
        kept.prepare(row);
    }

    /** Equal values have equal bytes. */
    private static void encode(Row row, GrowingBuffer into) {
        into.clear();
        TupleCodec.encode(row, 0, false, into);
    }

    @Override
    public void apply(GroupTable table, int group) {
        long before = state(table, group);
        if (value.isNull(0)) {
            state(table, group, before == NOTHING || before == ALL_NULL ? ALL_NULL : DIFFERENT);
        } else if (before == NOTHING) {
            kept.apply(table, group);
            state(table, group, SAME);
        } else if (before == ALL_NULL || before == SAME && !isKept(table, group)) {
            state(table, group, DIFFERENT);
        }
    }

    /** Whether the group keeps the value that was encoded last. */
    private boolean isKept(GroupTable table, int group) {
        kept.result(table, group, other, 0);
        encode(other, otherEncoded);
        return Arrays.equals(
                encoded.buffer(), 0, encoded.position(), otherEncoded.buffer(), 0, otherEncoded.position());
    }

    @Override
    public void merge(GroupTable table, int group, GroupTable later, int laterGroup) {
        long ours = state(table, group);
        long theirs = state(later, laterGroup);
        if (theirs == NOTHING) {
            return;
        }
        if (ours == NOTHING) {
            kept.merge(table, group, later, laterGroup);
            state(table, group, theirs);
        } else if (ours != theirs) {
            state(table, group, DIFFERENT);
        } else if (ours == SAME) {
            kept.result(later, laterGroup, value, 0);
            encode(value, encoded);
            state(table, group, isKept(table, group) ? SAME : DIFFERENT);
        }
    }

    @Override
    public void result(GroupTable table, int group, Row out, int slot) {
        if (state(table, group) == SAME) {
            kept.result(table, group, out, slot);
        } else {
            out.setNull(slot);
        }
    }

    private long state(GroupTable table, int group) {
        return table.cells()[table.base(group) + cell];
    }

    private void state(GroupTable table, int group, long state) {
        table.cells()[table.base(group) + cell] = state;
    }

    @Override
    public void write(GroupTable table, int group, GrowingBuffer out) {
        super.write(table, group, out);
        kept.write(table, group, out);
    }

    @Override
    public void read(GroupTable table, int group, ByteCursor in) {
        super.read(table, group, in);
        kept.read(table, group, in);
    }
}
