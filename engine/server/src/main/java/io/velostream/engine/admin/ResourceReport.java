package io.velostream.engine.admin;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.velostream.engine.config.EngineConfig;
import io.velostream.engine.pod.Cleanup;
import io.velostream.engine.resources.OperatorUse;
import io.velostream.engine.runtime.memory.LimitedResource;
import io.velostream.engine.runtime.memory.MemoryBudget;
import io.velostream.engine.runtime.memory.MemoryLimits;
import io.velostream.engine.stats.PodStatistics;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the resource manager says of itself (runbook, “Memory Exhausted”).
 *
 * @param policy what is done when state reaches a limit
 * @param memory of the pod, against {@code max_total_memory}
 * @param state live state of all operators in memory, against the part of the memory that state may take
 * @param stateOnDiskBytes what of it did not fit
 * @param violations how often each limit was reached since the pod started
 * @param operators those that keep state, the largest first
 */
@JsonNaming(SnakeCaseStrategy.class)
public record ResourceReport(
        String policy,
        Limits limits,
        Use memory,
        Use state,
        long stateOnDiskBytes,
        double cpuPercent,
        Map<String, Long> violations,
        List<Operator> operators,
        Optional<Done> lastCleanup) {

    /** The limits in force, under the names of the configuration. */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Limits(
            long maxTotalMemory,
            long maxOperatorMemory,
            int maxWindowsPerKey,
            int maxAggregationGroups,
            double gcThreshold) {

        static Limits of(EngineConfig config) {
            EngineConfig.ResourceLimits limits = config.resourceLimits();
            return new Limits(
                    limits.maxTotalMemory(),
                    limits.maxOperatorMemory(),
                    limits.maxWindowsPerKey(),
                    limits.maxAggregationGroups(),
                    config.memoryManagement().gcThreshold());
        }
    }

    /** Bytes of something that is limited. */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Use(long usedBytes, long peakBytes, long limitBytes, double percent) {

        static Use of(long used, long peak, long limit) {
            return new Use(used, peak, limit, ResourceReport.percent(used, limit));
        }
    }

    /**
     * What one stage of a query keeps.
     *
     * @param groups in memory and on disk
     */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Operator(
            String job,
            String query,
            String stage,
            long usedBytes,
            long peakBytes,
            long limitBytes,
            double percent,
            long groups,
            long groupsOnDisk) {

        static Operator of(OperatorUse use, long limit) {
            return new Operator(
                    use.job(),
                    use.query(),
                    use.stage(),
                    use.usedBytes(),
                    use.peakBytes(),
                    limit,
                    ResourceReport.percent(use.usedBytes(), limit),
                    use.groups(),
                    use.spilledGroups());
        }
    }

    /** A clean-up; see {@link Cleanup}. */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Done(
            String at,
            String trigger,
            long tookMs,
            long freedBytes,
            long heapFreedBytes,
            long nativeFreedBytes,
            long diskFreedBytes,
            long stateMovedBytes,
            double memoryPercent) {

        static Done of(Cleanup cleanup) {
            return new Done(
                    cleanup.at().toString(),
                    cleanup.trigger().name().toLowerCase(Locale.ROOT),
                    cleanup.tookMillis(),
                    cleanup.freedBytes(),
                    cleanup.heapFreedBytes(),
                    cleanup.nativeFreedBytes(),
                    cleanup.diskFreedBytes(),
                    cleanup.stateMovedBytes(),
                    rounded(cleanup.memoryPercent()));
        }
    }

    static ResourceReport of(
            EngineConfig config,
            PodStatistics pod,
            MemoryBudget budget,
            long statePeak,
            long diskBytes,
            List<OperatorUse> operators,
            Optional<Cleanup> lastCleanup) {
        MemoryLimits limits = budget.limits();
        long memoryLimit = Math.min(
                config.resourceLimits().maxTotalMemory(), Runtime.getRuntime().maxMemory());
        return new ResourceReport(
                limits.policy().name(),
                Limits.of(config),
                Use.of(pod.memoryBytes(), pod.memoryPeakBytes(), memoryLimit),
                Use.of(budget.bytes(), Math.max(statePeak, budget.bytes()), limits.totalBytes()),
                diskBytes,
                rounded(pod.cpuPercent()),
                violations(budget),
                operators.stream()
                        .map(use -> Operator.of(use, limits.operatorBytes()))
                        .toList(),
                lastCleanup.map(Done::of));
    }

    private static Map<String, Long> violations(MemoryBudget budget) {
        Map<String, Long> violations = new TreeMap<>();
        for (LimitedResource resource : LimitedResource.values()) {
            violations.put(resource.name().toLowerCase(Locale.ROOT), budget.violations(resource));
        }
        return violations;
    }

    static double percent(long used, long limit) {
        return rounded(100.0 * used / Math.max(1, limit));
    }

    /** To one digit. */
    static double rounded(double value) {
        return Math.round(value * 10) / 10.0;
    }
}
