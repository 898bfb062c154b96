package io.velostream.crd.v1alpha1;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Fills in what a resource leaves out; Jackson hands records null for absent fields. */
final class ApiDefaults {

    private ApiDefaults() {}

    static <T> T or(@Nullable T value, T otherwise) {
        return value == null ? otherwise : value;
    }

    static KubeDuration duration(@Nullable KubeDuration value, String otherwise) {
        return value == null ? KubeDuration.of(otherwise) : value;
    }

    static <T> List<T> copy(@Nullable List<T> value) {
        return value == null ? List.of() : List.copyOf(value);
    }

    static <V> Map<String, V> copy(@Nullable Map<String, V> value) {
        return value == null ? Map.of() : java.util.Collections.unmodifiableMap(new java.util.TreeMap<>(value));
    }
}
