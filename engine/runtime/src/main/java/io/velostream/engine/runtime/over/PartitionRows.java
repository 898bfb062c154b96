package io.velostream.engine.runtime.over;

import io.velostream.engine.runtime.state.RowBuffer;

/** What is kept of one partition for one window of OVER. */
public final class PartitionRows {

    final RowBuffer rows;

    /** Whether the aggregates of all rows, which lie in the partition's cells, have all rows of the buffer. */
    boolean summed = true;

    /** Rows that have come since the partition began. */
    long count;

    PartitionRows(int width) {
        rows = new RowBuffer(width);
    }

    /** The rows that are looked back at. */
    public RowBuffer rows() {
        return rows;
    }
}
