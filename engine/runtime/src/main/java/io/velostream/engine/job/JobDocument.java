package io.velostream.engine.job;

import io.velostream.engine.breaker.BreakerSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A job as the operator hands it to a pod, by file at the start or by {@code PUT /admin/jobs/{name}}. JSON with exactly
 * these names; durations in milliseconds.
 *
 * @param uid of the VeloStreamJob; another uid under the same name is another job
 * @param generation of the VeloStreamJob that the document was made from
 * @param sequence grows with every change of the document; a pod refuses an older one
 * @param applicationId prefix of the Kafka Streams application ids of the job's units
 * @param stateGeneration the {@code g} of the application ids; grows with reprocessing and incompatible edits
 * @param replicas pods of the cluster, by which parallelism is spread
 * @param drainedOrdinals pods that must not run the job (scale-in)
 * @param parallelism upper bound of stream threads over all pods; empty: pods × max_parallelism
 * @param circuitBreaker when the job's breakers open and close; empty: as the pod's configuration says
 */
public record JobDocument(
        String namespace,
        String name,
        String uid,
        long generation,
        long sequence,
        String sql,
        Map<String, String> variables,
        String applicationId,
        int stateGeneration,
        DesiredState desiredState,
        int replicas,
        List<Integer> drainedOrdinals,
        Optional<Integer> parallelism,
        int standbyReplicas,
        DeliveryGuarantee deliveryGuarantee,
        StartFrom startFrom,
        ErrorHandling errorHandling,
        Watermark watermark,
        TopicDefaults topicDefaults,
        Optional<CircuitBreaker> circuitBreaker) {
    public JobDocument {
        variables = Map.copyOf(variables);
        drainedOrdinals = List.copyOf(drainedOrdinals);
    }

    /** What the job shall be doing; see the states in the guide. */
    public enum DesiredState {
        RUNNING,
        SUSPENDED,
        DRAINED,
        STOPPED
    }

    /** What a crash may do to the output. */
    public enum DeliveryGuarantee {
        EXACTLY_ONCE,
        AT_LEAST_ONCE
    }

    /**
     * Where a new consumer group begins.
     *
     * @param timestamp milliseconds, for {@link StartType#TIMESTAMP}
     */
    public record StartFrom(StartType type, Optional<Long> timestamp) {}

    /** The kinds of starting point. */
    public enum StartType {
        EARLIEST,
        LATEST,
        TIMESTAMP
    }

    /** What happens to a record that cannot be processed. */
    public record ErrorHandling(ErrorStrategy strategy, Optional<String> deadLetterTopic) {}

    /** The owners of a failed record. */
    public enum ErrorStrategy {
        DEAD_LETTER,
        SKIP,
        FAIL
    }

    /** Defaults for sources whose WITH entries say nothing. */
    public record Watermark(long maxOutOfOrdernessMillis, long idleTimeoutMillis) {}

    /**
     * When the job's circuit breakers open and close.
     *
     * @param failureThreshold failures in a row that open one
     * @param timeoutMillis for how long it stays open
     * @param recoveryTimeoutMillis within which a trial must succeed
     * @param successThreshold successes of a trial that close it
     */
    public record CircuitBreaker(
            int failureThreshold, long timeoutMillis, long recoveryTimeoutMillis, int successThreshold) {
        public CircuitBreaker {
            if (failureThreshold < 1 || successThreshold < 1 || timeoutMillis < 1 || recoveryTimeoutMillis < 1) {
                throw new IllegalArgumentException("Thresholds and times of circuitBreaker are at least 1");
            }
        }

        BreakerSettings settings() {
            return new BreakerSettings(
                    failureThreshold,
                    Duration.ofMillis(timeoutMillis),
                    Duration.ofMillis(recoveryTimeoutMillis),
                    successThreshold);
        }
    }

    /**
     * How topics that are missing are created.
     *
     * @param create false: a missing topic fails the job
     */
    public record TopicDefaults(boolean create, int partitions, int replicas, Map<String, String> config) {
        public TopicDefaults {
            config = Map.copyOf(config);
        }
    }
}
