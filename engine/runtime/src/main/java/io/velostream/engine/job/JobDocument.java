package io.velostream.engine.job;

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
        TopicDefaults topicDefaults) {
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
