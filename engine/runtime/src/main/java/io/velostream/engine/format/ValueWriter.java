package io.velostream.engine.format;

import io.velostream.engine.runtime.operator.RecordFailure;
import io.velostream.engine.runtime.row.DoubleText;
import io.velostream.engine.runtime.row.GrowingBuffer;
import io.velostream.engine.runtime.row.IntegerText;
import io.velostream.engine.runtime.row.Row;
import io.velostream.engine.runtime.row.Tag;
import io.velostream.engine.sql.type.SqlType;
import io.velostream.engine.sql.type.SqlType.Simple;
import java.nio.charset.StandardCharsets;

/**
 * Writes a slot of one type: as JSON, or as bare text for keys. DECIMAL has exactly the digits of its scale, DOUBLE the
 * shortest text that reads back the same, a moment is text in UTC.
 */
public final class ValueWriter {

    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);

    private final SqlType type;
    private final int scale;
    private final boolean isMoment;
    private final boolean isDecimal;

    /** A writer for slots of the type. */
    public ValueWriter(SqlType type) {
        this.type = type;
        this.isDecimal = type instanceof SqlType.Decimal;
        this.scale = type instanceof SqlType.Decimal decimal ? decimal.scale() : 0;
        this.isMoment = type == Simple.TIMESTAMP || type == Simple.DATE || type == Simple.TIME;
    }

    /** Appends the slot as a JSON value. */
    public void json(Row row, int slot, GrowingBuffer out) {
        switch (row.tags[slot]) {
            case Tag.NULL -> put(NULL, out);
            case Tag.PLAIN, Tag.ESCAPED -> quote(row, slot, out);
            case Tag.TEXT -> JsonText.quote(source(row, slot), row.starts[slot], row.ends[slot], out);
            case Tag.LONG -> {
                if (isMoment) {
                    out.put('"');
                    moment(row.longs[slot], out);
                    out.put('"');
                } else {
                    text(row, slot, out);
                }
            }
            case Tag.OBJECT -> {
                byte[] source = row.bytes[slot];
                if (source == null) {
                    JsonTree.write(row.objects[slot], type, out);
                } else {
                    out.put(source, row.starts[slot], row.ends[slot]);
                }
            }
            default -> text(row, slot, out);
        }
    }

    /** Appends the slot, which is not NULL, as bare text. */
    public void text(Row row, int slot, GrowingBuffer out) {
        byte tag = row.tags[slot];
        byte[] source = row.bytes[slot];
        if (source != null && !(tag == Tag.LONG && isMoment)) {
            out.put(source, row.starts[slot], row.ends[slot]);
            return;
        }
        switch (tag) {
            case Tag.LONG -> {
                if (isMoment) {
                    moment(row.longs[slot], out);
                } else {
                    byte[] buffer = out.ensure(IntegerText.MAX_DECIMAL);
                    out.position(
                            isDecimal
                                    ? IntegerText.writeScaled(row.longs[slot], scale, buffer, out.position())
                                    : IntegerText.write(row.longs[slot], buffer, out.position()));
                }
            }
            case Tag.WIDE -> {
                byte[] buffer = out.ensure(IntegerText.MAX_DECIMAL);
                out.position(IntegerText.writeScaled(row.highs[slot], row.longs[slot], scale, buffer, out.position()));
            }
            case Tag.DOUBLE -> writeDouble(row.doubleAt(slot), out);
            case Tag.BOOLEAN -> put(row.longs[slot] != 0 ? TRUE : FALSE, out);
            case Tag.OBJECT -> put(JsonTree.text(row.objects[slot], type).getBytes(StandardCharsets.UTF_8), out);
            default -> throw new IllegalStateException("A slot with the tag " + tag + " has no text.");
        }
    }

    private void moment(long value, GrowingBuffer out) {
        byte[] buffer = out.ensure(IsoTime.MAX_TIMESTAMP);
        out.position(
                switch ((Simple) type) {
                    case DATE -> IsoTime.writeDate(value, buffer, out.position());
                    case TIME -> IsoTime.writeTime(value, buffer, out.position());
                    default -> IsoTime.writeTimestamp(value, buffer, out.position());
                });
    }

    /** Appends a double's text; one that is not finite fails. */
    static void writeDouble(double value, GrowingBuffer out) {
        if (!Double.isFinite(value)) {
            throw new RecordFailure("NUMERIC_OVERFLOW", "A DOUBLE went beyond the range of the type.");
        }
        byte[] buffer = out.ensure(DoubleText.MAX_DOUBLE);
        out.position(DoubleText.write(value, buffer, out.position()));
    }

    private static void quote(Row row, int slot, GrowingBuffer out) {
        out.put('"');
        out.put(source(row, slot), row.starts[slot], row.ends[slot]);
        out.put('"');
    }

    private static byte[] source(Row row, int slot) {
        byte[] source = row.bytes[slot];
        if (source == null) {
            throw new IllegalStateException("Slot " + slot + " has text but no bytes.");
        }
        return source;
    }

    private static void put(byte[] bytes, GrowingBuffer out) {
        out.put(bytes, 0, bytes.length);
    }
}
