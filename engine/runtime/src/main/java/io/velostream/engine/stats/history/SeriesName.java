package io.velostream.engine.stats.history;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Which series.
 *
 * @param metric as Prometheus names it
 * @param labels by their names
 * @param kind what its values are
 */
public record SeriesName(String metric, Map<String, String> labels, Kind kind) {

    /** What a value says. */
    public enum Kind {
        /** How much there is. */
        GAUGE,
        /** How much there was since the process started. */
        COUNTER
    }

    public SeriesName {
        labels = Map.copyOf(labels);
    }

    /** The value of a label; blank when it does not have it. */
    public String label(String name) {
        return labels.getOrDefault(name, "");
    }

    /** As Prometheus writes it. */
    @Override
    public String toString() {
        return labels.isEmpty()
                ? metric
                : new TreeMap<>(labels)
                        .entrySet().stream()
                                .map(label -> label.getKey() + "=\"" + label.getValue() + "\"")
                                .collect(Collectors.joining(",", metric + "{", "}"));
    }
}
