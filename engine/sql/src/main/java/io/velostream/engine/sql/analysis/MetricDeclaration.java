package io.velostream.engine.sql.analysis;

import io.velostream.engine.plan.physical.MetricSpec.Kind;
import java.util.List;
import java.util.Optional;

/**
 * One {@code @metric} with the annotations behind it, not yet held against a query.
 *
 * @param name the annotation that names it
 * @param labels fields whose values label the series
 * @param field what a gauge or a histogram looks at
 * @param condition SQL
 */
record MetricDeclaration(
        Annotation name,
        Kind kind,
        String help,
        List<Reference> labels,
        Optional<Reference> field,
        Optional<Annotation> condition,
        List<Double> buckets,
        double sampleRate) {
    MetricDeclaration {
        labels = List.copyOf(labels);
        buckets = List.copyOf(buckets);
    }

    /** A field by name, and the annotation that names it. */
    record Reference(String field, Annotation source) {}
}
