package io.velostream.engine.runtime.expression;

import io.velostream.engine.runtime.row.Decimals;
import io.velostream.engine.runtime.row.Row;
import io.velostream.engine.runtime.row.Slice;
import io.velostream.engine.runtime.row.Tag;
import io.velostream.engine.runtime.row.Value;
import io.velostream.engine.sql.type.SqlType;
import io.velostream.engine.sql.type.SqlType.Simple;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Gives an operand the kind that an operator works on: numbers are widened, a value of type ANY must be of that kind at
 * run time. The plan has all other conversions as casts.
 */
final class Coerce {

    private Coerce() {}

    /** As a number of 64 bits of the type. */
    static LongEvaluator toLong(Evaluator operand, SqlType type) {
        return switch (operand) {
            case LongEvaluator same -> same;
            case AnyEvaluator any ->
                new LongEvaluator(type) {
                    private final Value value = new Value();

                    @Override
                    public long eval(Row row) {
                        any.any(row, value);
                        row.isNull = value.tag == Tag.NULL;
                        if (value.tag != Tag.LONG && value.tag != Tag.NULL) {
                            throw Failures.mismatch(type.toString(), Values.name(value));
                        }
                        return value.number;
                    }
                };
            default -> throw unplanned(operand, type);
        };
    }

    /** As a double. */
    static DoubleEvaluator toDouble(Evaluator operand) {
        return switch (operand) {
            case DoubleEvaluator same -> same;
            case LongEvaluator number ->
                new DoubleEvaluator() {
                    @Override
                    public double eval(Row row) {
                        return number.eval(row);
                    }
                };
            case DecimalEvaluator number ->
                new DoubleEvaluator() {
                    @Override
                    public double eval(Row row) {
                        BigDecimal value = number.eval(row);
                        row.isNull = value == null;
                        return value == null ? 0 : value.doubleValue();
                    }
                };
            case AnyEvaluator any ->
                new DoubleEvaluator() {
                    private final Value value = new Value();

                    @Override
                    public double eval(Row row) {
                        any.any(row, value);
                        row.isNull = value.tag == Tag.NULL;
                        return value.tag == Tag.NULL ? 0 : Values.toDouble(value);
                    }
                };
            default -> throw unplanned(operand, Simple.DOUBLE);
        };
    }

    /** As a decimal of whatever scale the operand has. */
    static DecimalEvaluator toDecimal(Evaluator operand) {
        return switch (operand) {
            case DecimalEvaluator same -> same;
            case LongEvaluator number ->
                new DecimalEvaluator(new SqlType.Decimal(19, 0)) {
                    @Override
                    public @Nullable BigDecimal eval(Row row) {
                        long value = number.eval(row);
                        return row.isNull ? null : BigDecimal.valueOf(value);
                    }
                };
            case AnyEvaluator any ->
                new DecimalEvaluator(new SqlType.Decimal(38, 10)) {
                    private final Value value = new Value();

                    @Override
                    public @Nullable BigDecimal eval(Row row) {
                        any.any(row, value);
                        return value.tag == Tag.NULL ? null : Values.toDecimal(value);
                    }
                };
            default -> throw unplanned(operand, new SqlType.Decimal(38, 0));
        };
    }

    /** As a decimal of exactly the type. */
    static DecimalEvaluator toDecimal(Evaluator operand, SqlType.Decimal type) {
        DecimalEvaluator number = toDecimal(operand);
        if (operand instanceof DecimalEvaluator && number.decimal().equals(type)) {
            return number;
        }
        return new DecimalEvaluator(type) {
            @Override
            public @Nullable BigDecimal eval(Row row) {
                BigDecimal value = number.eval(row);
                if (value == null) {
                    return null;
                }
                BigDecimal fitting = Decimals.fit(value, type);
                if (fitting == null) {
                    throw Failures.overflow(type, "a conversion");
                }
                return fitting;
            }
        };
    }

    /** As a truth value. */
    static BooleanEvaluator toBoolean(Evaluator operand) {
        return switch (operand) {
            case BooleanEvaluator same -> same;
            case AnyEvaluator any ->
                new BooleanEvaluator() {
                    private final Value value = new Value();

                    @Override
                    public int eval(Row row) {
                        any.any(row, value);
                        return switch (value.tag) {
                            case Tag.NULL -> UNKNOWN;
                            case Tag.BOOLEAN -> (int) value.number;
                            default -> throw Failures.mismatch("BOOLEAN", Values.name(value));
                        };
                    }
                };
            default -> throw unplanned(operand, Simple.BOOLEAN);
        };
    }

    /** As text. */
    static TextEvaluator toText(Evaluator operand) {
        return switch (operand) {
            case TextEvaluator same -> same;
            case AnyEvaluator any ->
                new TextEvaluator() {
                    private final Value value = new Value();

                    @Override
                    public boolean eval(Row row, Slice into) {
                        any.any(row, value);
                        if (value.tag == Tag.NULL) {
                            return false;
                        }
                        if (!Tag.isText(value.tag)) {
                            throw Failures.mismatch("STRING", Values.name(value));
                        }
                        into.set(value.text.array, value.text.start, value.text.end);
                        return true;
                    }
                };
            default -> throw unplanned(operand, Simple.STRING);
        };
    }

    /** As a value of any kind. */
    static AnyEvaluator toAny(Evaluator operand) {
        return operand instanceof AnyEvaluator same
                ? same
                : new AnyEvaluator() {
                    @Override
                    public void any(Row row, Value into) {
                        operand.any(row, into);
                    }
                };
    }

    /** As a value of exactly the type, by widening only. */
    static Evaluator to(Evaluator operand, SqlType type) {
        return switch (type) {
            case SqlType.Decimal decimal -> toDecimal(operand, decimal);
            case Simple simple ->
                switch (simple) {
                    case BIGINT, TIMESTAMP, DATE, TIME, INTERVAL -> toLong(operand, simple);
                    case DOUBLE -> toDouble(operand);
                    case BOOLEAN -> toBoolean(operand);
                    case STRING -> toText(operand);
                    case BYTES -> toObject(operand, type);
                    case ANY, NULL -> toAny(operand);
                };
            default -> toObject(operand, type);
        };
    }

    private static ObjectEvaluator toObject(Evaluator operand, SqlType type) {
        return operand instanceof ObjectEvaluator same
                ? same
                : new ObjectEvaluator(type) {
                    @Override
                    public @Nullable Object object(Row row) {
                        return operand.object(row);
                    }
                };
    }

    private static IllegalArgumentException unplanned(Evaluator operand, SqlType wanted) {
        return new IllegalArgumentException("The plan has an operand of type " + operand.type() + " where " + wanted
                + " is needed, without a cast.");
    }
}
