package io.velostream.engine.runtime.metric;

import io.velostream.engine.plan.physical.MetricSpec.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a metric stands at, summed over tasks. Immutable.
 *
 * @param labelNames in the order of each series' values
 * @param bounds upper bounds of a histogram's buckets
 * @param skipped rows that could not be counted
 */
public record MetricReading(
        String name,
        Kind kind,
        String help,
        List<String> labelNames,
        List<Double> bounds,
        Map<List<String>, Point> series,
        long skipped) {
    public MetricReading {
        labelNames = List.copyOf(labelNames);
        bounds = List.copyOf(bounds);
    }

    /**
     * One series.
     *
     * @param sum the value of a counter, or the sum of a histogram
     * @param lastAt when a gauge was set last, milliseconds
     * @param buckets observations by bucket, each counted once
     */
    public record Point(double count, double sum, double last, long lastAt, List<Double> buckets) {
        public Point {
            buckets = List.copyOf(buckets);
        }

        Point plus(Point later) {
            List<Double> added = new ArrayList<>();
            for (int i = 0; i < buckets.size(); i++) {
                added.add(buckets.get(i) + later.buckets.get(i));
            }
            boolean newer = later.lastAt >= lastAt;
            return new Point(
                    count + later.count,
                    sum + later.sum,
                    newer ? later.last : last,
                    newer ? later.lastAt : lastAt,
                    added);
        }

        private Point minus(Point earlier) {
            List<Double> rest = new ArrayList<>();
            for (int i = 0; i < buckets.size(); i++) {
                rest.add(buckets.get(i) - earlier.buckets.get(i));
            }
            return new Point(count - earlier.count, sum - earlier.sum, last, lastAt, rest);
        }
    }

    /** Reads a metric of a running stage. */
    public static MetricReading of(QueryMetric metric) {
        Map<List<String>, Point> points = new LinkedHashMap<>();
        for (MetricSeries series : metric.series()) {
            List<Double> buckets = new ArrayList<>();
            for (double bucket : series.buckets) {
                buckets.add(bucket);
            }
            points.put(series.labels, new Point(series.count, series.sum, series.last, series.lastAt, buckets));
        }
        return new MetricReading(
                metric.spec().name(),
                metric.spec().kind(),
                metric.spec().help(),
                metric.spec().labels().stream().map(label -> label.name()).toList(),
                metric.spec().buckets(),
                points,
                metric.skipped());
    }

    /** Whether both can be one metric: the same kind, labels and buckets. */
    public boolean fits(MetricReading other) {
        return name.equals(other.name)
                && kind == other.kind
                && labelNames.equals(other.labelNames)
                && bounds.equals(other.bounds);
    }

    /** Both together; a gauge's value is the later one. */
    public MetricReading plus(MetricReading later) {
        Map<List<String>, Point> points = new LinkedHashMap<>(series);
        later.series.forEach((labels, point) -> points.merge(labels, point, Point::plus));
        return new MetricReading(name, kind, help, labelNames, bounds, points, skipped + later.skipped);
    }

    /** What was counted since an earlier reading of the same task. */
    public MetricReading since(MetricReading earlier) {
        Map<List<String>, Point> points = new LinkedHashMap<>();
        series.forEach((labels, point) -> {
            Point before = earlier.series.get(labels);
            points.put(labels, before == null ? point : point.minus(before));
        });
        return new MetricReading(name, kind, help, labelNames, bounds, points, skipped - earlier.skipped);
    }
}
