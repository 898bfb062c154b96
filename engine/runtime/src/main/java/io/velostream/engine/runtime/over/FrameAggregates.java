package io.velostream.engine.runtime.over;

import io.velostream.engine.plan.physical.StageOperator.AggregateCall;
import io.velostream.engine.runtime.aggregate.GroupLayout;
import io.velostream.engine.runtime.row.Origin;
import io.velostream.engine.runtime.row.Row;
import io.velostream.engine.runtime.state.GroupTable;
import java.util.List;

/** The aggregates over one frame that is only a part of the rows; they are computed anew for each row. */
final class FrameAggregates {

    private static final byte[] NO_KEY = {};

    private final GroupLayout layout;
    private final FrameBounds frame;
    private final int[] slots;
    private final GroupTable scratch;
    private final Row buffered;
    private final Row results;

    /**
     * @param calls over the columns of the buffer
     * @param slots where the results go, relative to the window's first
     * @param width columns of the buffer
     */
    FrameAggregates(List<AggregateCall> calls, FrameBounds frame, int[] slots, int width) {
        this.layout = new GroupLayout(calls);
        this.frame = frame;
        this.slots = slots;
        this.scratch = new GroupTable(layout.cells(), layout.objects());
        this.buffered = new Row(width, new Origin());
        this.results = new Row(calls.size(), new Origin());
    }

    /** Finds out whether the row's arguments have values; see {@link GroupLayout#prepare}. */
    void prepare(Row row) {
        layout.prepare(row);
    }

    void compute(PartitionRows partition, int position, Row out, int firstSlot) {
        int first = frame.first(partition.rows, position);
        int last = frame.last(partition.rows, position);
        int group = scratch.restore(NO_KEY, 0, 0, 0);
        for (int each = first; each <= last; each++) {
            partition.rows.load(partition.rows.at(each), buffered);
            layout.prepare(buffered);
            layout.check(scratch, group);
            layout.apply(scratch, group);
        }
        layout.results(scratch, group, results, 0);
        for (int call = 0; call < slots.length; call++) {
            out.copy(results, call, firstSlot + slots[call]);
        }
    }
}
