package io.velostream.engine.format;

import io.velostream.engine.plan.physical.StageOutput.SinkColumn;
import io.velostream.engine.runtime.expression.Columns;
import io.velostream.engine.runtime.row.GrowingBuffer;
import io.velostream.engine.runtime.row.Origin;
import io.velostream.engine.runtime.row.Row;
import io.velostream.engine.runtime.row.Tag;
import java.util.List;

/** Writes the only column of a row as bare text; NULL is a record without a value. */
final class TextWriter implements RowWriter {

    private final Columns columns;
    private final ValueWriter writer;

    TextWriter(List<SinkColumn> sinkColumns, Origin origin) {
        this.columns = new Columns(SinkColumns.values(sinkColumns, "TEXT"), origin);
        if (columns.size() != 1) {
            throw new IllegalArgumentException("A sink of the format TEXT has one column, not " + columns.size() + ".");
        }
        this.writer = new ValueWriter(columns.type(0));
    }

    @Override
    public boolean write(Row row, GrowingBuffer out) {
        columns.evaluate(row);
        Row source = columns.row(0, row);
        int slot = columns.slot(0);
        if (source.tags[slot] == Tag.NULL) {
            return false;
        }
        writer.text(source, slot, out);
        return true;
    }
}
