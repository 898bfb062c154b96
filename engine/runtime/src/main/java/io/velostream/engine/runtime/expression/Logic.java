package io.velostream.engine.runtime.expression;

import io.velostream.engine.plan.expression.ComparisonOperator;
import io.velostream.engine.runtime.row.Row;
import io.velostream.engine.runtime.row.Slice;
import io.velostream.engine.runtime.row.Tag;
import io.velostream.engine.runtime.row.Value;
import java.util.List;

/** The connectives of three-valued logic, evaluated from left to right and no further than needed. */
final class Logic {

    private Logic() {}

    static BooleanEvaluator and(List<BooleanEvaluator> operands) {
        return connect(operands, BooleanEvaluator.FALSE);
    }

    static BooleanEvaluator or(List<BooleanEvaluator> operands) {
        return connect(operands, BooleanEvaluator.TRUE);
    }

    /** One operand of the dominant value decides; else one that is unknown makes the result unknown. */
    private static BooleanEvaluator connect(List<BooleanEvaluator> list, int dominant) {
        BooleanEvaluator[] operands = list.toArray(BooleanEvaluator[]::new);
        return new BooleanEvaluator() {
            @Override
            public int eval(Row row) {
                int result = 1 - dominant;
                for (BooleanEvaluator operand : operands) {
                    int value = operand.eval(row);
                    if (value == dominant) {
                        return dominant;
                    }
                    if (value == UNKNOWN) {
                        result = UNKNOWN;
                    }
                }
                return result;
            }
        };
    }

    static BooleanEvaluator not(BooleanEvaluator operand) {
        return new BooleanEvaluator() {
            @Override
            public int eval(Row row) {
                int value = operand.eval(row);
                return value == UNKNOWN ? UNKNOWN : 1 - value;
            }
        };
    }

    static BooleanEvaluator isNull(Evaluator operand) {
        return switch (operand) {
            case LongEvaluator number ->
                new BooleanEvaluator() {
                    @Override
                    public int eval(Row row) {
                        number.eval(row);
                        return of(row.isNull);
                    }
                };
            case DoubleEvaluator number ->
                new BooleanEvaluator() {
                    @Override
                    public int eval(Row row) {
                        number.eval(row);
                        return of(row.isNull);
                    }
                };
            case BooleanEvaluator truth ->
                new BooleanEvaluator() {
                    @Override
                    public int eval(Row row) {
                        return of(truth.eval(row) == UNKNOWN);
                    }
                };
            case TextEvaluator text ->
                new BooleanEvaluator() {
                    private final Slice slice = new Slice();

                    @Override
                    public int eval(Row row) {
                        return of(!text.eval(row, slice));
                    }
                };
            case AnyEvaluator any ->
                new BooleanEvaluator() {
                    private final Value value = new Value();

                    @Override
                    public int eval(Row row) {
                        any.any(row, value);
                        return of(value.tag == Tag.NULL);
                    }
                };
            default ->
                new BooleanEvaluator() {
                    @Override
                    public int eval(Row row) {
                        return of(operand.object(row) == null);
                    }
                };
        };
    }

    /** {@code x IN (…)}: TRUE if one is equal, else NULL if one is NULL. The operand is evaluated once for each. */
    static BooleanEvaluator in(Evaluator operand, List<Evaluator> candidates) {
        return or(candidates.stream()
                .map(candidate -> Comparisons.of(ComparisonOperator.EQUAL, operand, candidate))
                .toList());
    }
}
