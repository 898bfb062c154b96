package io.velostream.engine.runtime.metric;

import io.velostream.engine.format.ValueWriter;
import io.velostream.engine.plan.expression.Expression;
import io.velostream.engine.plan.physical.MetricSpec;
import io.velostream.engine.runtime.expression.BooleanEvaluator;
import io.velostream.engine.runtime.expression.Columns;
import io.velostream.engine.runtime.expression.DoubleEvaluator;
import io.velostream.engine.runtime.expression.ExpressionCompiler;
import io.velostream.engine.runtime.operator.RecordFailure;
import io.velostream.engine.runtime.row.GrowingBuffer;
import io.velostream.engine.runtime.row.Origin;
import io.velostream.engine.runtime.row.Row;
import io.velostream.engine.runtime.row.Tag;
import io.velostream.engine.sql.type.SqlType.Simple;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * One metric of one stage and task. Its series are bounded: beyond {@link #MOST_SERIES} sets of label values each further
 * one is counted under the value {@code other}, so that a label with an id in it costs neither the pod nor the monitoring.
 * A row whose value or condition cannot be computed is counted as skipped and never fails because of its metric.
 */
public final class QueryMetric {

    /** So many sets of label values one metric has at most. */
    public static final int MOST_SERIES = 1_000;

    private static final byte[] UNKNOWN = "unknown".getBytes(StandardCharsets.US_ASCII);
    private static final String OTHER = "other";

    private final MetricSpec spec;
    private final Columns labels;
    private final ValueWriter[] writers;
    private final @Nullable DoubleEvaluator value;
    private final @Nullable BooleanEvaluator condition;
    private final double[] bounds;
    private final double weight;
    private final GrowingBuffer text = new GrowingBuffer(64);
    private final int[] ends;
    private final Map<Key, MetricSeries> known = new HashMap<>();
    private final Key probe = new Key();
    private final List<MetricSeries> series = new CopyOnWriteArrayList<>();
    private @Nullable MetricSeries other;
    private double untilNext;

    /** Rows that could not be counted. Written by the stage's thread only. */
    private long skipped;

    /** Compiles a metric. */
    public QueryMetric(MetricSpec spec, Origin origin) {
        this.spec = spec;
        List<Expression> labelValues =
                spec.labels().stream().map(MetricSpec.Label::value).toList();
        this.labels = new Columns(labelValues, origin);
        this.writers = new ValueWriter[labelValues.size()];
        for (int label = 0; label < writers.length; label++) {
            writers[label] = new ValueWriter(labels.type(label));
        }
        this.ends = new int[writers.length];
        this.value = spec.value()
                .map(expression -> (DoubleEvaluator) ExpressionCompiler.compile(expression, Simple.DOUBLE))
                .orElse(null);
        this.condition = spec.condition().map(ExpressionCompiler::predicate).orElse(null);
        this.bounds = spec.buckets().stream().mapToDouble(Double::doubleValue).toArray();
        this.weight = spec.sampleRate() > 0 ? 1 / spec.sampleRate() : 0;
        this.untilNext = weight;
        if (writers.length == 0) {
            other = add(List.of());
        }
    }

    MetricSpec spec() {
        return spec;
    }

    List<MetricSeries> series() {
        return series;
    }

    long skipped() {
        return skipped;
    }

    /**
     * Counts a row that was written.
     *
     * @param clockMillis the wall clock
     */
    public void update(Row row, long clockMillis) {
        if (weight == 0) {
            return;
        }
        untilNext -= 1;
        if (untilNext > 0) {
            return;
        }
        untilNext += weight;
        try {
            if (condition != null && condition.eval(row) != BooleanEvaluator.TRUE) {
                return;
            }
            double observed = 1;
            if (value != null) {
                observed = value.eval(row);
                if (row.isNull) {
                    return;
                }
            }
            observe(writers.length == 0 && other != null ? other : seriesOf(row), observed, clockMillis);
        } catch (RecordFailure e) {
            skipped++;
        }
    }

    private void observe(MetricSeries into, double observed, long clockMillis) {
        switch (spec.kind()) {
            case COUNTER -> {
                if (observed >= 0) {
                    into.sum += observed * weight;
                }
            }
            case GAUGE -> {
                into.last = observed;
                into.lastAt = clockMillis;
            }
            case HISTOGRAM -> {
                int bucket = Arrays.binarySearch(bounds, observed);
                into.buckets[bucket < 0 ? -bucket - 1 : bucket] += weight;
                into.count += weight;
                into.sum += observed * weight;
            }
        }
    }

    private MetricSeries seriesOf(Row row) {
        text.clear();
        labels.evaluate(row);
        for (int label = 0; label < writers.length; label++) {
            Row source = labels.row(label, row);
            int slot = labels.slot(label);
            if (source.tags[slot] == Tag.NULL) {
                text.put(UNKNOWN, 0, UNKNOWN.length);
            } else {
                writers[label].text(source, slot, text);
            }
            ends[label] = text.position();
        }
        probe.set(text.buffer(), text.position(), ends);
        MetricSeries found = known.get(probe);
        return found == null ? newSeries() : found;
    }

    private MetricSeries newSeries() {
        if (known.size() >= MOST_SERIES) {
            MetricSeries rest = other;
            if (rest == null) {
                List<String> values = new ArrayList<>();
                spec.labels().forEach(label -> values.add(OTHER));
                rest = add(values);
                other = rest;
            }
            return rest;
        }
        List<String> values = new ArrayList<>();
        int from = 0;
        for (int end : ends) {
            values.add(new String(text.buffer(), from, end - from, StandardCharsets.UTF_8));
            from = end;
        }
        MetricSeries made = add(values);
        known.put(probe.copy(), made);
        return made;
    }

    private MetricSeries add(List<String> values) {
        MetricSeries made = new MetricSeries(values, bounds.length + 1);
        series.add(made);
        return made;
    }

    /** The bytes of all label values, and where each ends: a map's key that is looked up without garbage. */
    private static final class Key {
        private byte[] bytes = {};
        private int length;
        private int[] ends = {};
        private int hash;

        void set(byte[] newBytes, int newLength, int[] newEnds) {
            bytes = newBytes;
            length = newLength;
            ends = newEnds;
            int result = Arrays.hashCode(newEnds);
            for (int i = 0; i < newLength; i++) {
                result = result * 31 + newBytes[i];
            }
            hash = result;
        }

        Key copy() {
            Key copy = new Key();
            copy.set(Arrays.copyOf(bytes, length), length, ends.clone());
            return copy;
        }

        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public boolean equals(Object object) {
            return object instanceof Key key
                    && hash == key.hash
                    && Arrays.equals(ends, key.ends)
                    && Arrays.equals(bytes, 0, length, key.bytes, 0, key.length);
        }
    }
}
