package io.velostream.engine.sql.function;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Functions that apply a lambda, written {@code x => …} or {@code (x, y) => …}, to the elements of a collection. */
public final class LambdaFunctions {

    private LambdaFunctions() {}

    @SqlFunction(
            name = "TRANSFORM",
            description = "The array of what the lambda makes of each element.",
            examples = {
                "TRANSFORM(ARRAY(1, 2, 3), x => x * x) = ARRAY(1, 4, 9)",
                "TRANSFORM(ARRAY('a', NULL), s => UPPER(s)) = ARRAY('A', NULL)"
            })
    public static <T, U> List<U> transform(List<T> array, Function<T, U> lambda) {
        List<U> result = new ArrayList<>(array.size());
        for (T element : array) {
            result.add(lambda.apply(element));
        }
        return result;
    }

    @SqlFunction(
            name = "TRANSFORM",
            description = "The map of the keys that the first lambda makes and the values that the second makes of each"
                    + " entry.",
            examples = {"TRANSFORM(MAP('a', 1), (k, v) => UPPER(k), (k, v) => v + 1) = MAP('A', 2)"})
    public static <T, U> Map<String, U> transform(
            Map<String, T> map, BiFunction<String, T, String> keys, BiFunction<String, T, U> values) {
        Map<String, U> result = new LinkedHashMap<>();
        for (Map.Entry<String, T> entry : map.entrySet()) {
            String key = keys.apply(entry.getKey(), entry.getValue());
            if (key == null || result.containsKey(key)) {
                throw new IllegalArgumentException("the lambda made a key that is NULL or there already");
            }
            result.put(key, values.apply(entry.getKey(), entry.getValue()));
        }
        return result;
    }

    @SqlFunction(
            name = "FILTER",
            description = "The elements for which the lambda is true.",
            examples = {"FILTER(ARRAY(1, 2, NULL, 3), x => x > 1) = ARRAY(2, 3)"})
    public static <T> List<T> filter(List<T> array, Function<T, Boolean> lambda) {
        List<T> result = new ArrayList<>();
        for (T element : array) {
            if (isTrue(lambda.apply(element))) {
                result.add(element);
            }
        }
        return result;
    }

    @SqlFunction(
            name = "FILTER",
            description = "The entries for which the lambda is true.",
            examples = {"FILTER(MAP('a', 1, 'b', 2), (k, v) => k = 'b' AND v = 2) = MAP('b', 2)"})
    public static <T> Map<String, T> filter(Map<String, T> map, BiFunction<String, T, Boolean> lambda) {
        Map<String, T> result = new LinkedHashMap<>();
        map.forEach((key, value) -> {
            if (isTrue(lambda.apply(key, value))) {
                result.put(key, value);
            }
        });
        return result;
    }

    @SqlFunction(
            name = "REDUCE",
            description =
                    "What the lambda makes of the state, which begins with the second argument, and each element in"
                            + " turn.",
            examples = {
                "REDUCE(ARRAY(2, 3, 4), 1, (s, x) => s * x) = 24",
                "REDUCE(ARRAY('a', 'b'), '', (s, x) => x || s) = 'ba'"
            })
    public static <T, S> @Nullable S reduce(List<T> array, S initial, BiFunction<S, T, S> lambda) {
        S state = initial;
        for (T element : array) {
            state = lambda.apply(state, element);
        }
        return state;
    }

    @SqlFunction(
            name = "REDUCE",
            description = "What the lambda makes of the state, which begins with the second argument, and each entry in"
                    + " turn.",
            examples = {"REDUCE(MAP('a', 1, 'b', 2), 0, (s, k, v) => s + v) = 3"})
    public static <T, S> @Nullable S reduce(Map<String, T> map, S initial, TriFunction<S, String, T, S> lambda) {
        S state = initial;
        for (Map.Entry<String, T> entry : map.entrySet()) {
            state = lambda.apply(state, entry.getKey(), entry.getValue());
        }
        return state;
    }

    @SqlFunction(
            name = "ANY_MATCH",
            description = "Whether the lambda is true for an element.",
            examples = {"ANY_MATCH(ARRAY(1, 5), x => x > 4) = TRUE"})
    public static <T> boolean anyMatch(List<T> array, Function<T, Boolean> lambda) {
        return array.stream().anyMatch(element -> isTrue(lambda.apply(element)));
    }

    @SqlFunction(
            name = "ALL_MATCH",
            description = "Whether the lambda is true for every element.",
            examples = {"ALL_MATCH(ARRAY(1, 5), x => x > 4) = FALSE"})
    public static <T> boolean allMatch(List<T> array, Function<T, Boolean> lambda) {
        return array.stream().allMatch(element -> isTrue(lambda.apply(element)));
    }

    private static boolean isTrue(@Nullable Boolean value) {
        return Boolean.TRUE.equals(value);
    }
}
