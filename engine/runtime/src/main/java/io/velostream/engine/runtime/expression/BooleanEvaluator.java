package io.velostream.engine.runtime.expression;

import io.velostream.engine.runtime.row.Row;
import io.velostream.engine.runtime.row.Value;
import io.velostream.engine.sql.type.SqlType.Simple;
import org.jspecify.annotations.Nullable;

/** Yields a BOOLEAN of three values. */
public abstract non-sealed class BooleanEvaluator extends Evaluator {

    /** The result FALSE. */
    public static final int FALSE = 0;

    /** The result TRUE. */
    public static final int TRUE = 1;

    /** The result NULL. */
    public static final int UNKNOWN = 2;

    /** An evaluator of the type BOOLEAN. */
    protected BooleanEvaluator() {
        super(Simple.BOOLEAN);
    }

    /** {@link #FALSE}, {@link #TRUE} or {@link #UNKNOWN}. */
    public abstract int eval(Row row);

    /** The result for a truth value that is known. */
    static int of(boolean value) {
        return value ? TRUE : FALSE;
    }

    @Override
    public void store(Row row, Row target, int slot) {
        int value = eval(row);
        if (value == UNKNOWN) {
            target.setNull(slot);
        } else {
            target.setBoolean(slot, value == TRUE);
        }
    }

    @Override
    public void any(Row row, Value into) {
        int value = eval(row);
        if (value == UNKNOWN) {
            into.setNull();
        } else {
            into.setBoolean(value == TRUE);
        }
    }

    @Override
    public @Nullable Object object(Row row) {
        int value = eval(row);
        return value == UNKNOWN ? null : (Object) (value == TRUE);
    }
}
