package io.velostream.engine.runtime.row;

import io.velostream.engine.sql.type.SqlType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** How DECIMAL values lie in slots: the unscaled value in 64 bits, or in 128 where it does not fit. */
public final class Decimals {

    private Decimals() {}

    /** The value with exactly the type's scale, rounded half up; null when it has more digits than the type. */
    public static @Nullable BigDecimal fit(BigDecimal value, SqlType.Decimal type) {
        // Before scaling: a huge exponent would make a huge number.
        if ((long) value.precision() - value.scale() > type.precision() - type.scale() + 1L && value.signum() != 0) {
            return null;
        }
        BigDecimal scaled = value.setScale(type.scale(), RoundingMode.HALF_UP);
        return scaled.precision() > type.precision() && scaled.signum() != 0 ? null : scaled;
    }

    /** Stores a value of the slot's scale. */
    public static void store(BigDecimal value, Row row, int slot) {
        BigInteger unscaled = value.unscaledValue();
        if (unscaled.bitLength() < 64) {
            row.setLong(slot, unscaled.longValue());
        } else {
            row.setWide(slot, Wide.high(unscaled), unscaled.longValue());
        }
    }

    /** The value of a slot that is not NULL. */
    public static BigDecimal load(Row row, int slot, int scale) {
        return row.tags[slot] == Tag.WIDE
                ? Wide.toBigDecimal(row.highs[slot], row.longs[slot], scale)
                : BigDecimal.valueOf(row.longs[slot], scale);
    }
}
