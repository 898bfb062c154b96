package io.velostream.engine.runtime.operator;

import io.velostream.engine.plan.expression.Expression;
import io.velostream.engine.plan.physical.SubqueryTest;
import io.velostream.engine.runtime.expression.BooleanEvaluator;
import io.velostream.engine.runtime.expression.Evaluator;
import io.velostream.engine.runtime.expression.ExpressionCompiler;
import io.velostream.engine.runtime.row.Origin;
import io.velostream.engine.runtime.row.Row;
import java.util.function.UnaryOperator;

/** What a subquery makes of its rows, by the rules of NULL of the standard. */
abstract class SubqueryAnswer {

    /**
     * For a test.
     *
     * @param real gives the expressions the slots of the row that is taken
     */
    static SubqueryAnswer of(SubqueryTest test, UnaryOperator<Expression> real) {
        return switch (test) {
            case SubqueryTest.Exists _ -> new Exists();
            case SubqueryTest.Scalar scalar -> new Scalar(ExpressionCompiler.compile(real.apply(scalar.value())));
            case SubqueryTest.Compare compare ->
                new Compare(
                        ExpressionCompiler.predicate(new Expression.Comparison(
                                compare.operator(), real.apply(compare.operand()), real.apply(compare.value()))),
                        compare.all());
        };
    }

    /** Begins with no row. */
    abstract void begin();

    /** Takes a row; tells whether another could change the answer. */
    abstract boolean take(Row row);

    /** Puts the answer into a slot. */
    abstract void end(Row target, int slot);

    static void store(int result, Row target, int slot) {
        if (result == BooleanEvaluator.UNKNOWN) {
            target.setNull(slot);
        } else {
            target.setBoolean(slot, result == BooleanEvaluator.TRUE);
        }
    }

    private static final class Exists extends SubqueryAnswer {
        private boolean found;

        @Override
        void begin() {
            found = false;
        }

        @Override
        boolean take(Row row) {
            found = true;
            return false;
        }

        @Override
        void end(Row target, int slot) {
            target.setBoolean(slot, found);
        }
    }

    private static final class Scalar extends SubqueryAnswer {
        private final Evaluator value;
        private final Row result = new Row(1, new Origin());
        private boolean found;

        Scalar(Evaluator value) {
            this.value = value;
        }

        @Override
        void begin() {
            found = false;
        }

        @Override
        boolean take(Row row) {
            if (found) {
                throw new RecordFailure(
                        "SUBQUERY_ROWS",
                        "A subquery whose value is used gives more than one row; make it one with an aggregate or a"
                                + " stricter WHERE.");
            }
            found = true;
            value.store(row, result, 0);
            return true;
        }

        @Override
        void end(Row target, int slot) {
            if (found) {
                target.copy(result, 0, slot);
            } else {
                target.setNull(slot);
            }
        }
    }

    private static final class Compare extends SubqueryAnswer {
        private final BooleanEvaluator comparison;
        private final boolean all;
        private int result;

        Compare(BooleanEvaluator comparison, boolean all) {
            this.comparison = comparison;
            this.all = all;
        }

        @Override
        void begin() {
            result = all ? BooleanEvaluator.TRUE : BooleanEvaluator.FALSE;
        }

        @Override
        boolean take(Row row) {
            int one = comparison.eval(row);
            int decisive = all ? BooleanEvaluator.FALSE : BooleanEvaluator.TRUE;
            if (one == decisive) {
                result = decisive;
                return false;
            }
            if (one == BooleanEvaluator.UNKNOWN) {
                result = BooleanEvaluator.UNKNOWN;
            }
            return true;
        }

        @Override
        void end(Row target, int slot) {
            store(result, target, slot);
        }
    }
}
