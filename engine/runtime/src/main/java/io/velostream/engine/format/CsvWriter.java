package io.velostream.engine.format;

import io.velostream.engine.plan.physical.StageOutput.SinkColumn;
import io.velostream.engine.runtime.expression.Columns;
import io.velostream.engine.runtime.row.GrowingBuffer;
import io.velostream.engine.runtime.row.Origin;
import io.velostream.engine.runtime.row.Row;
import io.velostream.engine.runtime.row.Tag;
import java.util.List;

/**
 * Writes rows as CSV by RFC 4180: NULL is an empty field, empty text a pair of quotes, and a field with the delimiter, a
 * quote or a line end stands in quotes. Structures are JSON.
 */
final class CsvWriter implements RowWriter {

    private final byte delimiter;
    private final Columns columns;
    private final ValueWriter[] writers;
    private final GrowingBuffer scratch = new GrowingBuffer(64);

    CsvWriter(List<SinkColumn> sinkColumns, Origin origin, char delimiter) {
        this.delimiter = (byte) delimiter;
        this.columns = new Columns(SinkColumns.values(sinkColumns, "CSV"), origin);
        this.writers = SinkColumns.writers(columns);
    }

    @Override
    public boolean write(Row row, GrowingBuffer out) {
        columns.evaluate(row);
        for (int column = 0; column < writers.length; column++) {
            if (column > 0) {
                out.put(delimiter);
            }
            Row source = columns.row(column, row);
            int slot = columns.slot(column);
            if (source.tags[slot] != Tag.NULL) {
                scratch.clear();
                writers[column].text(source, slot, scratch);
                field(out);
            }
        }
        return true;
    }

    private void field(GrowingBuffer out) {
        byte[] text = scratch.buffer();
        int length = scratch.position();
        boolean quotes = length == 0;
        for (int p = 0; p < length && !quotes; p++) {
            quotes = text[p] == delimiter || text[p] == '"' || text[p] == '\n' || text[p] == '\r';
        }
        if (!quotes) {
            out.put(text, 0, length);
            return;
        }
        out.put('"');
        for (int p = 0; p < length; p++) {
            if (text[p] == '"') {
                out.put('"');
            }
            out.put(text[p]);
        }
        out.put('"');
    }
}
