package io.velostream.engine.runtime.expression;

import io.velostream.engine.plan.expression.ComparisonOperator;
import io.velostream.engine.runtime.row.Row;
import io.velostream.engine.runtime.row.Slice;
import io.velostream.engine.runtime.row.Tag;
import io.velostream.engine.runtime.row.Value;
import io.velostream.engine.sql.type.SqlType.Simple;
import java.math.BigDecimal;
import java.util.Objects;

/**
 * {@code = <> < <= > >=}: NULL with a NULL on a side. Text is ordered by code points, numbers by their exact values,
 * FALSE before TRUE. An operator is held as a mask of the orders that satisfy it, so one class serves all six.
 */
final class Comparisons {

    private static final int LESS = 1;
    private static final int SAME = 2;
    private static final int GREATER = 4;

    private Comparisons() {}

    static BooleanEvaluator of(ComparisonOperator operator, Evaluator left, Evaluator right) {
        int mask = mask(operator);
        if (left instanceof Constants.NullConstant || right instanceof Constants.NullConstant) {
            return unknown();
        }
        if (left instanceof AnyEvaluator || right instanceof AnyEvaluator) {
            return any(mask, left, right);
        }
        return switch (left) {
            case LongEvaluator a when right instanceof Constants.LongConstant b -> longs(mask, a, b.value);
            case LongEvaluator a when right instanceof LongEvaluator b -> longs(mask, a, b);
            case TextEvaluator a -> text(mask, a, Coerce.toText(right));
            case BooleanEvaluator a -> booleans(mask, a, Coerce.toBoolean(right));
            case ObjectEvaluator a -> objects(operator, a, right);
            case DoubleEvaluator a -> doubles(mask, a, Coerce.toDouble(right));
            default ->
                right instanceof DoubleEvaluator b
                        ? doubles(mask, Coerce.toDouble(left), b)
                        : decimals(mask, left, right);
        };
    }

    private static int mask(ComparisonOperator operator) {
        return switch (operator) {
            case EQUAL -> SAME;
            case NOT_EQUAL -> LESS | GREATER;
            case LESS -> LESS;
            case LESS_OR_EQUAL -> LESS | SAME;
            case GREATER -> GREATER;
            case GREATER_OR_EQUAL -> GREATER | SAME;
        };
    }

    /** TRUE or FALSE for an order below, at or above zero. */
    private static int test(int mask, int order) {
        return (mask >> (Integer.signum(order) + 1)) & 1;
    }

    private static BooleanEvaluator unknown() {
        return new BooleanEvaluator() {
            @Override
            public int eval(Row row) {
                return UNKNOWN;
            }
        };
    }

    private static BooleanEvaluator longs(int mask, LongEvaluator left, long constant) {
        return new BooleanEvaluator() {
            @Override
            public int eval(Row row) {
                long a = left.eval(row);
                return row.isNull ? UNKNOWN : test(mask, Long.compare(a, constant));
            }
        };
    }

    private static BooleanEvaluator longs(int mask, LongEvaluator left, LongEvaluator right) {
        return new BooleanEvaluator() {
            @Override
            public int eval(Row row) {
                long a = left.eval(row);
                if (row.isNull) {
                    return UNKNOWN;
                }
                long b = right.eval(row);
                return row.isNull ? UNKNOWN : test(mask, Long.compare(a, b));
            }
        };
    }

    private static BooleanEvaluator doubles(int mask, DoubleEvaluator left, DoubleEvaluator right) {
        return new BooleanEvaluator() {
            @Override
            public int eval(Row row) {
                // Adding zero makes one zero of both, which Double.compare would order.
                double a = left.eval(row) + 0.0;
                if (row.isNull) {
                    return UNKNOWN;
                }
                double b = right.eval(row) + 0.0;
                return row.isNull ? UNKNOWN : test(mask, Double.compare(a, b));
            }
        };
    }

    private static BooleanEvaluator decimals(int mask, Evaluator left, Evaluator right) {
        if (left instanceof ShortDecimalEvaluator a
                && right instanceof ShortDecimalEvaluator b
                && a.decimal().scale() == b.decimal().scale()) {
            return shortDecimals(mask, a, b);
        }
        DecimalEvaluator a = Coerce.toDecimal(left);
        DecimalEvaluator b = Coerce.toDecimal(right);
        return new BooleanEvaluator() {
            @Override
            public int eval(Row row) {
                BigDecimal x = a.eval(row);
                BigDecimal y = x == null ? null : b.eval(row);
                return x == null || y == null ? UNKNOWN : test(mask, x.compareTo(y));
            }
        };
    }

    private static BooleanEvaluator shortDecimals(int mask, ShortDecimalEvaluator left, ShortDecimalEvaluator right) {
        return new BooleanEvaluator() {
            @Override
            public int eval(Row row) {
                long a = left.unscaled(row);
                if (row.isNull) {
                    return UNKNOWN;
                }
                long b = right.unscaled(row);
                return row.isNull ? UNKNOWN : test(mask, Long.compare(a, b));
            }
        };
    }

    private static BooleanEvaluator text(int mask, TextEvaluator left, TextEvaluator right) {
        return new BooleanEvaluator() {
            private final Slice a = new Slice();
            private final Slice b = new Slice();

            @Override
            public int eval(Row row) {
                if (!left.eval(row, a) || !right.eval(row, b)) {
                    return UNKNOWN;
                }
                return test(mask, a.compareTo(b));
            }
        };
    }

    private static BooleanEvaluator booleans(int mask, BooleanEvaluator left, BooleanEvaluator right) {
        return new BooleanEvaluator() {
            @Override
            public int eval(Row row) {
                int a = left.eval(row);
                if (a == UNKNOWN) {
                    return UNKNOWN;
                }
                int b = right.eval(row);
                return b == UNKNOWN ? UNKNOWN : test(mask, a - b);
            }
        };
    }

    private static BooleanEvaluator objects(ComparisonOperator operator, ObjectEvaluator left, Evaluator right) {
        boolean wanted = operator == ComparisonOperator.EQUAL;
        if (!wanted && operator != ComparisonOperator.NOT_EQUAL) {
            throw new IllegalArgumentException(left.type() + " has no order, only = and <>.");
        }
        return new BooleanEvaluator() {
            @Override
            public int eval(Row row) {
                Object a = left.object(row);
                Object b = a == null ? null : right.object(row);
                return a == null || b == null ? UNKNOWN : of(Objects.deepEquals(a, b) == wanted);
            }
        };
    }

    private static BooleanEvaluator any(int mask, Evaluator left, Evaluator right) {
        if (left instanceof Slots.AnySlot slot
                && right instanceof Constants.LongConstant constant
                && constant.type() == Simple.BIGINT) {
            return slotWithLong(mask, slot.slot, constant.value);
        }
        if (left instanceof Slots.AnySlot slot && right instanceof Constants.TextConstant constant) {
            return slotWithText(mask, slot.slot, constant.value);
        }
        return new BooleanEvaluator() {
            private final Value a = new Value();
            private final Value b = new Value();

            @Override
            public int eval(Row row) {
                left.any(row, a);
                if (a.tag == Tag.NULL) {
                    return UNKNOWN;
                }
                right.any(row, b);
                return b.tag == Tag.NULL ? UNKNOWN : compare(mask, a, b);
            }
        };
    }

    private static int compare(int mask, Value a, Value b) {
        if (mask == SAME || mask == (LESS | GREATER)) {
            return BooleanEvaluator.of(Values.equal(a, b) == (mask == SAME));
        }
        return test(mask, Values.compare(a, b));
    }

    /** The commonest predicate on an undeclared source: {@code amount > 100}. */
    private static BooleanEvaluator slotWithLong(int mask, int slot, long constant) {
        return new BooleanEvaluator() {
            private final Value a = new Value();
            private final Value b = new Value();

            @Override
            public int eval(Row row) {
                byte tag = row.tags[slot];
                if (tag == Tag.LONG) {
                    return test(mask, Long.compare(row.longs[slot], constant));
                }
                if (tag == Tag.DOUBLE) {
                    return test(mask, -Values.compare(constant, row.doubleAt(slot)));
                }
                if (tag == Tag.NULL) {
                    return UNKNOWN;
                }
                a.load(row, slot);
                b.setLong(constant);
                return compare(mask, a, b);
            }
        };
    }

    private static BooleanEvaluator slotWithText(int mask, int slot, Slice constant) {
        return new BooleanEvaluator() {
            private final Slice text = new Slice();
            private final Value a = new Value();
            private final Value b = new Value();

            @Override
            public int eval(Row row) {
                byte tag = row.tags[slot];
                if (Tag.isText(tag)) {
                    row.slice(slot, text);
                    return test(mask, text.compareTo(constant));
                }
                if (tag == Tag.NULL) {
                    return UNKNOWN;
                }
                a.load(row, slot);
                b.setText(constant);
                return compare(mask, a, b);
            }
        };
    }
}
