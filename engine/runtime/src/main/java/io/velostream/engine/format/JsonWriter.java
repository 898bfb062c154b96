package io.velostream.engine.format;

import io.velostream.engine.plan.expression.Expression;
import io.velostream.engine.plan.physical.StageOutput.SinkColumn;
import io.velostream.engine.runtime.expression.Columns;
import io.velostream.engine.runtime.row.GrowingBuffer;
import io.velostream.engine.runtime.row.Origin;
import io.velostream.engine.runtime.row.Row;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Writes rows as JSON objects. Names are encoded once; a column that was only copied goes out with the bytes that it
 * came with.
 */
public final class JsonWriter implements RowWriter {

    /** Stands for the members of the input record. */
    private static final int EVERY_FIELD = -1;

    private final Columns columns;
    private final int[] parts;
    /** The text before each value, with bytes behind it so that a short one is copied as words. */
    private final byte[][] prefixes;

    private final int[] prefixEnds;
    private final ValueWriter[] writers;
    private final RecordText record;

    /**
     * @param sinkColumns the members in their order
     * @param record where {@code SELECT *} takes the input's members from
     */
    public JsonWriter(List<SinkColumn> sinkColumns, Origin origin, RecordText record) {
        this.record = record;
        List<Expression> expressions = new ArrayList<>();
        parts = new int[sinkColumns.size()];
        prefixes = new byte[sinkColumns.size()][];
        prefixEnds = new int[sinkColumns.size()];
        for (int part = 0; part < parts.length; part++) {
            switch (sinkColumns.get(part)) {
                case SinkColumn.Named(String name, Expression value) -> {
                    parts[part] = expressions.size();
                    byte[] prefix = prefix(name);
                    prefixes[part] = Arrays.copyOf(prefix, prefix.length + GrowingBuffer.SHORT);
                    prefixEnds[part] = prefix.length;
                    expressions.add(value);
                }
                case SinkColumn.EveryField() -> {
                    parts[part] = EVERY_FIELD;
                    prefixes[part] = new byte[0];
                }
            }
        }
        columns = new Columns(expressions, origin);
        writers = new ValueWriter[columns.size()];
        for (int column = 0; column < writers.length; column++) {
            writers[column] = new ValueWriter(columns.type(column));
        }
    }

    private static byte[] prefix(String name) {
        GrowingBuffer text = new GrowingBuffer(64);
        text.put(',');
        JsonText.quote(name, text);
        text.put(':');
        return text.toArray();
    }

    /** Appends a row as one object. */
    @Override
    public boolean write(Row row, GrowingBuffer out) {
        columns.evaluate(row);
        out.put('{');
        boolean first = true;
        for (int part = 0; part < parts.length; part++) {
            int column = parts[part];
            if (column == EVERY_FIELD) {
                first = everyField(first, out);
                continue;
            }
            out.put(prefixes[part], first ? 1 : 0, prefixEnds[part]);
            first = false;
            writers[column].json(columns.row(column, row), columns.slot(column), out);
        }
        out.put('}');
        return true;
    }

    private boolean everyField(boolean first, GrowingBuffer out) {
        int from = record.membersFrom();
        int to = record.membersTo();
        if (from == to) {
            return first;
        }
        if (!first) {
            out.put(',');
        }
        out.put(record.buffer(), from, to);
        return false;
    }
}
