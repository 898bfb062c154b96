package io.velostream.engine.format;

import io.velostream.engine.plan.expression.Expression;
import io.velostream.engine.plan.physical.StageOutput.SinkColumn;
import io.velostream.engine.runtime.expression.Columns;
import io.velostream.engine.runtime.operator.OutputBatch;
import io.velostream.engine.runtime.row.Origin;
import io.velostream.engine.runtime.row.Row;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes rows as JSON objects. Names are encoded once; a column that was only copied goes out with the bytes that it
 * came with.
 */
public final class JsonWriter {

    /** Stands for the members of the input record. */
    private static final int EVERY_FIELD = -1;

    private final Columns columns;
    private final int[] parts;
    private final byte[][] prefixes;
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
        for (int part = 0; part < parts.length; part++) {
            switch (sinkColumns.get(part)) {
                case SinkColumn.Named(String name, Expression value) -> {
                    parts[part] = expressions.size();
                    prefixes[part] = prefix(name);
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
        OutputBatch text = new OutputBatch(64);
        ValueWriter.append(",".getBytes(StandardCharsets.US_ASCII), text);
        JsonText.quote(name, text);
        ValueWriter.append(":".getBytes(StandardCharsets.US_ASCII), text);
        byte[] bytes = new byte[text.position()];
        System.arraycopy(text.buffer(), 0, bytes, 0, bytes.length);
        return bytes;
    }

    /** Appends a row as one object. */
    public void write(Row row, OutputBatch out) {
        columns.evaluate(row);
        byte[] buffer = out.ensure(2);
        buffer[out.position()] = '{';
        out.position(out.position() + 1);
        boolean first = true;
        for (int part = 0; part < parts.length; part++) {
            int column = parts[part];
            if (column == EVERY_FIELD) {
                first = everyField(first, out);
                continue;
            }
            byte[] prefix = prefixes[part];
            ValueWriter.append(prefix, first ? 1 : 0, prefix.length, out);
            first = false;
            writers[column].json(columns.row(column, row), columns.slot(column), out);
        }
        out.ensure(1)[out.position()] = '}';
        out.position(out.position() + 1);
    }

    private boolean everyField(boolean first, OutputBatch out) {
        int from = record.membersFrom();
        int to = record.membersTo();
        if (from == to) {
            return first;
        }
        if (!first) {
            out.ensure(1)[out.position()] = ',';
            out.position(out.position() + 1);
        }
        ValueWriter.append(record.buffer(), from, to, out);
        return false;
    }
}
