package io.velostream.engine.stats;

/**
 * The figures of the pod as a whole, as of the last sample.
 *
 * @param memoryBytes see {@link EngineMetric#MEMORY_USAGE}
 * @param memoryPercent of the limit
 * @param cpuPercent of the processors that the pod may use
 */
public record PodStatistics(
        long memoryBytes, long memoryPeakBytes, long operatorBytes, double memoryPercent, double cpuPercent) {

    static final PodStatistics NONE = new PodStatistics(0, 0, 0, 0, 0);
}
