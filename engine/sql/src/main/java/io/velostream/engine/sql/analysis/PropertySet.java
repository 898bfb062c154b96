package io.velostream.engine.sql.analysis;

import io.velostream.engine.sql.tree.DurationText;
import io.velostream.engine.sql.tree.Location;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What the WITH entries say about one object. A later entry is stronger than an earlier one. */
final class PropertySet {

    private final Problems problems;
    private final Map<PropertyKey, Entry> entries = new EnumMap<>(PropertyKey.class);
    private final Map<String, String> clientOptions = new TreeMap<>();

    /** A value and where it stands. */
    record Entry(String value, Location location) {}

    PropertySet(Problems problems) {
        this.problems = problems;
    }

    PropertySet copy() {
        PropertySet copy = new PropertySet(problems);
        copy.addAll(this);
        return copy;
    }

    void addAll(PropertySet stronger) {
        entries.putAll(stronger.entries);
        clientOptions.putAll(stronger.clientOptions);
    }

    void put(PropertyKey key, Entry entry) {
        entries.put(key, entry);
    }

    void putClientOption(String option, String value) {
        clientOptions.put(option, value);
    }

    Optional<Entry> entry(PropertyKey key) {
        return Optional.ofNullable(entries.get(key));
    }

    Optional<String> text(PropertyKey key) {
        return entry(key).map(Entry::value);
    }

    /** Options for the consumer only, or for the producer only. */
    Map<String, String> clientOptions(boolean consumer) {
        return clientOptions.entrySet().stream()
                .filter(option -> consumer
                        ? KafkaClientOptions.consumes(option.getKey()) || !KafkaClientOptions.produces(option.getKey())
                        : KafkaClientOptions.produces(option.getKey()) || !KafkaClientOptions.consumes(option.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    Optional<Duration> duration(PropertyKey key) {
        return entry(key).flatMap(entry -> {
            Optional<Duration> duration = entry.value().matches("\\d+")
                    ? Optional.of(Duration.ofMillis(Long.parseLong(entry.value())))
                    : DurationText.withUnit(entry.value()).filter(each -> !each.isNegative());
            if (duration.isEmpty()) {
                problems.add(
                        ProblemCode.BAD_PROPERTY_VALUE,
                        entry.location(),
                        "`" + key.spelling() + "` is not a duration: '" + entry.value() + "'",
                        "write a number with a unit, such as 500ms, 5s or 1m");
            }
            return duration;
        });
    }

    boolean flag(PropertyKey key, boolean otherwise) {
        return word(key, List.of("true", "false")).map("true"::equals).orElse(otherwise);
    }

    /** One of the allowed words, in lower case. */
    Optional<String> word(PropertyKey key, List<String> allowed) {
        return entry(key).flatMap(entry -> {
            String value = entry.value().toLowerCase(Locale.ROOT);
            if (allowed.contains(value)) {
                return Optional.of(value);
            }
            problems.add(
                    ProblemCode.BAD_PROPERTY_VALUE,
                    entry.location(),
                    "`" + key.spelling() + "` cannot be '" + entry.value() + "'"
                            + NearestName.suggestion(entry.value(), allowed),
                    "allowed: " + String.join(", ", allowed));
            return Optional.empty();
        });
    }
}
