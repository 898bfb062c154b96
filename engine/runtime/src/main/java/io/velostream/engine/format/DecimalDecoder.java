package io.velostream.engine.format;

import io.velostream.engine.runtime.row.Decimals;
import io.velostream.engine.runtime.row.IntegerText;
import io.velostream.engine.runtime.row.Row;
import io.velostream.engine.sql.type.SqlType;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A DECIMAL column: any number, also in quotes. Digits beyond the scale are rounded half up; a number with more digits
 * before the point than the type has does not fit.
 */
final class DecimalDecoder extends FieldDecoder {

    private final SqlType.Decimal type;
    private final long limit;

    DecimalDecoder(Field field, SqlType.Decimal type) {
        super(field);
        this.type = type;
        this.limit = type.precision() <= 18 ? IntegerText.powerOfTen(type.precision()) : Long.MAX_VALUE;
    }

    @Override
    void text(Row row, byte tag, byte[] buffer, int from, int to) {
        exact(row, NumberToken.exact(new String(buffer, from, to - from, StandardCharsets.UTF_8)), "text");
    }

    @Override
    void number(Row row, JsonScanner scanner, int from, int to) {
        int missing = type.scale() - scanner.fraction;
        if (NumberToken.isShort(scanner) && missing >= 0 && missing <= 18 - scanner.digits) {
            long unscaled = scanner.mantissa * IntegerText.powerOfTen(missing);
            if (unscaled < limit) {
                int slot = slot();
                row.setLong(slot, scanner.negative ? -unscaled : unscaled);
                if (missing == 0) {
                    row.setSource(slot, scanner.buffer, from, to);
                }
                return;
            }
        }
        exact(row, NumberToken.exact(scanner.buffer, from, to), "a number too large for it");
    }

    private void exact(Row row, @Nullable BigDecimal value, String found) {
        if (value == null) {
            throw mismatch(found);
        }
        BigDecimal fitting = Decimals.fit(value, type);
        if (fitting == null) {
            throw mismatch("a number too large for it");
        }
        Decimals.store(fitting, row, slot());
    }
}
