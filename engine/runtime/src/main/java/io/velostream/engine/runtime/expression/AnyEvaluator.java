package io.velostream.engine.runtime.expression;

import io.velostream.engine.runtime.row.Row;
import io.velostream.engine.runtime.row.Value;
import io.velostream.engine.sql.type.SqlType.Simple;
import org.jspecify.annotations.Nullable;

/** Yields a value that carries its own type. */
public abstract non-sealed class AnyEvaluator extends Evaluator {

    private final Value result = new Value();

    /** An evaluator of the type ANY. */
    protected AnyEvaluator() {
        super(Simple.ANY);
    }

    @Override
    public void store(Row row, Row target, int slot) {
        any(row, result);
        result.store(target, slot);
    }

    @Override
    public abstract void any(Row row, Value into);

    @Override
    public @Nullable Object object(Row row) {
        any(row, result);
        return Values.object(result);
    }
}
