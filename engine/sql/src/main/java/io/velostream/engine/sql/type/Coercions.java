package io.velostream.engine.sql.type;

import io.velostream.engine.sql.type.SqlType.Decimal;
import io.velostream.engine.sql.type.SqlType.Simple;
import java.util.List;
import java.util.Optional;

/**
 * The one place that decides which types go together.
 *
 * <p>Numbers widen BIGINT → DECIMAL → DOUBLE. DATE widens to TIMESTAMP, and a BIGINT stands for a TIMESTAMP as epoch
 * milliseconds. NULL becomes anything. ANY goes with everything: the runtime decides by the value.
 */
public final class Coercions {

    /** The most digits that an exact number has. */
    public static final int MAX_PRECISION = 38;

    /** A BIGINT as an exact number: 2⁶³ has 19 digits. */
    public static final Decimal BIGINT_AS_DECIMAL = new Decimal(19, 0);

    private static final int DIVISION_DIGITS = 4;

    private Coercions() {}

    /** The type that values of both types become without loss of meaning, for comparison, CASE, IN, UNION. */
    public static Optional<SqlType> common(SqlType left, SqlType right) {
        if (left.equals(right)) {
            return Optional.of(left);
        }
        if (left == Simple.NULL) {
            return Optional.of(right);
        }
        if (right == Simple.NULL) {
            return Optional.of(left);
        }
        if (left == Simple.ANY || right == Simple.ANY) {
            return Optional.of(Simple.ANY);
        }
        if (left.isNumeric() && right.isNumeric()) {
            return Optional.of(commonNumber(left, right));
        }
        if (isInstant(left) && isInstant(right) || isEpoch(left, right) || isEpoch(right, left)) {
            return Optional.of(Simple.TIMESTAMP);
        }
        return commonNested(left, right);
    }

    private static Optional<SqlType> commonNested(SqlType left, SqlType right) {
        if (left instanceof SqlType.Array a && right instanceof SqlType.Array b) {
            return common(a.element(), b.element()).map(SqlType.Array::new);
        }
        if (left instanceof SqlType.MapOf a && right instanceof SqlType.MapOf b) {
            return common(a.value(), b.value()).map(SqlType.MapOf::new);
        }
        return Optional.empty();
    }

    /** The common type of a list; empty when two of them do not go together. NULL for an empty list. */
    public static Optional<SqlType> common(List<SqlType> types) {
        Optional<SqlType> result = Optional.of(Simple.NULL);
        for (SqlType type : types) {
            result = result.flatMap(sofar -> common(sofar, type));
        }
        return result;
    }

    private static SqlType commonNumber(SqlType left, SqlType right) {
        if (left == Simple.DOUBLE || right == Simple.DOUBLE) {
            return Simple.DOUBLE;
        }
        if (left == Simple.BIGINT && right == Simple.BIGINT) {
            return Simple.BIGINT;
        }
        Decimal a = asDecimal(left);
        Decimal b = asDecimal(right);
        int scale = Math.max(a.scale(), b.scale());
        int whole = Math.max(a.precision() - a.scale(), b.precision() - b.scale());
        return decimal(whole + scale, scale);
    }

    /** BIGINT and DECIMAL as an exact number. */
    public static Decimal asDecimal(SqlType number) {
        return number instanceof Decimal decimal ? decimal : BIGINT_AS_DECIMAL;
    }

    /** A DECIMAL within the largest precision: digits before the point go before digits after it. */
    public static Decimal decimal(int precision, int scale) {
        if (precision <= MAX_PRECISION) {
            return new Decimal(Math.max(1, precision), scale);
        }
        int whole = precision - scale;
        return new Decimal(MAX_PRECISION, Math.max(Math.min(scale, 6), MAX_PRECISION - whole));
    }

    /** Whether a value of one type is silently taken where the other is wanted. */
    public static boolean implicit(SqlType from, SqlType to) {
        return from.equals(to) || cost(from, to) < Integer.MAX_VALUE;
    }

    /**
     * How far a silent conversion goes, to choose among overloads: 0 for the same type, {@link Integer#MAX_VALUE} where
     * there is none.
     */
    public static int cost(SqlType from, SqlType to) {
        if (from.equals(to) || from == Simple.NULL) {
            return 0;
        }
        if (from == Simple.ANY) {
            return 1;
        }
        if (to == Simple.ANY) {
            return 8;
        }
        if (to instanceof Decimal) {
            return from == Simple.BIGINT ? 1 : from instanceof Decimal ? 0 : Integer.MAX_VALUE;
        }
        if (to == Simple.DOUBLE) {
            return from == Simple.BIGINT ? 2 : from instanceof Decimal ? 2 : Integer.MAX_VALUE;
        }
        if (to == Simple.TIMESTAMP) {
            return from == Simple.DATE ? 1 : from == Simple.BIGINT ? 2 : Integer.MAX_VALUE;
        }
        return nestedCost(from, to);
    }

    private static int nestedCost(SqlType from, SqlType to) {
        if (from instanceof SqlType.Array a && to instanceof SqlType.Array b) {
            return cost(a.element(), b.element());
        }
        if (from instanceof SqlType.MapOf a && to instanceof SqlType.MapOf b) {
            return cost(a.value(), b.value());
        }
        if (from instanceof SqlType.Struct && to instanceof SqlType.MapOf map && map.value() == Simple.ANY) {
            return 1;
        }
        return Integer.MAX_VALUE;
    }

    /** Whether CAST can turn one type into the other, for some values at least. */
    public static boolean castable(SqlType from, SqlType to) {
        if (implicit(from, to) || to == Simple.STRING) {
            return true;
        }
        if (from == Simple.STRING) {
            return to != Simple.NULL;
        }
        if (from.isNumeric()) {
            return to.isNumeric()
                    || to == Simple.BOOLEAN
                    || from == Simple.BIGINT && (isTemporal(to) || to == Simple.INTERVAL);
        }
        if (from == Simple.BOOLEAN) {
            return to.isNumeric();
        }
        if (isTemporal(from) || from == Simple.INTERVAL) {
            return to == Simple.BIGINT || isInstant(from) && isTemporal(to);
        }
        return from instanceof SqlType.Struct && (to instanceof SqlType.MapOf || to instanceof SqlType.Struct)
                || from instanceof SqlType.MapOf && to instanceof SqlType.Struct
                || from instanceof SqlType.Array a
                        && to instanceof SqlType.Array b
                        && castable(a.element(), b.element());
    }

    /** Whether values of the type have an order. */
    public static boolean ordered(SqlType type) {
        return !(type instanceof SqlType.Array || type instanceof SqlType.MapOf || type instanceof SqlType.Struct);
    }

    /** Whether the type is a DATE, TIME or TIMESTAMP. */
    public static boolean isTemporal(SqlType type) {
        return type == Simple.DATE || type == Simple.TIME || type == Simple.TIMESTAMP;
    }

    /** The result of a product: digits and scales add. */
    public static SqlType product(SqlType left, SqlType right) {
        boolean floating = left == Simple.DOUBLE || right == Simple.DOUBLE;
        if (!floating && (left instanceof Decimal || right instanceof Decimal)) {
            Decimal a = asDecimal(left);
            Decimal b = asDecimal(right);
            return decimal(a.precision() + b.precision(), a.scale() + b.scale());
        }
        return commonNumber(left, right);
    }

    /** The result of + and −: one more digit before the point. */
    public static SqlType sum(SqlType left, SqlType right) {
        SqlType common = commonNumber(left, right);
        return common instanceof Decimal exact ? decimal(exact.precision() + 1, exact.scale()) : common;
    }

    /** The result of /: DOUBLE for integers, four more digits for decimals. */
    public static SqlType quotient(SqlType left, SqlType right) {
        if (left == Simple.BIGINT && right == Simple.BIGINT || left == Simple.DOUBLE || right == Simple.DOUBLE) {
            return Simple.DOUBLE;
        }
        int scale = Math.max(asDecimal(left).scale(), asDecimal(right).scale()) + DIVISION_DIGITS;
        return new Decimal(MAX_PRECISION, Math.min(scale, MAX_PRECISION));
    }

    /** Four more digits for a mean of decimals, DOUBLE for other numbers. */
    public static SqlType mean(SqlType type) {
        return type instanceof Decimal exact
                ? new Decimal(MAX_PRECISION, Math.min(MAX_PRECISION, exact.scale() + DIVISION_DIGITS))
                : Simple.DOUBLE;
    }

    private static boolean isInstant(SqlType type) {
        return type == Simple.TIMESTAMP || type == Simple.DATE;
    }

    private static boolean isEpoch(SqlType number, SqlType instant) {
        return number == Simple.BIGINT && instant == Simple.TIMESTAMP;
    }
}
