package io.velostream.engine.runtime.state;

import io.velostream.engine.format.JsonTree;
import io.velostream.engine.runtime.row.ByteCursor;
import io.velostream.engine.runtime.row.GrowingBuffer;
import io.velostream.engine.runtime.row.Row;
import io.velostream.engine.runtime.row.Tag;
import io.velostream.engine.sql.type.SqlType.Simple;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Slots as bytes, such that equal values and only they have equal bytes: for group keys, which are compared as bytes,
 * and for the keys of repartition topics. Numbers of type ANY are equal when their values are: 1, 1.0 and 1e0 are one
 * group. The bytes are part of changelogs: a changed form needs a new version of the state.
 */
public final class TupleCodec {

    private static final byte NULL = 0;
    private static final byte LONG = 1;
    private static final byte DOUBLE = 2;
    private static final byte FALSE = 3;
    private static final byte TRUE = 4;
    private static final byte TEXT = 5;
    private static final byte JSON = 6;
    private static final byte WIDE = 7;
    private static final byte DECIMAL = 8;
    private static final byte BYTES = 9;

    private static final double EXACT_LONG = 0x1p63;

    private TupleCodec() {}

    /** Appends a slot. */
    public static void encode(Row row, int slot, boolean isAny, GrowingBuffer out) {
        switch (row.tags[slot]) {
            case Tag.NULL -> out.put(NULL);
            case Tag.LONG -> putLong(row.longs[slot], out);
            case Tag.DOUBLE -> putDouble(row.doubleAt(slot), isAny, out);
            case Tag.BOOLEAN -> out.put(row.longs[slot] == 0 ? FALSE : TRUE);
            case Tag.TEXT, Tag.PLAIN -> putBytes(TEXT, row, slot, out);
            case Tag.JSON -> putBytes(JSON, row, slot, out);
            case Tag.WIDE -> {
                out.put(WIDE);
                out.putLong(row.highs[slot]);
                out.putLong(row.longs[slot]);
            }
            case Tag.OBJECT -> putObject(row.objects[slot], out);
            default -> throw new IllegalStateException("A slot that is only copied became part of a key.");
        }
    }

    private static void putLong(long value, GrowingBuffer out) {
        out.put(LONG);
        out.putLong(value);
    }

    private static void putDouble(double value, boolean isAny, GrowingBuffer out) {
        if (isAny && value == Math.rint(value) && Math.abs(value) < EXACT_LONG) {
            putLong((long) value, out);
        } else {
            out.put(DOUBLE);
            // Adding zero makes one zero of both.
            out.putLong(Double.doubleToLongBits(value + 0.0));
        }
    }

    private static void putBytes(byte kind, Row row, int slot, GrowingBuffer out) {
        byte[] bytes = row.bytes[slot];
        if (bytes == null) {
            throw new IllegalStateException("Slot " + slot + " has text but no bytes.");
        }
        out.put(kind);
        out.putSized(bytes, row.starts[slot], row.ends[slot]);
    }

    private static void putObject(@Nullable Object value, GrowingBuffer out) {
        switch (value) {
            case BigDecimal number -> {
                BigDecimal shortest = number.stripTrailingZeros();
                if (shortest.scale() <= 0 && shortest.precision() - shortest.scale() <= 18) {
                    putLong(shortest.longValueExact(), out);
                } else {
                    putText(DECIMAL, shortest.toString(), out);
                }
            }
            case byte[] bytes -> {
                out.put(BYTES);
                out.putSized(bytes, 0, bytes.length);
            }
            case null, default -> putText(JSON, JsonTree.text(value, Simple.ANY), out);
        }
    }

    private static void putText(byte kind, String text, GrowingBuffer out) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.put(kind);
        out.putSized(bytes, 0, bytes.length);
    }

    /** Fills a slot from the next value; text stays in the cursor's array. */
    public static void decode(ByteCursor in, Row row, int slot) {
        byte kind = in.get();
        switch (kind) {
            case NULL -> row.setNull(slot);
            case LONG -> row.setLong(slot, in.getLong());
            case DOUBLE -> row.setDouble(slot, Double.longBitsToDouble(in.getLong()));
            case FALSE -> row.setBoolean(slot, false);
            case TRUE -> row.setBoolean(slot, true);
            case TEXT, JSON -> {
                int from = in.skipSized();
                row.setBytes(slot, kind == TEXT ? Tag.TEXT : Tag.JSON, in.bytes(), from, in.position());
            }
            case WIDE -> {
                long high = in.getLong();
                row.setWide(slot, high, in.getLong());
            }
            case DECIMAL -> {
                int from = in.skipSized();
                row.setObject(slot, new BigDecimal(text(in, from)));
            }
            case BYTES -> {
                int from = in.skipSized();
                row.setObject(slot, Arrays.copyOfRange(in.bytes(), from, in.position()));
            }
            default -> throw new IllegalStateException("A stored key has the unknown kind " + kind + ".");
        }
    }

    private static String text(ByteCursor in, int from) {
        return new String(in.bytes(), from, in.position() - from, StandardCharsets.UTF_8);
    }
}
