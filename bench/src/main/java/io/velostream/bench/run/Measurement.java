package io.velostream.bench.run;

/**
 * What one run cost. "Warm" is the second half of the input, when the JIT compilers are mostly done.
 *
 * @param recordsPerSecond input records over the time from the first input handed out to the last output appended
 * @param warmRecordsPerSecond the same for the second half
 * @param cpuNanos CPU time of the system's process an input record, over the same time
 * @param warmCpuNanos the same for the second half
 * @param brokerNanos CPU time of the broker's process an input record
 * @param peakMemory largest resident memory of the system's process, in bytes
 * @param startSeconds from the start of the process to the first input handed out
 */
public record Measurement(
        double recordsPerSecond,
        double warmRecordsPerSecond,
        double cpuNanos,
        double warmCpuNanos,
        double brokerNanos,
        long peakMemory,
        double startSeconds) {

    private static final double MILLIS_PER_SECOND = 1000;

    /** Computes the figures of a run that started at {@code launched} and appended its last output at {@code end}. */
    static Measurement of(Timeline timeline, long records, double launched, double end, long peakMemory) {
        double start = timeline.inputStart();
        double half = timeline.inputReached(0.5);
        double last = Math.max(end, timeline.inputReached(1));
        return new Measurement(
                records * MILLIS_PER_SECOND / (last - start),
                records / 2.0 * MILLIS_PER_SECOND / (last - half),
                (timeline.engineNanos(last) - timeline.engineNanos(start)) / records,
                (timeline.engineNanos(last) - timeline.engineNanos(half)) / (records / 2.0),
                (timeline.brokerNanos(last) - timeline.brokerNanos(start)) / records,
                peakMemory,
                (start - launched) / MILLIS_PER_SECOND);
    }
}
