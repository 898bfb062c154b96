package io.velostream.operator.cluster;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.velostream.crd.v1alpha1.ActionRequest;
import io.velostream.crd.v1alpha1.ClusterActions;
import io.velostream.crd.v1alpha1.LastError;
import io.velostream.crd.v1alpha1.VeloCluster;
import io.velostream.crd.v1alpha1.VeloClusterStatus;
import io.velostream.crd.v1alpha1.VeloClusterStatusBuilder;
import io.velostream.operator.action.ActionLog;
import io.velostream.operator.action.ActionType;
import io.velostream.operator.action.RequestedActions;
import io.velostream.operator.engine.EngineJobStatus;
import io.velostream.operator.status.ConditionType;
import io.velostream.operator.status.Figures;
import io.velostream.operator.status.Messages;
import io.velostream.operator.status.Reason;
import io.velostream.operator.status.StatusAggregator;
import io.velostream.operator.status.StatusEvents;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes one cluster's status, by server-side apply of a fresh object and only when it says something new. */
final class ClusterStatusWriter {

    private static final VeloClusterStatus EMPTY =
            VeloClusterStatusBuilder.builder().build();

    private final VeloCluster cluster;
    private final Context<VeloCluster> context;
    private final ClusterRuntime runtime;
    private VeloClusterStatus written;

    ClusterStatusWriter(VeloCluster cluster, Context<VeloCluster> context, ClusterRuntime runtime) {
        this.cluster = cluster;
        this.context = context;
        this.runtime = runtime;
        this.written = Objects.requireNonNullElse(cluster.getStatus(), EMPTY);
    }

    /** The image: what the spec names, else what was resolved when the cluster was created. */
    String image() {
        String asked = cluster.getSpec().image();
        return asked != null
                ? asked
                : Objects.requireNonNullElse(written.image(), runtime.defaults().image());
    }

    /** The action log with the requests of the spec that it does not know yet. */
    ActionLog actionsWithNewRequests(Instant now) {
        ClusterActions asked = cluster.getSpec().actions();
        RequestedActions requested = RequestedActions.of(Map.of(
                ActionType.RESTART_PROCESSING,
                optional(asked == null ? null : asked.restartProcessing()),
                ActionType.RESTART_PODS,
                optional(asked == null ? null : asked.restartPods())));
        return requested.recordIn(new ActionLog(written.actions()), written.observedGeneration() == null, now);
    }

    private static Optional<ActionRequest> optional(@Nullable ActionRequest request) {
        return Optional.ofNullable(request);
    }

    /** Writes the intents of this pass before anything is done; everything else stays as it is. */
    void intend(ActionLog actions) {
        write(VeloClusterStatusBuilder.builder(written)
                .image(image())
                .actions(actions.entries())
                .build());
    }

    /** Hash of the configuration that every pod got ready with last. */
    Optional<String> lastGoodConfig() {
        return Optional.ofNullable(written.lastGoodConfigRevision());
    }

    /**
     * Writes what the pass came to.
     *
     * @return whether the cluster is as it should be
     */
    boolean report(ClusterObservation observation, ClusterDecision decision, ActionLog actions, String configHash) {
        StatusAggregator conditions = aggregator();
        new ClusterConditions(observation, decision, conditions).evaluate();
        boolean applied = conditions.isTrue(ConditionType.CONFIG_APPLIED);
        write(new VeloClusterStatus(
                ClusterPhase.of(conditions),
                cluster.getMetadata().getGeneration(),
                observation.pods().size(),
                (int) observation.readyBelow(Integer.MAX_VALUE),
                ClusterNames.podSelectorText(cluster.getMetadata().getName()),
                image(),
                applied ? configHash : written.configHash(),
                decision.progress().config().lastGood().orElse(null),
                observation.jobs().size(),
                Figures.settled(written.recordsPerSecond(), throughput(observation)),
                actions.entries(),
                null,
                conditions.build()));
        return conditions.isTrue(ConditionType.READY);
    }

    private static Optional<Long> throughput(ClusterObservation observation) {
        List<EngineJobStatus> jobs = observation.reports().values().stream()
                .flatMap(report -> report.reached().stream())
                .flatMap(report -> report.processing().jobs().stream())
                .toList();
        return jobs.isEmpty()
                ? Optional.empty()
                : Optional.of(jobs.stream()
                        .mapToLong(EngineJobStatus::recordsPerSecond)
                        .sum());
    }

    /** Says that the operator leaves the cluster alone. */
    void paused(Instant until) {
        StatusAggregator conditions = aggregator();
        String reason = cluster.getSpec().pause() == null
                ? null
                : cluster.getSpec().pause().reason();
        conditions.set(
                ConditionType.PAUSED,
                true,
                Reason.PAUSED,
                "left alone until " + until.truncatedTo(ChronoUnit.SECONDS) + (reason == null ? "" : ": " + reason));
        written.conditions().stream()
                .filter(condition -> condition.getType().equals(ConditionType.READY.text()))
                .findFirst()
                .ifPresent(ready -> conditions.set(
                        ConditionType.READY,
                        "True".equals(ready.getStatus()),
                        Reason.PAUSED,
                        "not looked at while paused"));
        write(withConditions(conditions, written.lastError()));
    }

    /** Says that nothing goes on until the spec or somebody else's object is changed. */
    void stalled(Reason reason, String message) {
        StatusAggregator conditions = aggregator();
        conditions.set(ConditionType.READY, false, reason, message);
        conditions.set(ConditionType.STALLED, true, reason, message);
        write(withConditions(conditions, lastError(message)));
    }

    /** Says that an error was met and that the operator tries again. */
    void failed(Exception e) {
        String message = e.getClass().getSimpleName() + ": " + Objects.requireNonNullElse(e.getMessage(), "no details")
                + "; trying again";
        StatusAggregator conditions = aggregator();
        conditions.set(ConditionType.READY, false, Reason.ERROR, message);
        conditions.set(ConditionType.RECONCILING, true, Reason.ERROR, message);
        write(withConditions(conditions, lastError(message)));
    }

    /** The time of an error is that of its first sight, so that a lasting one is written once. */
    private LastError lastError(String message) {
        LastError before = written.lastError();
        String bounded = Messages.bounded(message);
        return before != null && before.message().equals(bounded)
                ? before
                : new LastError(
                        bounded,
                        runtime.clock()
                                .instant()
                                .truncatedTo(ChronoUnit.SECONDS)
                                .toString());
    }

    private VeloClusterStatus withConditions(StatusAggregator conditions, @Nullable LastError error) {
        return new VeloClusterStatus(
                ClusterPhase.of(conditions),
                cluster.getMetadata().getGeneration(),
                written.replicas(),
                written.readyReplicas(),
                written.selector(),
                written.image(),
                written.configHash(),
                written.lastGoodConfigRevision(),
                written.jobs(),
                written.recordsPerSecond(),
                written.actions(),
                error,
                conditions.build());
    }

    private StatusAggregator aggregator() {
        return new StatusAggregator(
                written.conditions(),
                cluster.getMetadata().getGeneration(),
                runtime.clock().instant());
    }

    private void write(VeloClusterStatus status) {
        String uid = cluster.getMetadata().getUid();
        boolean figuresOnly = withFiguresOf(status, written).equals(written);
        if (status.equals(written) || (figuresOnly && !runtime.figures().isOpen(uid))) {
            return;
        }
        VeloCluster fresh = new VeloCluster();
        fresh.setMetadata(new ObjectMetaBuilder()
                .withNamespace(cluster.getMetadata().getNamespace())
                .withName(cluster.getMetadata().getName())
                .build());
        fresh.setStatus(status);
        context.resourceOperations().serverSideApplyPrimaryStatus(fresh);
        runtime.figures().written(uid);
        StatusEvents.ofConditions(written.conditions(), status.conditions())
                .forEach(event -> runtime.events().record(cluster, event));
        StatusEvents.ofActions(written.actions(), status.actions())
                .forEach(event -> runtime.events().record(cluster, event));
        StatusEvents.changed(written.actions(), status.actions())
                .forEach(action -> runtime.meters()
                        .countAction(
                                "VeloCluster", action.type(), action.phase().value()));
        written = status;
    }

    private static VeloClusterStatus withFiguresOf(VeloClusterStatus status, VeloClusterStatus figures) {
        return new VeloClusterStatus(
                status.phase(),
                status.observedGeneration(),
                status.replicas(),
                status.readyReplicas(),
                status.selector(),
                status.image(),
                status.configHash(),
                status.lastGoodConfigRevision(),
                status.jobs(),
                figures.recordsPerSecond(),
                status.actions(),
                status.lastError(),
                status.conditions());
    }
}
