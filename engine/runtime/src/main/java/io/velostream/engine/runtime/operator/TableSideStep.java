package io.velostream.engine.runtime.operator;

import io.velostream.engine.runtime.row.GrowingBuffer;
import io.velostream.engine.runtime.row.Row;
import io.velostream.engine.runtime.state.KeyedRows;
import io.velostream.engine.runtime.state.RowCodec;

/** Takes the changes of a table into the rows by which an operator looks it up. */
final class TableSideStep extends Step {

    private final RowKeys keys;
    private final KeyedRows rows;
    private final StageContext context;
    private final boolean keepsNullKeys;
    private final Runnable changed;
    private final GrowingBuffer key = new GrowingBuffer(64);
    private final GrowingBuffer encoded = new GrowingBuffer(128);

    /**
     * @param keepsNullKeys whether rows with a NULL key are wanted, which no equality finds
     * @param changed told after each change
     */
    TableSideStep(RowKeys keys, KeyedRows rows, StageContext context, boolean keepsNullKeys, Runnable changed) {
        this.keys = keys;
        this.rows = rows;
        this.context = context;
        this.keepsNullKeys = keepsNullKeys;
        this.changed = changed;
    }

    @Override
    void process(Row row) {
        key.clear();
        if (!keys.write(row, key) && !keepsNullKeys) {
            return;
        }
        encode(row, encoded);
        if (context.retract) {
            rows.remove(key, encoded);
        } else {
            rows.add(key, encoded);
        }
        changed.run();
    }

    /** The row as few bytes. */
    static void encode(Row row, GrowingBuffer into) {
        into.clear();
        for (int slot = 0; slot < row.width(); slot++) {
            RowCodec.encode(row, slot, into);
        }
    }
}
