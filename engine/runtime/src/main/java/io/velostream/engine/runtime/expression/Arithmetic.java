package io.velostream.engine.runtime.expression;

import io.velostream.engine.plan.expression.ArithmeticOperator;
import io.velostream.engine.runtime.row.Decimals;
import io.velostream.engine.runtime.row.Row;
import io.velostream.engine.runtime.row.Tag;
import io.velostream.engine.runtime.row.Value;
import io.velostream.engine.sql.type.SqlType;
import io.velostream.engine.sql.type.SqlType.Simple;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * {@code + - * / %}. Integers never wrap and nothing is ever divided by zero: both fail the record. {@code /} is
 * fractional on integers too; {@code %} takes the sign of the dividend; DECIMAL is exact, a quotient rounded half up to
 * the scale of its type.
 */
final class Arithmetic {

    private Arithmetic() {}

    static Evaluator of(ArithmeticOperator operator, Evaluator left, Evaluator right, SqlType type) {
        return switch (type) {
            case SqlType.Decimal decimal -> decimals(operator, left, right, decimal);
            case Simple simple ->
                switch (simple) {
                    case DOUBLE -> doubles(operator, Coerce.toDouble(left), Coerce.toDouble(right));
                    case ANY, NULL -> anything(operator, left, right);
                    default -> longs(operator, Coerce.toLong(left, type), Coerce.toLong(right, type), simple);
                };
            default -> throw new IllegalArgumentException("There is no arithmetic on " + type + ".");
        };
    }

    private static LongEvaluator longs(
            ArithmeticOperator operator, LongEvaluator left, LongEvaluator right, SqlType type) {
        return new LongEvaluator(type) {
            @Override
            public long eval(Row row) {
                long a = left.eval(row);
                if (row.isNull) {
                    return 0;
                }
                long b = right.eval(row);
                if (row.isNull) {
                    return 0;
                }
                return compute(operator, a, b);
            }
        };
    }

    private static long compute(ArithmeticOperator operator, long a, long b) {
        return switch (operator) {
            case ADD -> {
                long sum = a + b;
                if (((a ^ sum) & (b ^ sum)) < 0) {
                    throw Failures.overflow(Simple.BIGINT, "+");
                }
                yield sum;
            }
            case SUBTRACT -> {
                long difference = a - b;
                if (((a ^ b) & (a ^ difference)) < 0) {
                    throw Failures.overflow(Simple.BIGINT, "-");
                }
                yield difference;
            }
            case MULTIPLY -> {
                long product = a * b;
                if (Math.multiplyHigh(a, b) != product >> 63) {
                    throw Failures.overflow(Simple.BIGINT, "*");
                }
                yield product;
            }
            case MODULO -> {
                if (b == 0) {
                    throw Failures.divisionByZero("%");
                }
                yield a % b;
            }
            case DIVIDE -> {
                // Only where a dialect wants integers divided to integers.
                if (b == 0) {
                    throw Failures.divisionByZero("/");
                }
                if (a == Long.MIN_VALUE && b == -1) {
                    throw Failures.overflow(Simple.BIGINT, "/");
                }
                yield a / b;
            }
        };
    }

    private static DoubleEvaluator doubles(ArithmeticOperator operator, DoubleEvaluator left, DoubleEvaluator right) {
        return new DoubleEvaluator() {
            @Override
            public double eval(Row row) {
                double a = left.eval(row);
                if (row.isNull) {
                    return 0;
                }
                double b = right.eval(row);
                if (row.isNull) {
                    return 0;
                }
                return compute(operator, a, b);
            }
        };
    }

    private static double compute(ArithmeticOperator operator, double a, double b) {
        double result = switch (operator) {
            case ADD -> a + b;
            case SUBTRACT -> a - b;
            case MULTIPLY -> a * b;
            case DIVIDE -> {
                if (b == 0) {
                    throw Failures.divisionByZero("/");
                }
                yield a / b;
            }
            case MODULO -> {
                if (b == 0) {
                    throw Failures.divisionByZero("%");
                }
                yield a % b;
            }
        };
        if (!Double.isFinite(result)) {
            throw Failures.overflow(Simple.DOUBLE, operator.symbol());
        }
        return result;
    }

    private static DecimalEvaluator decimals(
            ArithmeticOperator operator, Evaluator left, Evaluator right, SqlType.Decimal type) {
        if (type.precision() <= ShortDecimalEvaluator.MAX_PRECISION
                && left instanceof ShortDecimalEvaluator a
                && right instanceof ShortDecimalEvaluator b) {
            DecimalEvaluator fast = ShortDecimalArithmetic.of(operator, a, b, type);
            if (fast != null) {
                return fast;
            }
        }
        DecimalEvaluator a = Coerce.toDecimal(left);
        DecimalEvaluator b = Coerce.toDecimal(right);
        return new DecimalEvaluator(type) {
            @Override
            public @Nullable BigDecimal eval(Row row) {
                BigDecimal x = a.eval(row);
                BigDecimal y = x == null ? null : b.eval(row);
                if (x == null || y == null) {
                    return null;
                }
                BigDecimal result = Decimals.fit(compute(operator, x, y, type.scale()), type);
                if (result == null) {
                    throw Failures.overflow(type, operator.symbol());
                }
                return result;
            }
        };
    }

    private static BigDecimal compute(ArithmeticOperator operator, BigDecimal a, BigDecimal b, int scale) {
        return switch (operator) {
            case ADD -> a.add(b);
            case SUBTRACT -> a.subtract(b);
            case MULTIPLY -> a.multiply(b);
            case DIVIDE -> {
                if (b.signum() == 0) {
                    throw Failures.divisionByZero("/");
                }
                yield a.divide(b, scale, RoundingMode.HALF_UP);
            }
            case MODULO -> {
                if (b.signum() == 0) {
                    throw Failures.divisionByZero("%");
                }
                yield a.remainder(b);
            }
        };
    }

    private static AnyEvaluator anything(ArithmeticOperator operator, Evaluator left, Evaluator right) {
        return new AnyEvaluator() {
            private final Value a = new Value();
            private final Value b = new Value();

            @Override
            public void any(Row row, Value into) {
                left.any(row, a);
                if (a.tag == Tag.NULL) {
                    into.setNull();
                    return;
                }
                right.any(row, b);
                if (b.tag == Tag.NULL) {
                    into.setNull();
                } else if (a.tag == Tag.LONG && b.tag == Tag.LONG && operator != ArithmeticOperator.DIVIDE) {
                    into.setLong(compute(operator, a.number, b.number));
                } else if (!Values.isNumber(a) || !Values.isNumber(b)) {
                    throw Failures.mismatch(
                            "a number on both sides of " + operator.symbol(), Values.name(Values.isNumber(a) ? b : a));
                } else if ((a.tag == Tag.OBJECT || b.tag == Tag.OBJECT) && a.tag != Tag.DOUBLE && b.tag != Tag.DOUBLE) {
                    into.setObject(exact(operator, Values.toDecimal(a), Values.toDecimal(b)));
                } else {
                    into.setDouble(compute(operator, Values.toDouble(a), Values.toDouble(b)));
                }
            }
        };
    }

    /** On decimals whose type is not planned: four more digits for a quotient, 38 digits at most. */
    private static BigDecimal exact(ArithmeticOperator operator, BigDecimal a, BigDecimal b) {
        int scale = Math.min(Math.max(a.scale(), b.scale()) + 4, 38);
        BigDecimal result = compute(operator, a, b, scale);
        if (result.precision() - result.scale() > 38) {
            throw Failures.overflow(new SqlType.Decimal(38, 0), operator.symbol());
        }
        return result.round(new MathContext(38, RoundingMode.HALF_UP));
    }

    static Evaluator negate(Evaluator operand, SqlType type) {
        return switch (operand) {
            case LongEvaluator number ->
                new LongEvaluator(type) {
                    @Override
                    public long eval(Row row) {
                        long value = number.eval(row);
                        if (value == Long.MIN_VALUE && !row.isNull) {
                            throw Failures.overflow(Simple.BIGINT, "-");
                        }
                        return -value;
                    }
                };
            case DoubleEvaluator number ->
                new DoubleEvaluator() {
                    @Override
                    public double eval(Row row) {
                        return -number.eval(row);
                    }
                };
            case DecimalEvaluator number ->
                new DecimalEvaluator(number.decimal()) {
                    @Override
                    public @Nullable BigDecimal eval(Row row) {
                        BigDecimal value = number.eval(row);
                        return value == null ? null : value.negate();
                    }
                };
            default -> anything(ArithmeticOperator.SUBTRACT, new Constants.LongConstant(0, Simple.BIGINT), operand);
        };
    }
}
