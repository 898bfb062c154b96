package io.velostream.engine.runtime.expression;

import io.velostream.engine.runtime.row.Row;
import io.velostream.engine.runtime.row.Value;
import io.velostream.engine.sql.type.SqlType;
import org.jspecify.annotations.Nullable;

/** Yields an ARRAY, MAP, STRUCT or BYTES as an object. */
public abstract non-sealed class ObjectEvaluator extends Evaluator {

    /** An evaluator of the type. */
    protected ObjectEvaluator(SqlType type) {
        super(type);
    }

    @Override
    public void store(Row row, Row target, int slot) {
        Object value = object(row);
        if (value == null) {
            target.setNull(slot);
        } else {
            target.setObject(slot, value);
        }
    }

    @Override
    public void any(Row row, Value into) {
        into.setObject(object(row));
    }

    @Override
    public abstract @Nullable Object object(Row row);
}
