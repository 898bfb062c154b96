package io.velostream.engine.format;

import io.velostream.engine.runtime.row.Row;
import io.velostream.engine.runtime.row.Tag;
import java.math.BigDecimal;

/**
 * A column of an undeclared source: a whole number is a BIGINT, or an exact DECIMAL beyond 64 bits, one with a point or
 * an exponent a DOUBLE; text stays text, whatever it looks like.
 */
final class AnyDecoder extends FieldDecoder {

    private final boolean computed;

    AnyDecoder(Field field) {
        super(field);
        this.computed = field.computed();
    }

    @Override
    boolean decodesEscapes() {
        return computed;
    }

    @Override
    void text(Row row, byte tag, byte[] buffer, int from, int to) {
        row.setBytes(slot(), tag, buffer, from, to);
    }

    @Override
    void number(Row row, JsonScanner scanner, int from, int to) {
        int slot = slot();
        row.setSource(slot, scanner.buffer, from, to);
        if (NumberToken.isLong(scanner)) {
            row.tags[slot] = Tag.LONG;
            row.longs[slot] = NumberToken.integer(scanner);
        } else if (!computed) {
            row.tags[slot] = Tag.NUMBER;
        } else if (scanner.fraction > 0 || scanner.exponent) {
            double value = NumberToken.toDouble(scanner, from, to);
            if (Double.isInfinite(value)) {
                throw mismatch("a number beyond the range of DOUBLE");
            }
            row.tags[slot] = Tag.DOUBLE;
            row.longs[slot] = Double.doubleToRawLongBits(value);
        } else {
            BigDecimal value = NumberToken.exact(scanner.buffer, from, to);
            if (value == null) {
                throw mismatch("a number of more digits than any type has");
            }
            row.tags[slot] = Tag.OBJECT;
            row.objects[slot] = value;
        }
    }

    @Override
    void bool(Row row, boolean value) {
        row.setBoolean(slot(), value);
    }

    @Override
    void structure(Row row, byte[] buffer, int from, int to) {
        row.setBytes(slot(), Tag.JSON, buffer, from, to);
    }
}
