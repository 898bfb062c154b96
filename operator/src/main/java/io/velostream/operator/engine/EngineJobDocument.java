package io.velostream.operator.engine;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A job as it goes to a pod: the job document of the pod contract, with its names, and durations in milliseconds.
 *
 * @param uid of the VeloStreamJob; another uid under the same name is another job
 * @param generation of the VeloStreamJob that the document was made from
 * @param sequence grows with every change of the document; a pod refuses an older one
 * @param applicationId prefix of the Kafka Streams application ids of the job's units
 * @param stateGeneration grows with reprocessing and incompatible edits
 * @param replicas pods by which parallelism is spread
 * @param drainedOrdinals pods that must not run the job
 * @param parallelism upper bound of stream threads over all pods
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
@JsonIgnoreProperties(ignoreUnknown = true)
public record EngineJobDocument(
        String namespace,
        String name,
        String uid,
        long generation,
        long sequence,
        String sql,
        SortedMap<String, String> variables,
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

    public EngineJobDocument {
        variables = sorted(variables);
        drainedOrdinals = List.copyOf(drainedOrdinals);
    }

    /** The same document under another sequence number. */
    public EngineJobDocument withSequence(long newSequence) {
        return new EngineJobDocument(
                namespace,
                name,
                uid,
                generation,
                newSequence,
                sql,
                variables,
                applicationId,
                stateGeneration,
                desiredState,
                replicas,
                drainedOrdinals,
                parallelism,
                standbyReplicas,
                deliveryGuarantee,
                startFrom,
                errorHandling,
                watermark,
                topicDefaults);
    }

    /** The same queries, differently run: in another state or on other pods. */
    public EngineJobDocument withPlacement(DesiredState state, int newReplicas, List<Integer> newDrainedOrdinals) {
        return new EngineJobDocument(
                namespace,
                name,
                uid,
                generation,
                sequence,
                sql,
                variables,
                applicationId,
                stateGeneration,
                state,
                newReplicas,
                newDrainedOrdinals,
                parallelism,
                standbyReplicas,
                deliveryGuarantee,
                startFrom,
                errorHandling,
                watermark,
                topicDefaults);
    }

    /** Whether both say the same, whatever their sequence numbers. */
    public boolean sameContent(EngineJobDocument other) {
        return withSequence(0).equals(other.withSequence(0));
    }

    private static SortedMap<String, String> sorted(Map<String, String> values) {
        return java.util.Collections.unmodifiableSortedMap(new TreeMap<>(values));
    }

    /** What a job shall be doing; a later one is stricter. */
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
     * @param timestamp milliseconds since the epoch, for {@link StartType#TIMESTAMP}
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record StartFrom(StartType type, Optional<Long> timestamp) {}

    /** The kinds of starting point. */
    public enum StartType {
        EARLIEST,
        LATEST,
        TIMESTAMP
    }

    /** What happens to a record that cannot be processed. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
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
     * @param partitions 0: as many as the widest source
     * @param replicas 0: the broker's default
     */
    public record TopicDefaults(boolean create, int partitions, int replicas, SortedMap<String, String> config) {
        public TopicDefaults {
            config = sorted(config);
        }
    }
}
