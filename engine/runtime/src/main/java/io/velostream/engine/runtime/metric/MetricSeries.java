package io.velostream.engine.runtime.metric;

import java.util.List;

/**
 * One series of a metric: a set of label values and what was counted under it. Written by the stage's thread only, with
 * plain stores; another thread that reads it may see slightly older figures.
 */
final class MetricSeries {

    /** The values of the labels, in the order of the metric's labels. */
    final List<String> labels;

    /** Rows counted, scaled up by the sample rate. */
    double count;

    /** Sum of what was observed; the value of a counter. */
    double sum;

    /** The last value of a gauge. */
    double last;

    /** When the last value was set, milliseconds of the wall clock. */
    long lastAt = Long.MIN_VALUE;

    /** Observations by bucket, each counted once; the last one is beyond every bound. */
    final double[] buckets;

    MetricSeries(List<String> labels, int buckets) {
        this.labels = List.copyOf(labels);
        this.buckets = new double[buckets];
    }
}
