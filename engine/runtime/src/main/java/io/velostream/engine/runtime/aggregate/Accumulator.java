package io.velostream.engine.runtime.aggregate;

import io.velostream.engine.runtime.row.ByteCursor;
import io.velostream.engine.runtime.row.GrowingBuffer;
import io.velostream.engine.runtime.row.Row;
import io.velostream.engine.runtime.state.GroupTable;

/** The running state of one aggregate function, kept in cells and objects of the group's table. */
public abstract class Accumulator {

    private final int cellCount;
    private final int objectCount;

    /** Index of the first of our cells within a group. */
    protected int cell;

    /** Index of the first of our objects within a group. */
    protected int object;

    /**
     * @param cellCount how many cells a group needs
     * @param objectCount how many objects a group needs
     */
    protected Accumulator(int cellCount, int objectCount) {
        this.cellCount = cellCount;
        this.objectCount = objectCount;
    }

    /** Tells where our cells and objects begin. */
    public void place(int firstCell, int firstObject) {
        cell = firstCell;
        object = firstObject;
    }

    /** How many cells a group needs. */
    public final int cells() {
        return cellCount;
    }

    /** How many objects a group needs. */
    public final int objects() {
        return objectCount;
    }

    /**
     * Evaluates the arguments.
     *
     * @throws io.velostream.engine.runtime.operator.RecordFailure when one has no value
     */
    public abstract void prepare(Row row);

    /**
     * Tells whether the group that is there can take the prepared arguments.
     *
     * @throws io.velostream.engine.runtime.operator.RecordFailure when the result would not fit its type
     */
    public void check(GroupTable table, int group) {}

    /** Takes the prepared arguments. */
    public abstract void apply(GroupTable table, int group);

    /**
     * Takes in what a later group of the same layout has collected, such as the session behind this one.
     *
     * @throws io.velostream.engine.runtime.operator.RecordFailure when the result would not fit; this group is void then
     */
    public abstract void merge(GroupTable table, int group, GroupTable later, int laterGroup);

    /** Whether the only argument is a DOUBLE, and {@link #add} works. */
    boolean addsDoubles() {
        return false;
    }

    /**
     * Takes values as {@link #prepare}, {@link #check} and {@link #apply} would one after the other.
     *
     * @throws io.velostream.engine.runtime.operator.RecordFailure when the result does not fit; the group is void then
     */
    void add(GroupTable table, int group, double[] values, int size) {
        throw new UnsupportedOperationException(getClass().getSimpleName() + " adds no values at once.");
    }

    /** Whether {@link #retract} works. */
    public boolean isRetractable() {
        return false;
    }

    /** Takes the prepared arguments out again, which had been applied before. */
    public void retract(GroupTable table, int group) {
        throw new UnsupportedOperationException(getClass().getSimpleName() + " takes nothing back.");
    }

    /** Writes the present result into a slot. */
    public abstract void result(GroupTable table, int group, Row out, int slot);

    /** Appends the durable form. */
    public void write(GroupTable table, int group, GrowingBuffer out) {
        long[] cells = table.cells();
        int base = table.base(group) + cell;
        for (int i = 0; i < cellCount; i++) {
            out.putVarint(cells[base + i]);
        }
    }

    /** Takes the durable form back into a new group. */
    public void read(GroupTable table, int group, ByteCursor in) {
        long[] cells = table.cells();
        int base = table.base(group) + cell;
        for (int i = 0; i < cellCount; i++) {
            cells[base + i] = in.getVarint();
        }
    }
}
