package io.velostream.engine.runtime.expression;

import io.velostream.engine.runtime.row.Row;
import io.velostream.engine.runtime.row.Value;
import io.velostream.engine.sql.type.SqlType;
import org.jspecify.annotations.Nullable;

/**
 * A compiled expression. Which of its kinds it is follows from the expression's type; the methods here serve where the
 * kind does not matter. An evaluator may own registers: it belongs to one thread.
 *
 * <p>All of them throw {@link io.velostream.engine.runtime.operator.RecordFailure} for a record that has no result.
 */
public abstract sealed class Evaluator
        permits LongEvaluator,
                DoubleEvaluator,
                DecimalEvaluator,
                BooleanEvaluator,
                TextEvaluator,
                ObjectEvaluator,
                AnyEvaluator {

    private final SqlType type;

    Evaluator(SqlType type) {
        this.type = type;
    }

    /** The type of the result. */
    public final SqlType type() {
        return type;
    }

    /** Evaluates into a slot, which may be of the same row. */
    public abstract void store(Row row, Row target, int slot);

    /** Evaluates into a value of any kind. */
    public abstract void any(Row row, Value into);

    /** Evaluates to an object as {@link SqlType} describes it; this allocates. */
    public abstract @Nullable Object object(Row row);
}
