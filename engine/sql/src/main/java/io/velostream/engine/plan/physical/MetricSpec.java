package io.velostream.engine.plan.physical;

import io.velostream.engine.plan.expression.Expression;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A metric that a query declares with {@code @metric}: updated with each row that the query writes. Its expressions refer
 * to the slots after the last operator.
 *
 * @param value what a gauge takes and a histogram observes; of a counter what is added, one where it is empty
 * @param condition only rows for which it is true count
 * @param buckets upper bounds of a histogram, ascending, without infinity
 * @param sampleRate share of the rows that are looked at, 0 to 1; counts are scaled up by it
 */
public record MetricSpec(
        String name,
        Kind kind,
        String help,
        List<Label> labels,
        Optional<Expression> value,
        Optional<Expression> condition,
        List<Double> buckets,
        double sampleRate) {
    public MetricSpec {
        labels = List.copyOf(labels);
        buckets = List.copyOf(buckets);
    }

    /** The kinds of Prometheus. */
    public enum Kind {
        COUNTER,
        GAUGE,
        HISTOGRAM
    }

    /** A label; its value is the expression's text, {@code unknown} where that is NULL. */
    public record Label(String name, Expression value) {}

    /** The same metric over other slots. */
    public MetricSpec map(UnaryOperator<Expression> change) {
        return new MetricSpec(
                name,
                kind,
                help,
                labels.stream()
                        .map(label -> new Label(label.name(), change.apply(label.value())))
                        .toList(),
                value.map(change),
                condition.map(change),
                buckets,
                sampleRate);
    }
}
