package io.velostream.engine.runtime.expression;

import io.velostream.engine.sql.type.SqlType;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Access into ARRAY, MAP, STRUCT and ANY. What is not there is NULL. */
final class Containers {

    private Containers() {}

    /** {@code a.b}: exactly that name first, then in another case. */
    static Evaluator field(Evaluator operand, String name, SqlType type) {
        return FromObject.of(row -> member(operand.object(row), name), type);
    }

    private static @Nullable Object member(@Nullable Object container, String name) {
        if (container == null) {
            return null;
        }
        if (!(container instanceof Map<?, ?> map)) {
            throw Failures.mismatch("an object for ." + name, kind(container));
        }
        if (map.containsKey(name)) {
            return map.get(name);
        }
        Object found = null;
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (name.equalsIgnoreCase((String) entry.getKey())) {
                found = entry.getValue();
            }
        }
        return found;
    }

    /** {@code a[n]}, counted from 1, or {@code m['k']}. */
    static Evaluator index(Evaluator operand, Evaluator index, SqlType type) {
        return FromObject.of(row -> element(operand.object(row), index.object(row)), type);
    }

    private static @Nullable Object element(@Nullable Object container, @Nullable Object index) {
        if (container == null || index == null) {
            return null;
        }
        if (container instanceof List<?> list && index instanceof Long position) {
            return position >= 1 && position <= list.size() ? list.get((int) (position - 1)) : null;
        }
        if (container instanceof Map<?, ?> map && index instanceof String key) {
            return map.get(key);
        }
        throw Failures.mismatch("an array with a number or an object with text in [ ]", kind(container));
    }

    private static String kind(Object value) {
        return switch (value) {
            case List<?> list -> "an array";
            case Map<?, ?> map -> "an object";
            case String text -> "STRING";
            default -> value.getClass().getSimpleName().toUpperCase(Locale.ROOT);
        };
    }
}
