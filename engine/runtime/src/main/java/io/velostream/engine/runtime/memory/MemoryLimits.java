package io.velostream.engine.runtime.memory;

import io.velostream.engine.config.EngineConfig;
import io.velostream.engine.config.ExhaustionPolicy;

/**
 * What live state may take on one pod.
 *
 * @param totalBytes of all operators
 * @param operatorBytes of one operator, over its tasks
 * @param operatorGroups groups that one operator holds in memory, over its tasks
 * @param windowsPerKey windows that one key may have open
 * @param policy what is done at the limits
 */
public record MemoryLimits(
        long totalBytes, long operatorBytes, long operatorGroups, int windowsPerKey, ExhaustionPolicy policy) {

    private static final long MIB = 1L << 20;
    private static final long LEAST = 4 * MIB;
    private static final long FOR_CLIENTS = 64 * MIB;

    /** No limits. */
    public static final MemoryLimits NONE =
            new MemoryLimits(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, Integer.MAX_VALUE, ExhaustionPolicy.SPILL);

    /**
     * The limits of a pod. State gets half of what is left of {@code max_total_memory}, up to {@code gc_threshold}, behind
     * 64 MiB for Kafka's clients and the program itself: the other half is needed while a table grows, when its old and its
     * new arrays are both there, and while a snapshot is copied. Never less than 4 MiB.
     *
     * @param heapBytes the largest heap
     */
    public static MemoryLimits of(
            EngineConfig.ResourceLimits limits, EngineConfig.MemoryManagement management, long heapBytes) {
        double usable = Math.min(limits.maxTotalMemory(), heapBytes) * management.gcThreshold();
        long total = Math.max(LEAST, (long) (usable - FOR_CLIENTS) / 2);
        return new MemoryLimits(
                total,
                Math.max(LEAST, Math.min(total, limits.maxOperatorMemory())),
                limits.maxAggregationGroups(),
                limits.maxWindowsPerKey(),
                limits.exhaustionPolicy());
    }
}
