package io.velostream.engine.runtime.expression;

import io.velostream.engine.plan.expression.ArithmeticOperator;
import io.velostream.engine.runtime.row.IntegerText;
import io.velostream.engine.runtime.row.Row;
import io.velostream.engine.sql.type.SqlType;
import org.jspecify.annotations.Nullable;

/** {@code + - *} on decimals whose operands and result all fit 64 bits, without objects. */
final class ShortDecimalArithmetic {

    private ShortDecimalArithmetic() {}

    /** The fast evaluator, or null where the general one is needed. */
    static @Nullable DecimalEvaluator of(
            ArithmeticOperator operator,
            ShortDecimalEvaluator left,
            ShortDecimalEvaluator right,
            SqlType.Decimal type) {
        int leftScale = left.decimal().scale();
        int rightScale = right.decimal().scale();
        return switch (operator) {
            case ADD, SUBTRACT ->
                type.scale() == Math.max(leftScale, rightScale)
                        ? sum(
                                left,
                                IntegerText.powerOfTen(type.scale() - leftScale),
                                right,
                                operator == ArithmeticOperator.ADD
                                        ? IntegerText.powerOfTen(type.scale() - rightScale)
                                        : -IntegerText.powerOfTen(type.scale() - rightScale),
                                type,
                                operator.symbol())
                        : null;
            case MULTIPLY -> type.scale() == leftScale + rightScale ? product(left, right, type) : null;
            case DIVIDE, MODULO -> null;
        };
    }

    private static ShortDecimalEvaluator sum(
            ShortDecimalEvaluator left,
            long leftFactor,
            ShortDecimalEvaluator right,
            long rightFactor,
            SqlType.Decimal type,
            String symbol) {
        long limit = IntegerText.powerOfTen(type.precision());
        return new ShortDecimalEvaluator(type) {
            @Override
            public long unscaled(Row row) {
                long a = left.unscaled(row);
                if (row.isNull) {
                    return 0;
                }
                long b = right.unscaled(row);
                if (row.isNull) {
                    return 0;
                }
                try {
                    long sum = Math.addExact(Math.multiplyExact(a, leftFactor), Math.multiplyExact(b, rightFactor));
                    return check(sum, limit, type, symbol);
                } catch (ArithmeticException beyond64Bits) {
                    throw Failures.overflow(type, symbol);
                }
            }
        };
    }

    private static ShortDecimalEvaluator product(
            ShortDecimalEvaluator left, ShortDecimalEvaluator right, SqlType.Decimal type) {
        long limit = IntegerText.powerOfTen(type.precision());
        return new ShortDecimalEvaluator(type) {
            @Override
            public long unscaled(Row row) {
                long a = left.unscaled(row);
                if (row.isNull) {
                    return 0;
                }
                long b = right.unscaled(row);
                if (row.isNull) {
                    return 0;
                }
                long product = a * b;
                if (Math.multiplyHigh(a, b) != product >> 63) {
                    throw Failures.overflow(type, "*");
                }
                return check(product, limit, type, "*");
            }
        };
    }

    private static long check(long value, long limit, SqlType.Decimal type, String symbol) {
        if (value >= limit || value <= -limit) {
            throw Failures.overflow(type, symbol);
        }
        return value;
    }
}
