package io.velostream.engine.runtime.aggregate;

import io.velostream.engine.plan.physical.StageOperator.AggregateCall;
import io.velostream.engine.runtime.row.ByteCursor;
import io.velostream.engine.runtime.row.GrowingBuffer;
import io.velostream.engine.runtime.row.Row;
import io.velostream.engine.runtime.state.GroupCodec;
import io.velostream.engine.runtime.state.GroupTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** All aggregates of an operator, side by side in the cells and objects of a group. */
public final class GroupLayout implements GroupCodec {

    private final Accumulator[] accumulators;
    private final int firstCell;
    private final int firstObject;
    private final int cells;
    private final int objects;

    /** Places the accumulators of the calls. */
    public GroupLayout(List<AggregateCall> calls) {
        this(calls, 0, 0);
    }

    /** Places the accumulators of the calls behind what else is kept of a group. */
    public GroupLayout(List<AggregateCall> calls, int firstCell, int firstObject) {
        this(calls.stream().map(Accumulators::of).toList(), firstCell, firstObject, false);
    }

    /**
     * Places the accumulators of the calls, and keeps the headers of each group's last record for its results, which are
     * written when no record is at hand.
     */
    public static GroupLayout withHeaders(List<AggregateCall> calls) {
        return new GroupLayout(calls.stream().map(Accumulators::of).toList(), 0, 0, true);
    }

    private GroupLayout(List<Accumulator> aggregates, int firstCell, int firstObject, boolean withHeaders) {
        List<Accumulator> all = new ArrayList<>(aggregates);
        if (withHeaders) {
            all.add(new LastHeaders());
        }
        this.firstCell = firstCell;
        this.firstObject = firstObject;
        accumulators = all.toArray(Accumulator[]::new);
        int nextCell = firstCell;
        int nextObject = firstObject;
        for (Accumulator accumulator : accumulators) {
            accumulator.place(nextCell, nextObject);
            nextCell += accumulator.cells();
            nextObject += accumulator.objects();
        }
        cells = nextCell - firstCell;
        objects = nextObject - firstObject;
    }

    /** Begins the group anew. */
    public void reset(GroupTable table, int group) {
        int base = table.base(group) + firstCell;
        Arrays.fill(table.cells(), base, base + cells, 0);
        for (int object = firstObject; object < firstObject + objects; object++) {
            table.object(group, object, null);
        }
    }

    /** How many cells a group needs. */
    public int cells() {
        return cells;
    }

    /** How many objects a group needs. */
    public int objects() {
        return objects;
    }

    /** Evaluates the arguments of all; may fail, and then nothing has changed. */
    public void prepare(Row row) {
        for (Accumulator accumulator : accumulators) {
            accumulator.prepare(row);
        }
    }

    /** Asks all whether a group takes what is prepared; may fail, and then nothing has changed. */
    public void check(GroupTable table, int group) {
        for (Accumulator accumulator : accumulators) {
            accumulator.check(table, group);
        }
    }

    /** Puts what is prepared into a group. */
    public void apply(GroupTable table, int group) {
        for (Accumulator accumulator : accumulators) {
            accumulator.apply(table, group);
        }
    }

    /**
     * Takes a later group into a group.
     *
     * @throws io.velostream.engine.runtime.operator.RecordFailure when a result would not fit; the group is void then
     */
    public void merge(GroupTable table, int group, GroupTable later, int laterGroup) {
        for (Accumulator accumulator : accumulators) {
            accumulator.merge(table, group, later, laterGroup);
        }
    }

    /** Whether all take values of DOUBLE at once. */
    public boolean addsDoubles() {
        for (Accumulator accumulator : accumulators) {
            if (!accumulator.addsDoubles()) {
                return false;
            }
        }
        return accumulators.length > 0;
    }

    /**
     * Puts values, NULLs left out, into one aggregate of a group.
     *
     * @throws io.velostream.engine.runtime.operator.RecordFailure when the result would not fit; the group is void then
     */
    public void add(int aggregate, GroupTable table, int group, double[] values, int size) {
        accumulators[aggregate].add(table, group, values, size);
    }

    /** Whether all take values back. */
    public boolean isRetractable() {
        for (Accumulator accumulator : accumulators) {
            if (!accumulator.isRetractable()) {
                return false;
            }
        }
        return true;
    }

    /** Takes what is prepared out of a group again. */
    public void retract(GroupTable table, int group) {
        for (Accumulator accumulator : accumulators) {
            accumulator.retract(table, group);
        }
    }

    /** Writes the results of a group into slots from {@code firstSlot} on. */
    public void results(GroupTable table, int group, Row out, int firstSlot) {
        for (int i = 0; i < accumulators.length; i++) {
            accumulators[i].result(table, group, out, firstSlot + i);
        }
    }

    /** Appends a group's durable form. */
    @Override
    public void write(GroupTable table, int group, GrowingBuffer out) {
        for (Accumulator accumulator : accumulators) {
            accumulator.write(table, group, out);
        }
    }

    /** Takes it back into a new group; what was prepared is void then. */
    @Override
    public void read(GroupTable table, int group, ByteCursor in) {
        for (Accumulator accumulator : accumulators) {
            accumulator.read(table, group, in);
        }
    }
}
