package io.velostream.engine.runtime.over;

import io.velostream.engine.runtime.row.Row;

/** One window function, compiled. */
interface RowFunction {

    /**
     * Computes the result for the row at a position and puts it into a slot.
     *
     * @param input the row itself, for expressions over it
     */
    void compute(PartitionRows partition, int position, Row input, Row out, int slot);
}
