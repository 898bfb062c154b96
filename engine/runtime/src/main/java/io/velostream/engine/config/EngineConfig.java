package io.velostream.engine.config;

import java.util.Map;
import java.util.Optional;

/** The configuration of one pod, every default filled in. */
public record EngineConfig(
        Kafka kafka,
        ResourceLimits resourceLimits,
        MemoryManagement memoryManagement,
        Processing processing,
        Performance performance,
        CircuitBreaker circuitBreaker,
        Metrics metrics,
        Logging logging,
        Profiling profiling) {

    /**
     * How Kafka is reached.
     *
     * @param idPrefix begins every name that the engine makes in Kafka, so that one prefixed ACL is enough
     * @param consumer options of the consumers by Kafka's own names; may hold secrets
     * @param producer options of the producers by Kafka's own names; may hold secrets
     */
    public record Kafka(
            String bootstrapServers, String idPrefix, Map<String, String> consumer, Map<String, String> producer) {
        public Kafka {
            consumer = Map.copyOf(consumer);
            producer = Map.copyOf(producer);
        }

        /** Without the options' values, which may be secret. */
        @Override
        public String toString() {
            return "Kafka[bootstrapServers=" + bootstrapServers + ", idPrefix=" + idPrefix + ", consumer="
                    + consumer.keySet() + ", producer=" + producer.keySet() + "]";
        }
    }

    /**
     * What the engine may use.
     *
     * @param maxTotalMemory bytes of all operators' state, buffers and caches
     * @param maxOperatorMemory bytes of one operator
     * @param maxWindowsPerKey windows that one key may have open
     * @param maxAggregationGroups groups that one aggregation may hold in memory
     * @param exhaustionPolicy what is done when state reaches a limit
     */
    public record ResourceLimits(
            long maxTotalMemory,
            long maxOperatorMemory,
            int maxWindowsPerKey,
            int maxAggregationGroups,
            ExhaustionPolicy exhaustionPolicy) {}

    /**
     * When memory is cleaned up.
     *
     * @param gcThreshold share of the limit, between 0 and 1, at which a clean-up starts
     * @param cleanupIntervalSeconds seconds between clean-ups
     * @param historyRetentionSeconds seconds for which figures are kept
     */
    public record MemoryManagement(double gcThreshold, int cleanupIntervalSeconds, int historyRetentionSeconds) {}

    /**
     * How records are processed.
     *
     * @param batchSize records of one batch at most
     * @param maxParallelism stream threads of one job on this pod at most
     * @param queueSize records read ahead at most
     * @param timeoutMillis milliseconds after which an unfinished call to Kafka counts as failed
     * @param slowRecordMillis milliseconds that a batch may take without a warning
     */
    public record Processing(
            int batchSize, int maxParallelism, int queueSize, long timeoutMillis, long slowRecordMillis) {}

    /** Trade-offs between speed and memory. */
    public record Performance(boolean enableCaching) {}

    /**
     * When a failing dependency is left alone.
     *
     * @param failureThreshold failures in a row after which the breaker opens
     * @param timeoutSeconds seconds for which it stays open
     * @param recoveryTimeoutSeconds seconds within which trial calls must succeed
     * @param successThreshold successful trial calls after which it closes
     */
    public record CircuitBreaker(
            int failureThreshold, int timeoutSeconds, int recoveryTimeoutSeconds, int successThreshold) {}

    /**
     * How long the metrics' history goes back.
     *
     * @param retentionDays days
     */
    public record Metrics(int retentionDays) {}

    /**
     * What is logged, and where.
     *
     * @param file files beside standard output
     */
    public record Logging(LogLevel level, Optional<LogFile> file) {}

    /**
     * Log files that are kept within bounds.
     *
     * @param maxBytes of one file
     * @param maxFiles of one kind, the one that is being written included
     */
    public record LogFile(String directory, long maxBytes, int maxFiles) {}

    /** Whether the processors may be profiled. */
    public record Profiling(ProfilingMode mode) {}

    /** When profiles are taken. */
    public enum ProfilingMode {
        /** Never. */
        OFF,
        /** When they are asked for. */
        ON_DEMAND
    }

    /** The least severe level that is logged. */
    public enum LogLevel {
        ERROR,
        WARN,
        INFO,
        DEBUG,
        TRACE
    }
}
