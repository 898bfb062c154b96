package io.velostream.engine.job;

import io.velostream.engine.plan.Fingerprint;
import io.velostream.engine.plan.physical.UnitPlan;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A short name of what a unit runs, the same on every pod and in every process for equal plans. Members of a group carry it
 * in their client ids, so that one revision can see that another is still at work.
 */
final class UnitRevision {

    private static final int BYTES = 4;

    private UnitRevision() {}

    static String of(UnitPlan plan) {
        return Fingerprint.of(canonical(plan), BYTES);
    }

    /** The value as text that does not hang on the order of a set or map, which differs from process to process. */
    private static String canonical(Object value) {
        return switch (value) {
            case Record tuple -> tuple.getClass().getName() + components(tuple);
            case Map<?, ?> map -> {
                Map<String, String> sorted = new TreeMap<>();
                map.forEach((key, entry) -> sorted.put(canonical(key), canonical(entry)));
                yield sorted.toString();
            }
            case Set<?> set ->
                set.stream().map(UnitRevision::canonical).sorted().collect(Collectors.joining(",", "{", "}"));
            case Collection<?> list ->
                list.stream().map(UnitRevision::canonical).collect(Collectors.joining(",", "[", "]"));
            case Optional<?> optional -> optional.map(UnitRevision::canonical).orElse("-");
            case byte[] bytes -> HexFormat.of().formatHex(bytes);
            case Enum<?> constant -> constant.name();
            default -> value.toString();
        };
    }

    private static String components(Record tuple) {
        StringBuilder text = new StringBuilder("(");
        for (RecordComponent component : tuple.getClass().getRecordComponents()) {
            try {
                var accessor = component.getAccessor();
                accessor.setAccessible(true);
                Object value = accessor.invoke(tuple);
                text.append(value == null ? "null" : canonical(value)).append(';');
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("A plan's " + component + " cannot be read", e);
            }
        }
        return text.append(')').toString();
    }
}
