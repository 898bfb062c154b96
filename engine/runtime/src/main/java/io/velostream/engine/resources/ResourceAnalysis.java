package io.velostream.engine.resources;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What the samples of a span of time say.
 *
 * @param memory bytes
 * @param state bytes
 * @param cpu percent
 * @param throughput records a second
 * @param backlog records
 * @param memoryTrend bytes an hour by which memory grows, the slope of a line through the samples (least squares); 0 for a
 *     span below ten minutes
 * @param backlogTrend records a second by which the backlog grows, likewise; 0 for a span below a minute
 * @param findings what a person would say of it, in sentences
 */
public record ResourceAnalysis(
        Instant from,
        Instant to,
        int samples,
        Spread memory,
        Spread state,
        Spread cpu,
        Spread throughput,
        Spread backlog,
        double memoryTrend,
        double backlogTrend,
        List<String> findings) {

    private static final Duration ENOUGH_FOR_MEMORY = Duration.ofMinutes(10);
    private static final Duration ENOUGH_FOR_BACKLOG = Duration.ofMinutes(1);
    private static final long MIB = 1L << 20;

    public ResourceAnalysis {
        findings = List.copyOf(findings);
    }

    /**
     * Analyses samples.
     *
     * @param samples at least one, in the order of time
     * @param limit bytes of memory
     */
    public static ResourceAnalysis of(List<ResourceSample> samples, List<OperatorUse> operators, long limit) {
        Instant from = samples.getFirst().at();
        Instant to = samples.getLast().at();
        Duration span = Duration.between(from, to);
        Spread memory = Spread.of(samples, ResourceSample::memoryBytes);
        Spread cpu = Spread.of(samples, ResourceSample::cpuPercent);
        Spread backlog = Spread.of(samples, ResourceSample::backlog);
        double memoryTrend = span.compareTo(ENOUGH_FOR_MEMORY) < 0
                ? 0
                : 3600
                        * slope(
                                samples,
                                samples.stream()
                                        .mapToDouble(ResourceSample::memoryBytes)
                                        .toArray());
        double backlogTrend = span.compareTo(ENOUGH_FOR_BACKLOG) < 0
                ? 0
                : slope(
                        samples,
                        samples.stream().mapToDouble(ResourceSample::backlog).toArray());
        return new ResourceAnalysis(
                from,
                to,
                samples.size(),
                memory,
                Spread.of(samples, ResourceSample::stateBytes),
                cpu,
                Spread.of(samples, ResourceSample::recordsPerSecond),
                backlog,
                memoryTrend,
                backlogTrend,
                findings(memory, cpu, backlog, memoryTrend, backlogTrend, operators, limit));
    }

    private static List<String> findings(
            Spread memory,
            Spread cpu,
            Spread backlog,
            double memoryTrend,
            double backlogTrend,
            List<OperatorUse> operators,
            long limit) {
        List<String> findings = new ArrayList<>();
        findings.add(text(
                "Memory was at %d MiB of %d MiB in the middle and at %d MiB at most.",
                (long) memory.mean() / MIB, limit / MIB, (long) memory.max() / MIB));
        if (memoryTrend > 0 && memory.max() + memoryTrend > limit && memory.max() <= limit) {
            findings.add(text(
                    "Memory grows by %d MiB an hour and reaches its limit in about %d minutes.",
                    (long) memoryTrend / MIB, (long) (60 * (limit - memory.last()) / memoryTrend)));
        }
        findings.add(
                text("The processors were busy to %.0f %%, in 5 of 100 samples above %.0f %%.", cpu.mean(), cpu.p95()));
        if (backlog.last() > 0 && backlogTrend > 1) {
            findings.add(text(
                    "The backlog is %d records and grows by %d a second: the pod does not keep up.",
                    (long) backlog.last(), (long) backlogTrend));
        }
        operators.stream()
                .limit(1)
                .filter(largest -> largest.usedBytes() > 0)
                .forEach(largest -> findings.add(text(
                        "The largest state is that of query %s of job %s: %d MiB in memory for %d groups, %d of them on disk.",
                        largest.query(),
                        largest.job(),
                        largest.usedBytes() / MIB,
                        largest.groups(),
                        largest.spilledGroups())));
        return findings;
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    /** Per second, through the points (time, value) by least squares. */
    private static double slope(List<ResourceSample> samples, double[] values) {
        Instant origin = samples.getFirst().at();
        double[] seconds = samples.stream()
                .mapToDouble(sample -> Duration.between(origin, sample.at()).toMillis() / 1000.0)
                .toArray();
        double meanTime = java.util.Arrays.stream(seconds).average().orElse(0);
        double meanValue = java.util.Arrays.stream(values).average().orElse(0);
        double together = 0;
        double squares = 0;
        for (int i = 0; i < values.length; i++) {
            together += (seconds[i] - meanTime) * (values[i] - meanValue);
            squares += (seconds[i] - meanTime) * (seconds[i] - meanTime);
        }
        return squares == 0 ? 0 : together / squares;
    }
}
