package io.velostream.engine.runtime.expression;

import io.velostream.engine.runtime.row.Row;
import io.velostream.engine.runtime.row.Value;
import io.velostream.engine.sql.type.SqlType;
import org.jspecify.annotations.Nullable;

/** Yields a number of 64 bits: BIGINT, TIMESTAMP, DATE, TIME, INTERVAL. */
public abstract non-sealed class LongEvaluator extends Evaluator {

    /** An evaluator of the type. */
    protected LongEvaluator(SqlType type) {
        super(type);
    }

    /** The result; void when {@link Row#isNull} is set, which this always sets. */
    public abstract long eval(Row row);

    @Override
    public void store(Row row, Row target, int slot) {
        long value = eval(row);
        if (row.isNull) {
            target.setNull(slot);
        } else {
            target.setLong(slot, value);
        }
    }

    @Override
    public void any(Row row, Value into) {
        long value = eval(row);
        if (row.isNull) {
            into.setNull();
        } else {
            into.setLong(value);
        }
    }

    @Override
    public @Nullable Object object(Row row) {
        long value = eval(row);
        return row.isNull ? null : (Object) value;
    }
}
