package io.velostream.engine.runtime.expression;

import io.velostream.engine.runtime.row.Row;
import io.velostream.engine.sql.type.SqlType;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Yields a DECIMAL of at most 18 digits, which needs no object. */
public abstract class ShortDecimalEvaluator extends DecimalEvaluator {

    /** Digits that always fit 64 bits. */
    public static final int MAX_PRECISION = 18;

    private final int scale;

    /** An evaluator of the type. */
    protected ShortDecimalEvaluator(SqlType.Decimal type) {
        super(type);
        this.scale = type.scale();
    }

    /** The unscaled result; void when {@link Row#isNull} is set, which this always sets. */
    public abstract long unscaled(Row row);

    @Override
    public final @Nullable BigDecimal eval(Row row) {
        long value = unscaled(row);
        return row.isNull ? null : BigDecimal.valueOf(value, scale);
    }

    @Override
    public final void store(Row row, Row target, int slot) {
        long value = unscaled(row);
        if (row.isNull) {
            target.setNull(slot);
        } else {
            target.setLong(slot, value);
        }
    }
}
