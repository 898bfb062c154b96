package io.velostream.engine.runtime.operator;

import io.velostream.engine.plan.expression.Expression;
import io.velostream.engine.plan.physical.SubqueryTest;
import io.velostream.engine.runtime.expression.BooleanEvaluator;
import io.velostream.engine.runtime.expression.Evaluator;
import io.velostream.engine.runtime.expression.ExpressionCompiler;
import io.velostream.engine.runtime.row.Origin;
import io.velostream.engine.runtime.row.Row;
import io.velostream.engine.sql.type.SqlType;
import io.velostream.engine.sql.type.SqlType.Simple;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * {@code x > ANY (SELECT y …)} and its kin where nothing inside depends on the row outside: only the least or the largest y
 * decides, so it is found once for each version of the table.
 *
 * <p>Example: {@code x > ANY} is true where x is larger than the least y. Else it is unknown where x or some y is NULL, and
 * false otherwise. {@code x > ALL} is false where x is not larger than the largest y.
 */
final class ExtremeComparison {

    /** Numbers lie in the row itself, while a text would have to be copied out of the table. */
    private static final Set<SqlType> PLAIN =
            Set.of(Simple.BIGINT, Simple.DOUBLE, Simple.TIMESTAMP, Simple.DATE, Simple.TIME);

    private static final int EXTREME = 0;
    private static final int CANDIDATE = 1;

    private final Evaluator value;
    private final BooleanEvaluator isFurther;
    private final BooleanEvaluator comparison;
    private final boolean all;
    private final int slot;
    private final Row values = new Row(2, new Origin());
    private boolean found;
    private boolean hasNull;

    /**
     * @param real gives expressions the slots of the row outside and the row inside behind it
     * @param slot of that row that is free for the extreme
     */
    ExtremeComparison(SubqueryTest.Compare test, UnaryOperator<Expression> real, int slot) {
        SqlType type = test.value().type();
        Expression extreme = new Expression.Slot(EXTREME, "extreme", type);
        Expression candidate = new Expression.Slot(CANDIDATE, "candidate", type);
        this.value = ExpressionCompiler.compile(real.apply(test.value()));
        this.isFurther = ExpressionCompiler.predicate(
                test.all()
                        ? new Expression.Comparison(test.operator(), candidate, extreme)
                        : new Expression.Comparison(test.operator(), extreme, candidate));
        this.comparison = ExpressionCompiler.predicate(new Expression.Comparison(
                test.operator(), real.apply(test.operand()), new Expression.Slot(slot, "extreme", type)));
        this.all = test.all();
        this.slot = slot;
    }

    /** Whether an extreme decides a test. */
    static boolean decides(SubqueryTest.Compare test) {
        boolean ordered = switch (test.operator()) {
            case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> true;
            case EQUAL, NOT_EQUAL -> false;
        };
        return ordered
                && PLAIN.contains(test.value().type())
                && PLAIN.contains(test.operand().type());
    }

    /** Begins with no row. */
    void begin() {
        found = false;
        hasNull = false;
    }

    /** Takes a row of the table. */
    void take(Row row) {
        value.store(row, values, CANDIDATE);
        if (values.isNull(CANDIDATE)) {
            hasNull = true;
        } else if (!found || isFurther.eval(values) == BooleanEvaluator.TRUE) {
            values.copy(values, CANDIDATE, EXTREME);
            found = true;
        }
    }

    /** Compares a row outside with all that were taken. */
    int answer(Row row) {
        if (!found) {
            return hasNull ? BooleanEvaluator.UNKNOWN : all ? BooleanEvaluator.TRUE : BooleanEvaluator.FALSE;
        }
        row.copy(values, EXTREME, slot);
        int result = comparison.eval(row);
        int decisive = all ? BooleanEvaluator.FALSE : BooleanEvaluator.TRUE;
        return result == decisive || !hasNull ? result : BooleanEvaluator.UNKNOWN;
    }
}
