package io.velostream.engine.sql.analysis;

import io.velostream.engine.plan.expression.Expression;
import io.velostream.engine.sql.type.Coercions;
import io.velostream.engine.sql.type.SqlType;
import io.velostream.engine.sql.type.SqlType.Decimal;
import io.velostream.engine.sql.type.SqlType.Simple;
import io.velostream.engine.sql.type.TemporalText;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Optional;

/** Constants: how they are read and converted while planning. */
final class Literals {

    private static final BigInteger LARGEST = BigInteger.valueOf(Long.MAX_VALUE);
    private static final BigInteger SMALLEST = BigInteger.valueOf(Long.MIN_VALUE);

    private Literals() {}

    /** A whole number: BIGINT where it fits, else DECIMAL, else DOUBLE. */
    static Expression.Literal whole(String digits) {
        BigInteger value = new BigInteger(digits);
        if (value.compareTo(LARGEST) <= 0 && value.compareTo(SMALLEST) >= 0) {
            return new Expression.Literal(value.longValue(), Simple.BIGINT);
        }
        return exact(new BigDecimal(value));
    }

    /** An exact number; a DOUBLE beyond 38 digits. */
    static Expression.Literal exact(BigDecimal value) {
        BigDecimal plain = value.scale() < 0 ? value.setScale(0, RoundingMode.UNNECESSARY) : value;
        int precision = Math.max(plain.precision(), plain.scale());
        return precision > Coercions.MAX_PRECISION
                ? new Expression.Literal(plain.doubleValue(), Simple.DOUBLE)
                : new Expression.Literal(plain, new Decimal(precision, plain.scale()));
    }

    /** The same constant as another type; empty where the conversion is left to the runtime. */
    static Optional<Expression> convert(Expression.Literal literal, SqlType type) {
        Object value = literal.value();
        if (value == null) {
            return Optional.of(new Expression.Literal(null, type));
        }
        return switch (value) {
            case Long number -> fromLong(literal, number, type);
            case BigDecimal number -> fromDecimal(number, type);
            case String text
            when Coercions.isTemporal(type) ->
                TemporalText.parse(text, type).map(parsed -> new Expression.Literal(parsed, type));
            default -> Optional.empty();
        };
    }

    private static Optional<Expression> fromLong(Expression.Literal literal, long number, SqlType type) {
        if (type == Simple.DOUBLE && literal.type() == Simple.BIGINT) {
            return Optional.of(new Expression.Literal((double) number, type));
        }
        if (type == Simple.TIMESTAMP && literal.type() == Simple.BIGINT) {
            return Optional.of(new Expression.Literal(number, type));
        }
        if (type == Simple.TIMESTAMP && literal.type() == Simple.DATE) {
            return Optional.of(new Expression.Literal(Math.multiplyExact(number, 86_400_000L), type));
        }
        if (type instanceof Decimal exact && literal.type() == Simple.BIGINT) {
            BigDecimal value = BigDecimal.valueOf(number);
            return value.precision() <= exact.precision() - exact.scale()
                    ? Optional.of(new Expression.Literal(value.setScale(exact.scale()), type))
                    : Optional.empty();
        }
        return Optional.empty();
    }

    private static Optional<Expression> fromDecimal(BigDecimal number, SqlType type) {
        if (type == Simple.DOUBLE) {
            return Optional.of(new Expression.Literal(number.doubleValue(), type));
        }
        if (type instanceof Decimal exact
                && number.scale() <= exact.scale()
                && number.precision() - number.scale() <= exact.precision() - exact.scale()) {
            return Optional.of(new Expression.Literal(number.setScale(exact.scale()), type));
        }
        return Optional.empty();
    }
}
