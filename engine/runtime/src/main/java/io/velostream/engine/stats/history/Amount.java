package io.velostream.engine.stats.history;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * A figure over a stretch of time.
 *
 * @param mean over the stretches of ten minutes for which there are samples
 * @param p95 their 95th percentile: nineteen of twenty are not above it
 * @param max the largest sample
 */
public record Amount(double mean, double p95, double max) {

    /** Of values of equal weight; empty when there is none. */
    static Optional<Amount> of(Collection<Double> means, double max) {
        if (means.isEmpty()) {
            return Optional.empty();
        }
        double[] sorted =
                means.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int rank = (int) Math.ceil(0.95 * sorted.length);
        return Optional.of(new Amount(Arrays.stream(sorted).average().orElse(0), sorted[Math.max(0, rank - 1)], max));
    }

    static double largest(List<Point> points) {
        return points.stream().mapToDouble(Point::largest).max().orElse(0);
    }
}
