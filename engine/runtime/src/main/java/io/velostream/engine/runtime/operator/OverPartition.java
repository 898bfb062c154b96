package io.velostream.engine.runtime.operator;

import io.velostream.engine.runtime.over.PartitionRows;

/** What is kept of one partition of OVER: the rows of each window, and the time of its last row. */
final class OverPartition {

    final PartitionRows[] windows;
    long lastEvent = Watermarks.NONE;

    OverPartition(int windows) {
        this.windows = new PartitionRows[windows];
    }
}
