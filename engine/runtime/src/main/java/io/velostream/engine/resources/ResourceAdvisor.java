package io.velostream.engine.resources;

import io.velostream.engine.config.EngineConfig;
import io.velostream.engine.config.PodResources;
import io.velostream.engine.runtime.memory.LimitedResource;
import io.velostream.engine.runtime.memory.MemoryLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Derives limits from what was observed. A limit that was reached, or nearly, is raised to what was needed and a quarter
 * more; one of which less than two fifths was ever used, over an hour, is lowered to half more than was used.
 */
public final class ResourceAdvisor {

    private static final double NEARLY = 0.9;
    private static final double HARDLY = 0.4;
    private static final double HEADROOM = 1.25;
    private static final double GENEROUS = 1.5;
    private static final double BUSY_PERCENT = 85;
    private static final double IDLE_PERCENT = 50;
    private static final Duration LONG_ENOUGH = Duration.ofHours(1);
    private static final long MIB = 1L << 20;
    /** What the heap is to max_total_memory, so that the default of the one fits the other. */
    private static final double HEAP_SHARE = 0.8;

    private final EngineConfig config;
    private final PodResources pod;
    private final List<Recommendation> advice = new ArrayList<>();

    private ResourceAdvisor(EngineConfig config, PodResources pod) {
        this.config = config;
        this.pod = pod;
    }

    /**
     * What was observed.
     *
     * @param violations how often each limit was reached since the pod started
     */
    public record Observed(
            ResourceAnalysis analysis,
            List<OperatorUse> operators,
            Map<LimitedResource, Long> violations,
            int streamThreads) {
        public Observed {
            operators = List.copyOf(operators);
            violations = Map.copyOf(violations);
        }

        long violations(LimitedResource resource) {
            return violations.getOrDefault(resource, 0L);
        }
    }

    /** What would be better otherwise; empty when all is well. */
    public static List<Recommendation> advise(Observed observed, EngineConfig config, PodResources pod) {
        ResourceAdvisor advisor = new ResourceAdvisor(config, pod);
        advisor.memory(observed);
        advisor.operators(observed);
        advisor.counts(observed);
        advisor.processors(observed);
        return List.copyOf(advisor.advice);
    }

    private void memory(Observed observed) {
        EngineConfig.ResourceLimits limits = config.resourceLimits();
        long limit = Math.min(limits.maxTotalMemory(), pod.heapBytes());
        long peak = (long) observed.analysis().memory().max();
        long spilled = observed.operators().stream()
                .mapToLong(OperatorUse::spilledGroups)
                .sum();
        long reached = observed.violations(LimitedResource.MEMORY);
        if (peak > NEARLY * limit || spilled > 0 || reached > 0) {
            long wanted = roundUp((long) (Math.max(peak, NEARLY * limit) * HEADROOM));
            String why = text(
                    "At most %d MiB of %d MiB were in use, the limit was reached %d times, and %d groups of state are on disk"
                            + " since they do not fit",
                    peak / MIB, limit / MIB, reached, spilled);
            if (wanted <= HEAP_SHARE * pod.heapBytes()) {
                add(
                        "resource_limits.max_total_memory",
                        limits.maxTotalMemory(),
                        wanted,
                        why + "; the heap has room for more.");
            } else {
                add(
                        "pod.memory",
                        pod.heapBytes(),
                        roundUp((long) (wanted / HEAP_SHARE)),
                        why
                                + text(
                                        ". The heap of %d MiB is too small for more: give the pod this much heap"
                                                + " (kubectl velo resources increase 25 --with-pods), or spread the keys over more pods.",
                                        pod.heapBytes() / MIB));
            }
        } else if (isLong(observed) && peak < HARDLY * limit) {
            long wanted = Math.max(256 * MIB, roundUp((long) (peak * GENEROUS)));
            if (wanted < limit) {
                add(
                        "resource_limits.max_total_memory",
                        limits.maxTotalMemory(),
                        wanted,
                        text(
                                "Of %d MiB at most %d MiB were in use over %d minutes; half more than that is enough.",
                                limit / MIB, peak / MIB, span(observed).toMinutes()));
            }
        }
    }

    private void operators(Observed observed) {
        MemoryLimits state = MemoryLimits.of(config.resourceLimits(), config.memoryManagement(), pod.heapBytes());
        observed.operators().stream()
                .filter(operator -> operator.peakBytes() > NEARLY * state.operatorBytes()
                        && state.operatorBytes() < state.totalBytes())
                .findFirst()
                .ifPresent(operator -> add(
                        "resource_limits.max_operator_memory",
                        config.resourceLimits().maxOperatorMemory(),
                        Math.min(config.resourceLimits().maxTotalMemory(), roundUp((long)
                                (Math.max(operator.peakBytes(), state.operatorBytes()) * HEADROOM))),
                        text(
                                "Stage %s of query %s of job %s had %d MiB of the %d MiB that one operator may have.",
                                operator.stage(),
                                operator.query(),
                                operator.job(),
                                operator.peakBytes() / MIB,
                                state.operatorBytes() / MIB)));
    }

    private void counts(Observed observed) {
        EngineConfig.ResourceLimits limits = config.resourceLimits();
        long groups = observed.violations(LimitedResource.AGGREGATION_GROUPS);
        if (groups > 0) {
            long most = observed.operators().stream()
                    .mapToLong(OperatorUse::groups)
                    .max()
                    .orElse(0);
            long wanted = (long) (Math.max(most, limits.maxAggregationGroups()) * HEADROOM);
            add(
                    "resource_limits.max_aggregation_groups",
                    limits.maxAggregationGroups(),
                    Math.min(Integer.MAX_VALUE, wanted),
                    text(
                            "The limit of groups in memory was reached %d times; the largest aggregation has %d groups.",
                            groups, most));
        }
        long windows = observed.violations(LimitedResource.WINDOWS_PER_KEY);
        if (windows > 0) {
            add(
                    "resource_limits.max_windows_per_key",
                    limits.maxWindowsPerKey(),
                    Math.min(Integer.MAX_VALUE, 2L * limits.maxWindowsPerKey()),
                    text(
                            "%d records were refused since their key had as many windows open as it may. If that many are"
                                    + " not meant, a smaller GRACE or watermark.max_out_of_orderness closes them earlier.",
                            windows));
        }
    }

    private void processors(Observed observed) {
        ResourceAnalysis analysis = observed.analysis();
        boolean fallsBehind = analysis.backlogTrend() > 1 && analysis.backlog().last() > 0;
        int parallelism = config.processing().maxParallelism();
        if (fallsBehind && analysis.cpu().mean() > BUSY_PERCENT) {
            double wanted = (analysis.throughput().mean() + analysis.backlogTrend())
                    / Math.max(1, analysis.throughput().mean());
            add(
                    "pod.replicas",
                    1,
                    (long) Math.max(2, Math.ceil(wanted)),
                    text(
                            "The backlog grows by %d records a second while the processors are busy to %.0f %%: for each pod"
                                    + " that there is, so many are needed (kubectl velo scale), up to one a partition.",
                            (long) analysis.backlogTrend(), analysis.cpu().mean()));
        } else if (fallsBehind
                && analysis.cpu().mean() < IDLE_PERCENT
                && observed.streamThreads() >= parallelism
                && parallelism < pod.processors() * 2) {
            add(
                    "processing.max_parallelism",
                    parallelism,
                    Math.min(256, 2L * parallelism),
                    text(
                            "The backlog grows by %d records a second while the processors are busy to %.0f %% only and %d"
                                    + " stream threads run: more of them can work at a time, up to one a partition.",
                            (long) analysis.backlogTrend(), analysis.cpu().mean(), observed.streamThreads()));
        }
    }

    private static boolean isLong(Observed observed) {
        return span(observed).compareTo(LONG_ENOUGH.minus(ResourceHistory.SPACING.multipliedBy(2))) >= 0;
    }

    private static Duration span(Observed observed) {
        return Duration.between(observed.analysis().from(), observed.analysis().to());
    }

    /** To whole 16 MiB. */
    private static long roundUp(long bytes) {
        return Math.ceilDiv(bytes, 16 * MIB) * 16 * MIB;
    }

    private void add(String key, long current, long recommended, String reason) {
        advice.add(new Recommendation(key, current, recommended, reason));
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
