package io.velostream.operator.job;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.velostream.crd.v1alpha1.KafkaSettings;
import io.velostream.crd.v1alpha1.VeloCluster;
import io.velostream.crd.v1alpha1.VeloStreamJob;
import io.velostream.operator.cluster.PlacedJobs;
import io.velostream.operator.cluster.PodView;
import io.velostream.operator.engine.AdminToken;
import io.velostream.operator.engine.EnginePod;
import io.velostream.operator.engine.PodReport;
import io.velostream.operator.kafka.JobTraces;
import io.velostream.operator.kafka.KafkaUnreachableException;
import io.velostream.operator.status.Reason;
import io.velostream.operator.status.StatusEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Removes a deleted job: first its document, so that no pod starts it again, then the job itself from every pod, then what it
 * leaves in Kafka. Bounded by {@code spec.deletionTimeout}; then the resource goes with a warning. A cluster that is gone or
 * going is not waited for.
 */
final class JobCleanup {

    private final JobRuntime runtime;
    private final JobClusterSources sources;
    private final JobTraces traces;

    JobCleanup(JobRuntime runtime, JobClusterSources sources, JobTraces traces) {
        this.runtime = runtime;
        this.sources = sources;
        this.traces = traces;
    }

    /** @return whether the resource may go */
    boolean isDone(VeloStreamJob job, KubernetesClient client) {
        return hasLeftPods(job, client) && hasLeftKafka(job);
    }

    private boolean hasLeftPods(VeloStreamJob job, KubernetesClient client) {
        ResourceID id = PlacedJobs.cluster(job);
        Optional<VeloCluster> cluster = sources.cluster(id).filter(found -> !found.isMarkedForDeletion());
        if (cluster.isEmpty()) {
            return true;
        }
        String namespace = job.getMetadata().getNamespace();
        String name = job.getMetadata().getName();
        new JobDocumentStore(client, (object, write) -> write.apply(object))
                .remove(namespace, cluster.get().getMetadata().getName(), name);
        Optional<AdminToken> token = runtime.shared().tokens().find(cluster.get());
        if (token.isEmpty()) {
            return true;
        }
        List<String> remaining = remaining(job, namespace, id, token.get());
        if (remaining.isEmpty()) {
            return true;
        }
        if (isLate(job)) {
            timedOut(
                    job,
                    "the job could not be removed from " + String.join(", ", remaining) + " within "
                            + job.getSpec().deletionTimeout()
                            + " and was let go; the operator removes it from them when they answer");
            return true;
        }
        return false;
    }

    private List<String> remaining(VeloStreamJob job, String namespace, ResourceID cluster, AdminToken token) {
        List<PodView> running =
                sources.pods(cluster).stream().filter(PodView::isRunning).toList();
        List<EnginePod> pods = running.stream()
                .map(pod -> new EnginePod(
                        namespace,
                        pod.name(),
                        pod.ip().orElse("0.0.0.0"),
                        runtime.shared().port(),
                        token))
                .toList();
        Map<String, PodReport> reports = runtime.shared().observer().observe(pods);
        List<EnginePod> holding = pods.stream()
                .filter(pod -> reports.get(pod.name()) instanceof PodReport.Reached reached
                        ? reached.processing()
                                .job(job.getMetadata().getName())
                                .filter(status ->
                                        status.uid().equals(job.getMetadata().getUid()))
                                .isPresent()
                        : true)
                .toList();
        new JobActor(runtime.shared().engine(), runtime.shared().observer())
                .delete(job.getMetadata().getName(), holding);
        return holding.stream().map(EnginePod::name).toList();
    }

    private boolean hasLeftKafka(VeloStreamJob job) {
        Optional<KafkaSettings> kafka = JobKafka.of(job, sources.cluster(PlacedJobs.cluster(job)));
        Optional<JobTraces.Traces> left = JobKafka.traces(job, sources.allJobs());
        if (kafka.isEmpty() || left.isEmpty()) {
            return true;
        }
        String why;
        try {
            switch (traces.remove(kafka.get(), left.get())) {
                case JobTraces.Outcome.Done() -> {
                    return true;
                }
                case JobTraces.Outcome.OutOfReach(String reason) -> {
                    letGo(job, left.get(), reason);
                    return true;
                }
                case JobTraces.Outcome.InUse(Set<String> groups) ->
                    why = "the groups " + String.join(", ", groups) + " still have members";
            }
        } catch (KafkaUnreachableException e) {
            why = String.valueOf(e.getMessage());
        }
        if (isLate(job)) {
            letGo(job, left.get(), "within " + job.getSpec().deletionTimeout() + " " + why);
            return true;
        }
        return false;
    }

    private void letGo(VeloStreamJob job, JobTraces.Traces left, String why) {
        timedOut(
                job,
                "the groups and topics that begin with " + left.applicationId() + ". stay in Kafka: " + why
                        + "; delete them by hand");
    }

    private void timedOut(VeloStreamJob job, String message) {
        runtime.events().record(job, new StatusEvent(Reason.CLEANUP_TIMED_OUT, true, message));
    }

    private boolean isLate(VeloStreamJob job) {
        Instant asked = Instant.parse(job.getMetadata().getDeletionTimestamp());
        Duration timeout = job.getSpec().deletionTimeout().toDuration();
        return runtime.clock().instant().isAfter(asked.plus(timeout));
    }
}
