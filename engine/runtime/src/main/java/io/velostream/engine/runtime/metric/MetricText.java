package io.velostream.engine.runtime.metric;

import io.velostream.engine.plan.physical.MetricSpec.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Metrics in Prometheus' text format 0.0.4 (<a href="https://prometheus.io/docs/instrumenting/exposition_formats/">its
 * description</a>).
 */
public final class MetricText {

    private MetricText() {}

    /**
     * Readings of one name made one; where two do not fit together the first is kept, since a name has one type only.
     */
    public static List<MetricReading> merge(List<MetricReading> readings) {
        Map<String, MetricReading> byName = new LinkedHashMap<>();
        for (MetricReading reading : readings) {
            byName.merge(reading.name(), reading, (a, b) -> a.fits(b) ? a.plus(b) : a);
        }
        return List.copyOf(byName.values());
    }

    /** The text of the metrics, in their order. */
    public static String of(List<MetricReading> readings) {
        StringBuilder text = new StringBuilder();
        for (MetricReading reading : merge(readings)) {
            text.append("# HELP ")
                    .append(reading.name())
                    .append(' ')
                    .append(reading.help().replace("\\", "\\\\").replace("\n", "\\n"))
                    .append("\n# TYPE ")
                    .append(reading.name())
                    .append(' ')
                    .append(reading.kind().name().toLowerCase(Locale.ROOT))
                    .append('\n');
            samples(List.of(reading))
                    .forEach((series, value) -> text.append(series)
                            .append(' ')
                            .append(number(value))
                            .append('\n'));
        }
        return text.toString();
    }

    /** Every series with its value, as the text has them. */
    public static Map<String, Double> samples(List<MetricReading> readings) {
        Map<String, Double> samples = new LinkedHashMap<>();
        for (MetricReading reading : merge(readings)) {
            reading.series().forEach((labels, point) -> add(samples, reading, labels, point));
        }
        return samples;
    }

    private static void add(
            Map<String, Double> samples, MetricReading reading, List<String> values, MetricReading.Point point) {
        List<String> labels = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            labels.add(reading.labelNames().get(i) + "=\"" + escape(values.get(i)) + "\"");
        }
        if (reading.kind() == Kind.COUNTER) {
            samples.put(series(reading.name(), labels), point.sum());
        } else if (reading.kind() == Kind.GAUGE) {
            if (point.lastAt() != Long.MIN_VALUE) {
                samples.put(series(reading.name(), labels), point.last());
            }
        } else {
            double below = 0;
            for (int bucket = 0; bucket < point.buckets().size(); bucket++) {
                below += point.buckets().get(bucket);
                String bound = bucket < reading.bounds().size()
                        ? number(reading.bounds().get(bucket))
                        : "+Inf";
                List<String> bounded = new ArrayList<>(labels);
                bounded.add("le=\"" + bound + "\"");
                samples.put(series(reading.name() + "_bucket", bounded), below);
            }
            samples.put(series(reading.name() + "_sum", labels), point.sum());
            samples.put(series(reading.name() + "_count", labels), point.count());
        }
    }

    private static String series(String name, List<String> labels) {
        return labels.isEmpty() ? name : name + "{" + String.join(",", labels) + "}";
    }

    private static String escape(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    private static String number(double value) {
        return Double.toString(value);
    }
}
