package io.velostream.engine.sql.analysis;

import io.velostream.engine.plan.physical.MetricSpec.Kind;
import io.velostream.engine.sql.analysis.MetricDeclaration.Reference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Puts {@code @metric} and the {@code @metric_…} behind it together; what does not fit is warned about. */
final class MetricReader {

    /** The upper bounds that Prometheus' own clients take, in seconds. */
    private static final List<Double> DEFAULT_BUCKETS =
            List.of(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0);

    /** Names of the engine itself and of the JVM. */
    private static final List<String> TAKEN = List.of("velo_streams_", "jvm_", "process_", "system_");

    private final Problems problems;
    private final Set<String> names = new HashSet<>();

    MetricReader(Problems problems) {
        this.problems = problems;
    }

    /** The metrics of one statement. */
    List<MetricDeclaration> read(List<Annotation> annotations) {
        List<MetricDeclaration> metrics = new ArrayList<>();
        Optional<Annotation> metric = Optional.empty();
        Map<String, Annotation> parts = new HashMap<>();
        for (Annotation annotation : annotations) {
            if (!annotation.name().startsWith("metric")) {
                continue;
            }
            if (annotation.name().equals("metric")) {
                metric.flatMap(name -> declaration(name, parts)).ifPresent(metrics::add);
                metric = Optional.of(annotation);
                parts.clear();
            } else if (metric.isEmpty()) {
                warn(
                        annotation,
                        "@" + annotation.name() + " stands before any @metric, so it is ignored",
                        "write -- @metric: name above it");
            } else if (parts.put(annotation.name(), annotation) != null) {
                warn(
                        annotation,
                        "@" + annotation.name() + " is here a second time for the metric "
                                + metric.get().value(),
                        "the last one holds");
            }
        }
        metric.flatMap(name -> declaration(name, parts)).ifPresent(metrics::add);
        return metrics;
    }

    private Optional<MetricDeclaration> declaration(Annotation name, Map<String, Annotation> parts) {
        Kind kind = Optional.ofNullable(parts.get("metric_type"))
                .map(type -> Kind.valueOf(type.value().toUpperCase(Locale.ROOT)))
                .orElse(Kind.COUNTER);
        Optional<Reference> field =
                Optional.ofNullable(parts.get("metric_field")).map(each -> new Reference(each.value(), each));
        if (TAKEN.stream().anyMatch(name.value()::startsWith)) {
            warn(
                    name,
                    "the metric " + name.value() + " has a name of the engine's own metrics, so it is ignored",
                    "choose another prefix than " + String.join(", ", TAKEN));
            return Optional.empty();
        }
        if (kind != Kind.COUNTER && field.isEmpty()) {
            warn(
                    name,
                    "the metric " + name.value() + " is a " + kind.name().toLowerCase(Locale.ROOT)
                            + " without @metric_field, so it is ignored",
                    "write -- @metric_field: column");
            return Optional.empty();
        }
        if (!names.add(name.value())) {
            warn(
                    name,
                    "the metric " + name.value() + " is declared twice in this text",
                    "both statements update the same series");
        }
        return Optional.of(new MetricDeclaration(
                name,
                kind,
                Optional.ofNullable(parts.get("metric_help"))
                        .map(Annotation::value)
                        .orElse(name.value()),
                labels(parts.get("metric_labels")),
                field,
                Optional.ofNullable(parts.get("metric_condition")),
                buckets(parts.get("metric_buckets"), kind),
                Optional.ofNullable(parts.get("metric_sample_rate"))
                        .map(rate -> Double.parseDouble(rate.value()))
                        .orElse(1.0)));
    }

    private List<Reference> labels(@Nullable Annotation annotation) {
        if (annotation == null) {
            return List.of();
        }
        List<Reference> labels = new ArrayList<>();
        for (String part : bare(annotation.value()).split(",", -1)) {
            String label = part.strip();
            if (label.matches("[A-Za-z_][A-Za-z0-9_.]*")) {
                labels.add(new Reference(label, annotation));
            } else {
                warn(
                        annotation,
                        "'" + label + "' is no field that could label a metric",
                        "write -- @metric_labels: a, b");
            }
        }
        return labels;
    }

    private List<Double> buckets(@Nullable Annotation annotation, Kind kind) {
        if (annotation == null) {
            return kind == Kind.HISTOGRAM ? DEFAULT_BUCKETS : List.of();
        }
        if (kind != Kind.HISTOGRAM) {
            warn(annotation, "@metric_buckets is only for a histogram", "write -- @metric_type: histogram");
            return List.of();
        }
        List<Double> bounds = Arrays.stream(bare(annotation.value()).split(","))
                .map(String::strip)
                .map(MetricReader::number)
                .flatMap(Optional::stream)
                .sorted()
                .distinct()
                .toList();
        return bounds.isEmpty() ? DEFAULT_BUCKETS : bounds;
    }

    private static Optional<Double> number(String text) {
        try {
            return Optional.of(Double.valueOf(text));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Without brackets around it. */
    private static String bare(String list) {
        return list.replaceAll("^\\[(.*)]$", "$1");
    }

    private void warn(Annotation annotation, String message, String hint) {
        problems.add(ProblemCode.BAD_ANNOTATION, annotation.location(), message, hint);
    }
}
