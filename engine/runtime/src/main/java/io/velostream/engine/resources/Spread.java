package io.velostream.engine.resources;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * How a figure was spread over samples.
 *
 * @param p95 95 of 100 samples were at most this (nearest rank)
 * @param last the newest
 */
public record Spread(double min, double mean, double p95, double max, double last) {

    static final Spread NONE = new Spread(0, 0, 0, 0, 0);

    /** The spread of one figure of samples in the order of time. */
    static Spread of(List<ResourceSample> samples, ToDoubleFunction<ResourceSample> figure) {
        if (samples.isEmpty()) {
            return NONE;
        }
        double[] values = samples.stream().mapToDouble(figure).toArray();
        double last = values[values.length - 1];
        Arrays.sort(values);
        return new Spread(
                values[0],
                Arrays.stream(values).average().orElse(0),
                values[(int) Math.ceil(0.95 * values.length) - 1],
                values[values.length - 1],
                last);
    }
}
