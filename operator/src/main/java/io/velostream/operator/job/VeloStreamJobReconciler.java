package io.velostream.operator.job;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.velostream.crd.v1alpha1.VeloCluster;
import io.velostream.crd.v1alpha1.VeloClusterSpec;
import io.velostream.crd.v1alpha1.VeloStreamJob;
import io.velostream.crd.v1alpha1.VeloStreamJobStatus;
import io.velostream.operator.action.PausePlace;
import io.velostream.operator.action.PausePoint;
import io.velostream.operator.cluster.ClusterPause;
import io.velostream.operator.cluster.PlacedJobs;
import io.velostream.operator.engine.AdminToken;
import io.velostream.operator.engine.EngineJobDocument;
import io.velostream.operator.engine.EngineJobDocument.DesiredState;
import io.velostream.operator.engine.EngineJobStatus;
import io.velostream.operator.engine.EnginePod;
import io.velostream.operator.kafka.JobTraces;
import io.velostream.operator.metrics.ResourceMeters;
import io.velostream.operator.resource.ApiErrors;
import io.velostream.operator.resource.ForeignObjectException;
import io.velostream.operator.resource.InvalidSpecException;
import io.velostream.operator.resource.ObjectWriter;
import io.velostream.operator.status.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Validates a job, places it on a cluster, hands its document to the pods and follows what they say. */
@ControllerConfiguration(
        name = "velostreamjob",
        fieldManager = ObjectWriter.FIELD_MANAGER,
        finalizerName = "velostream.io/cleanup")
public class VeloStreamJobReconciler implements Reconciler<VeloStreamJob>, Cleaner<VeloStreamJob> {

    private final JobRuntime runtime;
    private final JobTraces traces;
    private @Nullable JobClusterSources prepared;

    public VeloStreamJobReconciler(JobRuntime runtime, JobTraces traces) {
        this.runtime = runtime;
        this.traces = traces;
    }

    @Override
    public List<EventSource<?, VeloStreamJob>> prepareEventSources(EventSourceContext<VeloStreamJob> context) {
        JobClusterSources sources = new JobClusterSources(context);
        runtime.shared()
                .meters()
                .show("VeloStreamJob", () -> sources.allJobs().stream(), VeloStreamJobReconciler::state);
        prepared = sources;
        return sources.all();
    }

    @Override
    public UpdateControl<VeloStreamJob> reconcile(VeloStreamJob job, Context<VeloStreamJob> context) {
        JobStatusWriter status = new JobStatusWriter(job, context, runtime);
        Instant now = runtime.clock().instant();
        Optional<Instant> pausedUntil = ClusterPause.until(job.getSpec().pause(), now);
        if (pausedUntil.isPresent()) {
            status.paused(
                    pausedUntil.get(),
                    Objects.requireNonNull(job.getSpec().pause()).reason());
            return again(Duration.between(now, pausedUntil.get()).plusSeconds(1));
        }
        try {
            return again(
                    pass(job, context, status, now)
                            ? runtime.shared().steady()
                            : runtime.shared().working());
        } catch (InvalidSpecException e) {
            status.stalled(Reason.INVALID_SPEC, String.valueOf(e.getMessage()));
        } catch (ForeignObjectException e) {
            status.stalled(Reason.FOREIGN_OBJECT, String.valueOf(e.getMessage()));
        } catch (KubernetesClientException e) {
            if (!ApiErrors.isNamespaceGoing(e)) {
                throw e;
            }
        }
        return again(runtime.shared().steady());
    }

    @Override
    public DeleteControl cleanup(VeloStreamJob job, Context<VeloStreamJob> context) {
        boolean done = new JobCleanup(runtime, sources(), traces).isDone(job, context.getClient());
        return done
                ? DeleteControl.defaultDelete()
                : DeleteControl.noFinalizerRemoval()
                        .rescheduleAfter(runtime.shared().working());
    }

    @Override
    public ErrorStatusUpdateControl<VeloStreamJob> updateErrorStatus(
            VeloStreamJob job, Context<VeloStreamJob> context, Exception e) {
        if (!job.isMarkedForDeletion()) {
            new JobStatusWriter(job, context, runtime).failed(e);
        }
        return ErrorStatusUpdateControl.noStatusUpdate();
    }

    /** @return whether the job is as it should be */
    private boolean pass(VeloStreamJob job, Context<VeloStreamJob> context, JobStatusWriter status, Instant now) {
        Optional<VeloCluster> cluster = cluster(job, context);
        if (cluster.isEmpty()) {
            status.pending(
                    Reason.CLUSTER_MISSING,
                    "VeloCluster " + PlacedJobs.clusterName(job)
                            + " is not in this namespace or is being deleted: create it; the job goes on by itself then");
            return false;
        }
        JobKafka.remember(job, cluster.get(), context.getClient());
        String applicationId = applicationId(job, cluster.get(), status);
        ResourceID clusterId = ResourceID.fromResource(cluster.get());
        Optional<JobAdmission.Refusal> refusal = JobAdmission.group(
                        job, applicationId, sources().allJobs())
                .or(() -> JobAdmission.capacity(job, cluster.get(), sources().jobsOn(clusterId)));
        if (refusal.isPresent()) {
            status.pending(refusal.get().reason(), refusal.get().message());
            return false;
        }
        return switch (JobSql.find(job, sources().sqlMaps())) {
            case JobSql.Found.Missing(String message) -> {
                status.pending(Reason.SQL_NOT_FOUND, message);
                yield false;
            }
            case JobSql.Found.Text(String sql) -> {
                Optional<AdminToken> token = runtime.shared().tokens().find(cluster.get());
                JobObserver observer = new JobObserver(runtime, sources(), job, cluster.get(), token);
                Optional<String> stable = Optional.ofNullable(status.written().lastStableRevision());
                JobObservation observation = observer.observe(
                        sql,
                        applicationId,
                        status.actionsWithNewRequests(now),
                        status.written(),
                        now,
                        () -> stable.flatMap(name -> new JobRevisions(context.getClient())
                                .find(job.getMetadata().getNamespace(), name)));
                yield act(observation, context, status, observer);
            }
        };
    }

    private boolean act(
            JobObservation observation, Context<VeloStreamJob> context, JobStatusWriter status, JobObserver observer) {
        JobDecision decision = JobPlanner.decide(observation);
        status.intend(decision.actions(), observation.applicationId());
        hand(observation, decision, context, observer);
        JobDecision done = decision.withActions(JobSteps.told(decision.actions()));
        return status.report(observation, done, keepStable(observation, decision, context.getClient(), status));
    }

    /** ConfigMap first, then the pods: a pod that starts meanwhile finds the newer document. */
    private void hand(
            JobObservation observation, JobDecision decision, Context<VeloStreamJob> context, JobObserver observer) {
        JobActor actor =
                new JobActor(runtime.shared().engine(), runtime.shared().observer());
        PausePoint pausePoint = runtime.shared().pausePoint();
        decision.document().filter(document -> decision.store()).ifPresent(document -> {
            JobDocumentStore store = new JobDocumentStore(
                    context.getClient(),
                    (map, write) -> context.resourceOperations()
                            .resourcePatch(map, write, sources().documentSource()));
            Optional<ConfigMap> known = observer.documents();
            pausePoint.around(PausePlace.JOB_STORE, () -> store.write(observation.cluster(), document, known));
        });
        decision.canary().ifPresent(canary -> actor.push(canary.document(), observer.engines(List.of(canary.pod()))));
        decision.document().filter(document -> !decision.push().isEmpty()).ifPresent(document -> {
            List<EnginePod> pods = observer.engines(decision.push());
            pausePoint.around(PausePlace.JOB_PUSH, () -> actor.push(document, pods));
        });
        if (!decision.force().isEmpty()) {
            List<EnginePod> pods = observer.engines(decision.force());
            pausePoint.around(PausePlace.JOB_FORCE, () -> actor.delete(observation.name(), pods));
        }
    }

    /** A document that runs in every pod is kept as the last good one; done once for each. */
    private Optional<String> keepStable(
            JobObservation observation, JobDecision decision, KubernetesClient client, JobStatusWriter status) {
        Optional<EngineJobDocument> stable = decision.document()
                .filter(document -> document.generation() == observation.generation())
                .filter(document -> document.desiredState() == DesiredState.RUNNING)
                .filter(document -> decision.upgrade().state() == JobUpgrade.State.NONE)
                .filter(document -> JobSteps.everyPodSays(
                        observation,
                        said -> said.state() == EngineJobStatus.State.RUNNING
                                && said.runningGeneration() >= document.generation()));
        if (stable.isEmpty()) {
            return Optional.empty();
        }
        String name = JobRevisions.name(observation.job(), stable.get());
        if (!name.equals(status.written().lastStableRevision())) {
            new JobRevisions(client).keep(observation.job(), stable.get());
        }
        return Optional.of(name);
    }

    private Optional<VeloCluster> cluster(VeloStreamJob job, Context<VeloStreamJob> context) {
        Optional<VeloCluster> known = sources().cluster(PlacedJobs.cluster(job));
        VeloClusterSpec own = job.getSpec().cluster();
        if (job.getSpec().clusterRef() == null && own != null) {
            ObjectWriter writer = new ObjectWriter(context.getClient(), context.resourceOperations()::resourcePatch);
            return Optional.of(OwnedCluster.apply(job, own, known, writer));
        }
        return known.filter(cluster -> !cluster.isMarkedForDeletion());
    }

    private static String applicationId(VeloStreamJob job, VeloCluster cluster, JobStatusWriter status) {
        String asked = job.getSpec().applicationId();
        if (asked != null) {
            return asked;
        }
        String before = status.written().applicationId();
        return before != null
                ? before
                : JobDocuments.defaultApplicationId(job, cluster.getSpec().kafka());
    }

    private JobClusterSources sources() {
        return Objects.requireNonNull(prepared, "the SDK prepares event sources before it reconciles");
    }

    private static ResourceMeters.State state(VeloStreamJob job) {
        VeloStreamJobStatus status = job.getStatus();
        return status == null
                ? new ResourceMeters.State(0, List.of())
                : new ResourceMeters.State(
                        Objects.requireNonNullElse(status.observedGeneration(), 0L), status.conditions());
    }

    private static UpdateControl<VeloStreamJob> again(Duration after) {
        return UpdateControl.<VeloStreamJob>noUpdate().rescheduleAfter(after);
    }
}
