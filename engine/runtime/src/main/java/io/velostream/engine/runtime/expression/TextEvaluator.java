package io.velostream.engine.runtime.expression;

import io.velostream.engine.runtime.row.Row;
import io.velostream.engine.runtime.row.Slice;
import io.velostream.engine.runtime.row.Value;
import io.velostream.engine.sql.type.SqlType.Simple;
import org.jspecify.annotations.Nullable;

/** Yields a STRING as UTF-8 bytes, which stay until this evaluator is asked again or the row is filled again. */
public abstract non-sealed class TextEvaluator extends Evaluator {

    private final Slice result = new Slice();

    /** An evaluator of the type STRING. */
    protected TextEvaluator() {
        super(Simple.STRING);
    }

    /** Points the slice to the result; false for NULL, when the slice is void. */
    public abstract boolean eval(Row row, Slice into);

    @Override
    public void store(Row row, Row target, int slot) {
        if (eval(row, result)) {
            target.setText(slot, result);
        } else {
            target.setNull(slot);
        }
    }

    @Override
    public void any(Row row, Value into) {
        if (eval(row, result)) {
            into.setText(result);
        } else {
            into.setNull();
        }
    }

    @Override
    public @Nullable Object object(Row row) {
        return eval(row, result) ? result.toString() : null;
    }
}
