package io.velostream.engine.sql.function;

import io.velostream.engine.sql.function.SqlFunction.ResultType;
import org.jspecify.annotations.Nullable;

/** Functions that choose among their arguments. */
public final class ConditionalFunctions {

    private ConditionalFunctions() {}

    @SqlFunction(
            name = "COALESCE",
            aliases = {"IFNULL"},
            description = "The first argument that is not NULL.",
            examples = {"COALESCE(NULL, 'a', 'b') = 'a'", "COALESCE(NULL, NULL) = NULL"})
    @SafeVarargs
    public static <T> @Nullable T coalesce(@SqlNullable T... values) {
        for (T value : values) {
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
        return value != null && other != null && SqlValues.compare(value, other) == 0 ? null : value;
    }

    @SqlFunction(
            name = "LEAST",
            description = "The smallest argument; NULL is left out.",
            examples = {"LEAST(3, 9, 5) = 3", "LEAST(NULL, 2) = 2", "LEAST(1, 2.5) = 1.0"})
    @SafeVarargs
    public static <T> @Nullable T least(@SqlNullable T... values) {
        T least = null;
        for (T value : values) {
            if (value != null && (least == null || SqlValues.compare(value, least) < 0)) {
                least = value;
            }
        }
        return least;
    }

    @SqlFunction(
            name = "GREATEST",
            description = "The largest argument; NULL is left out.",
            examples = {"GREATEST(3, 9, 5) = 9", "GREATEST('a', 'b') = 'b'"})
    @SafeVarargs
    public static <T> @Nullable T greatest(@SqlNullable T... values) {
        T greatest = null;
        for (T value : values) {
            if (value != null && (greatest == null || SqlValues.compare(value, greatest) > 0)) {
                greatest = value;
            }
        }
        return greatest;
    }
}
