package io.velostream.engine.sql.function;

import io.velostream.engine.sql.function.SqlFunction.ResultType;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Functions that choose among their arguments. */
public final class ConditionalFunctions {

    private ConditionalFunctions() {}

    @SqlFunction(
            name = "COALESCE",
            aliases = {"IFNULL"},
            result = ResultType.COMMON,
            description = "The first argument that is not NULL.",
            examples = {"COALESCE(NULL, 'a', 'b') = 'a'", "COALESCE(NULL, NULL) = NULL"})
    public static @Nullable Object coalesce(@SqlNullable Object... values) {
        for (Object value : values) {
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    @SqlFunction(
            name = "NULLIF",
            result = ResultType.FIRST_ARGUMENT,
            description = "NULL when both are equal, else the first.",
            examples = {"NULLIF(5, 5) = NULL", "NULLIF(7, 5) = 7", "NULLIF(7, NULL) = 7"})
    public static @Nullable Object nullIf(@SqlNullable @Nullable Object value, @SqlNullable @Nullable Object other) {
        return value != null && other != null && Values.compare(value, other) == 0 ? null : value;
    }

    @SqlFunction(
            name = "LEAST",
            result = ResultType.COMMON,
            description = "The smallest argument; NULL is left out.",
            examples = {"LEAST(3, 9, 5) = 3", "LEAST(NULL, 2) = 2", "LEAST(1, 2.5) = 1.0"})
    public static @Nullable Object least(@SqlNullable Object... values) {
        Object least = null;
        for (Object value : values) {
            if (value != null && (least == null || Values.compare(value, least) < 0)) {
                least = value;
            }
        }
        return least;
    }

    @SqlFunction(
            name = "GREATEST",
            result = ResultType.COMMON,
            description = "The largest argument; NULL is left out.",
            examples = {"GREATEST(3, 9, 5) = 9", "GREATEST('a', 'b') = 'b'"})
    public static @Nullable Object greatest(@SqlNullable Object... values) {
        Object greatest = null;
        for (Object value : values) {
            if (value != null && (greatest == null || Values.compare(value, greatest) > 0)) {
                greatest = value;
            }
        }
        return greatest;
    }

    /** The order of values of one type, or of two numbers. */
    private static final class Values {

        @SuppressWarnings("unchecked")
        static int compare(Object left, Object right) {
            if (left instanceof Number a && right instanceof Number b && left.getClass() != right.getClass()) {
                return left instanceof Double || right instanceof Double
                        ? Double.compare(a.doubleValue(), b.doubleValue())
                        : exact(a).compareTo(exact(b));
            }
            if (left.getClass() != right.getClass() || !(left instanceof Comparable<?>)) {
                throw new IllegalArgumentException("these values have no common order: " + left + ", " + right);
            }
            return ((Comparable<Object>) left).compareTo(right);
        }

        private static BigDecimal exact(Number number) {
            return number instanceof BigDecimal decimal ? decimal : BigDecimal.valueOf(number.longValue());
        }
    }
}
