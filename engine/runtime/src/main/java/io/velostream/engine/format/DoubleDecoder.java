package io.velostream.engine.format;

import io.velostream.engine.runtime.row.Row;
import io.velostream.engine.runtime.row.Tag;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/** A DOUBLE column: any number, also in quotes. */
final class DoubleDecoder extends FieldDecoder {

    private final boolean computed;

    DoubleDecoder(Field field) {
        super(field);
        this.computed = field.computed();
    }

    @Override
    void text(Row row, byte tag, byte[] buffer, int from, int to) {
        BigDecimal value = NumberToken.exact(new String(buffer, from, to - from, StandardCharsets.UTF_8));
        if (value == null) {
            throw mismatch("text");
        }
        row.setDouble(slot(), value.doubleValue());
    }

    @Override
    void number(Row row, JsonScanner scanner, int from, int to) {
        int slot = slot();
        row.setSource(slot, scanner.buffer, from, to);
        if (!computed) {
            row.tags[slot] = Tag.NUMBER;
            return;
        }
        double value = NumberToken.toDouble(scanner, from, to);
        if (Double.isInfinite(value)) {
            throw mismatch("a number beyond its range");
        }
        row.tags[slot] = Tag.DOUBLE;
        row.longs[slot] = Double.doubleToRawLongBits(value);
    }
}
