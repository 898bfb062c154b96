package io.velostream.bench.run;

import java.util.List;

/** The few statistics that the reports need. */
public final class Statistics {
    private Statistics() {}

    /**
     * The middle value, or the mean of the two middle ones.
     *
     * @throws IllegalArgumentException for no values
     */
    public static double median(List<Double> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("There is no median of no values");
        }
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /**
     * The smallest value that at least the share {@code q} of all values does not exceed (nearest rank).
     *
     * @param sorted ascending, of which the first {@code size} count
     */
    public static double quantile(double[] sorted, int size, double q) {
        if (size < 1 || q <= 0 || q > 1) {
            throw new IllegalArgumentException("A quantile needs values and 0 < q <= 1, not " + size + " and " + q);
        }
        return sorted[Math.max(0, (int) Math.ceil(q * size) - 1)];
    }
}
