package io.velostream.engine.runtime.expression;

import io.velostream.engine.runtime.row.Decimals;
import io.velostream.engine.runtime.row.Row;
import io.velostream.engine.runtime.row.Value;
import io.velostream.engine.sql.type.SqlType;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Yields a DECIMAL of exactly its type's scale. */
public abstract non-sealed class DecimalEvaluator extends Evaluator {

    /** An evaluator of the type. */
    protected DecimalEvaluator(SqlType.Decimal type) {
        super(type);
    }

    /** The type of the result. */
    public final SqlType.Decimal decimal() {
        return (SqlType.Decimal) type();
    }

    /** The result, null for NULL. */
    public abstract @Nullable BigDecimal eval(Row row);

    @Override
    public void store(Row row, Row target, int slot) {
        BigDecimal value = eval(row);
        if (value == null) {
            target.setNull(slot);
        } else {
            Decimals.store(value, target, slot);
        }
    }

    @Override
    public void any(Row row, Value into) {
        into.setObject(eval(row));
    }

    @Override
    public @Nullable Object object(Row row) {
        return eval(row);
    }
}
