package io.velostream.operator.job;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.velostream.crd.v1alpha1.DeletionPolicy;
import io.velostream.crd.v1alpha1.KafkaSettings;
import io.velostream.crd.v1alpha1.KafkaSettingsBuilder;
import io.velostream.crd.v1alpha1.QueryStatus;
import io.velostream.crd.v1alpha1.Retention;
import io.velostream.crd.v1alpha1.VeloCluster;
import io.velostream.crd.v1alpha1.VeloStreamJob;
import io.velostream.crd.v1alpha1.VeloStreamJobStatus;
import io.velostream.operator.kafka.JobTraces;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where a job's groups and topics are, and which they are.
 *
 * <p>The address is kept in an annotation of the job: when a cluster and its jobs are deleted together, the cluster is gone
 * before the jobs have left Kafka.
 */
final class JobKafka {

    static final String ANNOTATION = "velostream.io/kafka";

    private JobKafka() {}

    /** Keeps the address with the job, once and when it changes. */
    static void remember(VeloStreamJob job, VeloCluster cluster, KubernetesClient client) {
        String address = cluster.getSpec().kafka().bootstrapServers();
        if (!address.equals(remembered(job))) {
            String patch = client.getKubernetesSerialization()
                    .asJson(Map.of("metadata", Map.of("annotations", Map.of(ANNOTATION, address))));
            client.resources(VeloStreamJob.class)
                    .inNamespace(job.getMetadata().getNamespace())
                    .withName(job.getMetadata().getName())
                    .patch(PatchContext.of(PatchType.JSON_MERGE), patch);
        }
    }

    /** How the cluster reaches its Kafka; of a cluster that is gone the address only. Empty for a job that was never placed. */
    static Optional<KafkaSettings> of(VeloStreamJob job, Optional<VeloCluster> cluster) {
        return cluster.map(found -> found.getSpec().kafka())
                .or(() -> Optional.ofNullable(remembered(job))
                        .map(address -> KafkaSettingsBuilder.builder()
                                .bootstrapServers(address)
                                .build()));
    }

    /** What the job leaves in Kafka; empty where it never got an application id or all shall stay. */
    static Optional<JobTraces.Traces> traces(VeloStreamJob job, List<VeloStreamJob> all) {
        VeloStreamJobStatus status = job.getStatus();
        DeletionPolicy policy = job.getSpec().deletionPolicy();
        boolean allStays = policy.internalTopics() != Retention.DELETE
                && policy.consumerGroup() != Retention.DELETE
                && policy.outputTopics() != Retention.DELETE;
        if (status == null || status.applicationId() == null || allStays) {
            return Optional.empty();
        }
        String applicationId = status.applicationId();
        String deadLetters = job.getSpec().errorHandling().deadLetterTopic();
        return Optional.of(new JobTraces.Traces(
                job.getMetadata().getNamespace(),
                applicationId,
                others(job, all),
                status.queries().stream()
                        .map(QueryStatus::sink)
                        .filter(Objects::nonNull)
                        .collect(Collectors.toSet()),
                deadLetters == null ? applicationId + ".dlq" : deadLetters,
                policy));
    }

    private static Set<String> others(VeloStreamJob job, List<VeloStreamJob> all) {
        String uid = job.getMetadata().getUid();
        return all.stream()
                .filter(other -> !uid.equals(other.getMetadata().getUid()))
                .map(other ->
                        other.getStatus() == null ? null : other.getStatus().applicationId())
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
    }

    private static @Nullable String remembered(VeloStreamJob job) {
        Map<String, String> annotations = job.getMetadata().getAnnotations();
        return annotations == null ? null : annotations.get(ANNOTATION);
    }
}
