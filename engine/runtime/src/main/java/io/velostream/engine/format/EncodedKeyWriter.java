package io.velostream.engine.format;

import io.velostream.engine.plan.physical.SourceSpec.Format;
import io.velostream.engine.plan.physical.StageOutput.KeyEncoding;
import io.velostream.engine.plan.physical.StageOutput.KeySpec;
import io.velostream.engine.runtime.expression.Columns;
import io.velostream.engine.runtime.operator.RecordFailure;
import io.velostream.engine.runtime.row.GrowingBuffer;
import io.velostream.engine.runtime.row.Origin;
import io.velostream.engine.runtime.row.Row;
import io.velostream.engine.runtime.row.Tag;
import io.velostream.engine.sql.type.SqlType.Simple;

/**
 * Writes record keys in a format of their own, as {@link KeyEncoding} says. A key of Kafka's own serializers is NULL as a
 * whole or not at all, so a lone NULL is a record without a key in every format.
 */
final class EncodedKeyWriter extends KeyWriter {

    private final KeyEncoding encoding;
    private final Columns columns;
    private final ValueWriter[] writers;
    private final byte[][] prefixes;
    private final int keys;

    EncodedKeyWriter(KeySpec.Columns spec, KeyEncoding encoding, Origin origin) {
        this.encoding = encoding;
        this.columns = new Columns(spec.values(), origin);
        this.keys = columns.size() - encoding.windowBounds();
        this.writers = SinkColumns.writers(columns);
        this.prefixes = new byte[keys][];
        for (int key = 0; key < keys; key++) {
            prefixes[key] = prefix(key);
        }
    }

    private byte[] prefix(int key) {
        GrowingBuffer text = new GrowingBuffer(32);
        if (key > 0) {
            text.put(',');
        }
        if (!encoding.names().isEmpty()) {
            JsonText.quote(encoding.names().get(key), text);
            text.put(':');
        }
        return text.toArray();
    }

    @Override
    public boolean write(Row row, GrowingBuffer out) {
        columns.evaluate(row);
        if (keys == 1 && columns.row(0, row).tags[columns.slot(0)] == Tag.NULL) {
            return false;
        }
        if (keys == 1) {
            lone(columns.row(0, row), columns.slot(0), out);
        } else {
            several(row, out);
        }
        for (int bound = keys; bound < columns.size(); bound++) {
            putLong(columns.row(bound, row).longs[columns.slot(bound)], out);
        }
        return true;
    }

    private void lone(Row source, int slot, GrowingBuffer out) {
        if (encoding.format() == Format.JSON) {
            writers[0].json(source, slot, out);
        } else if (encoding.format() == Format.KAFKA && source.tags[slot] == Tag.LONG && isWhole()) {
            whole(source.longs[slot], out);
        } else if (encoding.format() == Format.KAFKA && columns.type(0) == Simple.DOUBLE) {
            putLong(Double.doubleToRawLongBits(source.doubleAt(slot)), out);
        } else {
            writers[0].text(source, slot, out);
        }
    }

    private boolean isWhole() {
        return columns.type(0) == Simple.BIGINT || columns.type(0) == Simple.ANY;
    }

    private void whole(long value, GrowingBuffer out) {
        if (!encoding.narrow()) {
            putLong(value, out);
            return;
        }
        if (value != (int) value) {
            throw new RecordFailure("NUMERIC_OVERFLOW", "The key " + value + " goes beyond the range of INT.");
        }
        for (int shift = Integer.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            out.put((byte) (value >>> shift));
        }
    }

    private static void putLong(long value, GrowingBuffer out) {
        for (int shift = Long.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            out.put((byte) (value >>> shift));
        }
    }

    private void several(Row row, GrowingBuffer out) {
        boolean object = !encoding.names().isEmpty();
        out.put(object ? '{' : '[');
        for (int key = 0; key < keys; key++) {
            out.put(prefixes[key], 0, prefixes[key].length);
            writers[key].json(columns.row(key, row), columns.slot(key), out);
        }
        out.put(object ? '}' : ']');
    }
}
