package io.velostream.engine.runtime.expression;

import io.velostream.engine.runtime.row.Row;
import io.velostream.engine.runtime.row.Value;
import io.velostream.engine.sql.type.SqlType.Simple;
import org.jspecify.annotations.Nullable;

/** Yields a DOUBLE. */
public abstract non-sealed class DoubleEvaluator extends Evaluator {

    /** An evaluator of the type DOUBLE. */
    protected DoubleEvaluator() {
        super(Simple.DOUBLE);
    }

    /** The result; void when {@link Row#isNull} is set, which this always sets. */
    public abstract double eval(Row row);

    @Override
    public void store(Row row, Row target, int slot) {
        double value = eval(row);
        if (row.isNull) {
            target.setNull(slot);
        } else {
            target.setDouble(slot, value);
        }
    }

    @Override
    public void any(Row row, Value into) {
        double value = eval(row);
        if (row.isNull) {
            into.setNull();
        } else {
            into.setDouble(value);
        }
    }

    @Override
    public @Nullable Object object(Row row) {
        double value = eval(row);
        return row.isNull ? null : (Object) value;
    }
}
