package io.velostream.engine.format;

import io.velostream.engine.runtime.row.Row;
import io.velostream.engine.runtime.row.Tag;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A BIGINT column: a whole number, also as {@code 5.0}, {@code 1e3} or in quotes. */
final class BigintDecoder extends FieldDecoder {

    BigintDecoder(Field field) {
        super(field);
    }

    @Override
    void text(Row row, byte tag, byte[] buffer, int from, int to) {
        row.setLong(
                slot(), exact(NumberToken.exact(new String(buffer, from, to - from, StandardCharsets.UTF_8)), "text"));
    }

    @Override
    void number(Row row, JsonScanner scanner, int from, int to) {
        int slot = slot();
        if (NumberToken.isLong(scanner)) {
            row.tags[slot] = Tag.LONG;
            row.longs[slot] = NumberToken.integer(scanner);
            row.setSource(slot, scanner.buffer, from, to);
        } else {
            row.setLong(slot, exact(NumberToken.exact(scanner.buffer, from, to), "a number that is no BIGINT"));
        }
    }

    private long exact(@Nullable BigDecimal value, String found) {
        if (value == null) {
            throw mismatch(found);
        }
        try {
            return value.longValueExact();
        } catch (ArithmeticException fractionOrOverflow) {
            throw mismatch("a number that is no BIGINT");
        }
    }
}
