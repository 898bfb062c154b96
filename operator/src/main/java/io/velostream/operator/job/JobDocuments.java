package io.velostream.operator.job;

import io.velostream.crd.v1alpha1.KafkaSettings;
import io.velostream.crd.v1alpha1.StartFrom;
import io.velostream.crd.v1alpha1.TopicPolicy;
import io.velostream.crd.v1alpha1.VeloStreamJob;
import io.velostream.crd.v1alpha1.VeloStreamJobSpec;
import io.velostream.operator.engine.EngineJobDocument;
import io.velostream.operator.engine.EngineJobDocument.DeliveryGuarantee;
import io.velostream.operator.engine.EngineJobDocument.DesiredState;
import io.velostream.operator.engine.EngineJobDocument.ErrorHandling;
import io.velostream.operator.engine.EngineJobDocument.ErrorStrategy;
import io.velostream.operator.engine.EngineJobDocument.StartType;
import io.velostream.operator.engine.EngineJobDocument.TopicDefaults;
import io.velostream.operator.engine.EngineJobDocument.Watermark;
import io.velostream.operator.resource.InvalidSpecException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/** Makes a job's document from its resource: pure functions. */
final class JobDocuments {

    private static final int UID_DIGITS = 6;

    private JobDocuments() {}

    /**
     * The document of a job, still without a sequence number.
     *
     * @param sql the text, wherever it comes from
     * @param placement state and pods
     */
    static EngineJobDocument of(
            VeloStreamJob job,
            String sql,
            KafkaSettings kafka,
            String applicationId,
            int stateGeneration,
            Placement placement) {
        VeloStreamJobSpec spec = job.getSpec();
        return new EngineJobDocument(
                job.getMetadata().getNamespace(),
                job.getMetadata().getName(),
                job.getMetadata().getUid(),
                job.getMetadata().getGeneration(),
                0,
                sql,
                new TreeMap<>(spec.variables()),
                applicationId,
                stateGeneration,
                placement.state(),
                placement.replicas(),
                placement.drainedOrdinals(),
                Optional.ofNullable(spec.parallelism()),
                spec.standbyReplicas(),
                guarantee(spec),
                startFrom(spec.startFrom()),
                errorHandling(spec),
                new Watermark(
                        spec.watermark().maxOutOfOrderness().toDuration().toMillis(),
                        spec.watermark().idleTimeout().toDuration().toMillis()),
                topicDefaults(kafka));
    }

    /**
     * State and pods of a job.
     *
     * @param state the stricter of the job's and its cluster's
     * @param replicas pods by which parallelism is spread
     * @param drainedOrdinals pods that must not run it
     */
    record Placement(DesiredState state, int replicas, List<Integer> drainedOrdinals) {
        Placement {
            drainedOrdinals = List.copyOf(drainedOrdinals);
        }
    }

    /**
     * The wanted document under the right sequence number: the stored document itself while the content is the same, else a number
     * above every known one and not below the clock.
     */
    static EngineJobDocument sequenced(
            EngineJobDocument wanted, Optional<EngineJobDocument> stored, OptionalLong highestInPods, Instant now) {
        if (stored.isPresent()
                && stored.get().sameContent(wanted)
                && highestInPods.orElse(0) <= stored.get().sequence()) {
            return stored.get();
        }
        long highest = Math.max(stored.map(EngineJobDocument::sequence).orElse(0L), highestInPods.orElse(0));
        return wanted.withSequence(Math.max(highest + 1, now.toEpochMilli()));
    }

    /** The stricter of what the job and its cluster ask for; see the states in the guide. */
    static DesiredState stricter(
            io.velostream.crd.v1alpha1.DesiredState job, io.velostream.crd.v1alpha1.DesiredState cluster) {
        DesiredState ofJob = state(job);
        DesiredState ofCluster = state(cluster);
        return ofJob.compareTo(ofCluster) >= 0 ? ofJob : ofCluster;
    }

    static DesiredState state(io.velostream.crd.v1alpha1.DesiredState state) {
        return switch (state) {
            case RUNNING -> DesiredState.RUNNING;
            case SUSPENDED -> DesiredState.SUSPENDED;
            case DRAINED -> DesiredState.DRAINED;
            case STOPPED -> DesiredState.STOPPED;
            case UNKNOWN -> throw unknown("desiredState");
        };
    }

    /** Kafka's name of a job that names none: readable, and another one for another job of the same name. */
    static String defaultApplicationId(VeloStreamJob job, KafkaSettings kafka) {
        String uid = job.getMetadata().getUid().replace("-", "");
        return kafka.idPrefix() + job.getMetadata().getNamespace() + "."
                + job.getMetadata().getName() + "-" + uid.substring(0, Math.min(UID_DIGITS, uid.length()));
    }

    private static DeliveryGuarantee guarantee(VeloStreamJobSpec spec) {
        return switch (spec.deliveryGuarantee()) {
            case EXACTLY_ONCE -> DeliveryGuarantee.EXACTLY_ONCE;
            case AT_LEAST_ONCE -> DeliveryGuarantee.AT_LEAST_ONCE;
            case UNKNOWN -> throw unknown("deliveryGuarantee");
        };
    }

    private static EngineJobDocument.StartFrom startFrom(StartFrom from) {
        return switch (from.type()) {
            case EARLIEST -> new EngineJobDocument.StartFrom(StartType.EARLIEST, Optional.empty());
            case LATEST -> new EngineJobDocument.StartFrom(StartType.LATEST, Optional.empty());
            case TIMESTAMP -> new EngineJobDocument.StartFrom(StartType.TIMESTAMP, Optional.of(millis(from)));
            case UNKNOWN -> throw unknown("startFrom.type");
        };
    }

    private static long millis(StartFrom from) {
        String text = from.timestamp();
        if (text == null) {
            throw new InvalidSpecException("spec.startFrom: type Timestamp needs a timestamp");
        }
        try {
            return OffsetDateTime.parse(text).toInstant().toEpochMilli();
        } catch (DateTimeException e) {
            throw new InvalidSpecException(
                    "spec.startFrom.timestamp '" + text + "' is not a time: write it like 2026-11-24T12:00:00Z");
        }
    }

    private static ErrorHandling errorHandling(VeloStreamJobSpec spec) {
        ErrorStrategy strategy = switch (spec.errorHandling().strategy()) {
            case DEAD_LETTER -> ErrorStrategy.DEAD_LETTER;
            case SKIP -> ErrorStrategy.SKIP;
            case FAIL -> ErrorStrategy.FAIL;
            case UNKNOWN -> throw unknown("errorHandling.strategy");
        };
        return new ErrorHandling(
                strategy, Optional.ofNullable(spec.errorHandling().deadLetterTopic()));
    }

    private static TopicDefaults topicDefaults(KafkaSettings kafka) {
        boolean create = kafka.topicPolicy() == TopicPolicy.CREATE_MISSING;
        var defaults = kafka.topicDefaults();
        if (defaults == null) {
            return new TopicDefaults(create, 0, 0, new TreeMap<>());
        }
        SortedMap<String, String> config = new TreeMap<>(defaults.config());
        return new TopicDefaults(
                create,
                Optional.ofNullable(defaults.partitions()).orElse(0),
                Optional.ofNullable(defaults.replicas()).orElse(0),
                config);
    }

    private static InvalidSpecException unknown(String field) {
        return new InvalidSpecException("spec." + field
                + ": a value that this operator does not know; upgrade the operator or change the value");
    }
}
