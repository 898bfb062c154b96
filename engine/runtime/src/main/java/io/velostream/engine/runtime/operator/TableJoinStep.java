package io.velostream.engine.runtime.operator;

import io.velostream.engine.runtime.row.ByteCursor;
import io.velostream.engine.runtime.row.GrowingBuffer;
import io.velostream.engine.runtime.row.Row;
import io.velostream.engine.runtime.state.KeyedRows;

/** Looks up the rows of a table that have the row's keys. What changes in the table later changes nothing. */
final class TableJoinStep extends PassingStep {

    private final RowKeys keys;
    private final KeyedRows table;
    private final JoinedRows joined;
    private final boolean keepsUnmatched;
    private final GrowingBuffer key = new GrowingBuffer(64);
    private final ByteCursor cursor = new ByteCursor();

    TableJoinStep(RowKeys keys, KeyedRows table, JoinedRows joined, boolean keepsUnmatched, Step next) {
        super(next);
        this.keys = keys;
        this.table = table;
        this.joined = joined;
        this.keepsUnmatched = keepsUnmatched;
    }

    @Override
    void process(Row row) {
        key.clear();
        int match = keys.write(row, key) ? table.first(key.buffer(), 0, key.position()) : KeyedRows.NONE;
        boolean found = false;
        if (match != KeyedRows.NONE || keepsUnmatched) {
            joined.left(row);
        }
        for (; match != KeyedRows.NONE; match = table.next(match)) {
            table.open(match, cursor);
            joined.side(false, cursor);
            if (joined.meet()) {
                found = true;
                for (long times = table.count(match); times > 0; times--) {
                    next.process(joined.row());
                }
            }
        }
        if (!found && keepsUnmatched) {
            joined.sideNull(false);
            next.process(joined.row());
        }
    }
}
