package io.velostream.engine.runtime.state;

import io.velostream.engine.format.JsonTree;
import io.velostream.engine.runtime.row.ByteCursor;
import io.velostream.engine.runtime.row.GrowingBuffer;
import io.velostream.engine.runtime.row.Row;
import io.velostream.engine.runtime.row.Tag;
import io.velostream.engine.sql.type.SqlType;
import io.velostream.engine.sql.type.SqlType.Simple;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Slots as few bytes, as they are: for the columns of rows in repartition topics. */
public final class RowCodec {

    private static final byte DECIMAL = 64;
    private static final byte BINARY = 65;

    private RowCodec() {}

    /** Appends a slot whose structures, if it has any, hold no moments. */
    public static void encode(Row row, int slot, GrowingBuffer out) {
        encode(row, slot, Simple.ANY, out);
    }

    /**
     * Appends a slot.
     *
     * @param type of the slot, which says what the numbers in a structure are
     */
    public static void encode(Row row, int slot, SqlType type, GrowingBuffer out) {
        byte tag = row.tags[slot];
        switch (tag) {
            case Tag.NULL -> out.put(Tag.NULL);
            case Tag.LONG, Tag.BOOLEAN -> {
                out.put(tag);
                out.putVarint(row.longs[slot]);
            }
            case Tag.DOUBLE -> {
                out.put(tag);
                out.putLong(row.longs[slot]);
            }
            case Tag.WIDE -> {
                out.put(tag);
                out.putLong(row.highs[slot]);
                out.putLong(row.longs[slot]);
            }
            case Tag.OBJECT -> encodeObject(row.objects[slot], type, out);
            default -> {
                byte[] bytes = row.bytes[slot];
                if (bytes == null) {
                    throw new IllegalStateException("Slot " + slot + " has text but no bytes.");
                }
                out.put(tag);
                out.putSized(bytes, row.starts[slot], row.ends[slot]);
            }
        }
    }

    private static void encodeObject(@Nullable Object value, SqlType type, GrowingBuffer out) {
        switch (value) {
            case BigDecimal number -> putSized(DECIMAL, number.toString().getBytes(StandardCharsets.US_ASCII), out);
            case byte[] bytes -> putSized(BINARY, bytes, out);
            case null, default -> putSized(Tag.JSON, JsonTree.text(value, type).getBytes(StandardCharsets.UTF_8), out);
        }
    }

    private static void putSized(byte kind, byte[] bytes, GrowingBuffer out) {
        out.put(kind);
        out.putSized(bytes, 0, bytes.length);
    }

    /** Fills a slot from the next value; text stays in the cursor's array. */
    public static void decode(ByteCursor in, Row row, int slot) {
        byte tag = in.get();
        switch (tag) {
            case Tag.NULL -> row.setNull(slot);
            case Tag.LONG -> row.setLong(slot, in.getVarint());
            case Tag.BOOLEAN -> row.setBoolean(slot, in.getVarint() != 0);
            case Tag.DOUBLE -> row.setDouble(slot, Double.longBitsToDouble(in.getLong()));
            case Tag.WIDE -> {
                long high = in.getLong();
                row.setWide(slot, high, in.getLong());
            }
            case Tag.TEXT, Tag.PLAIN, Tag.JSON -> {
                int from = in.skipSized();
                row.setBytes(slot, tag, in.bytes(), from, in.position());
            }
            case DECIMAL -> {
                int from = in.skipSized();
                String text = new String(in.bytes(), from, in.position() - from, StandardCharsets.US_ASCII);
                row.setObject(slot, new BigDecimal(text));
            }
            case BINARY -> {
                int from = in.skipSized();
                row.setObject(slot, Arrays.copyOfRange(in.bytes(), from, in.position()));
            }
            default -> throw new IllegalStateException("A row has a value of the unknown kind " + tag + ".");
        }
    }
}
