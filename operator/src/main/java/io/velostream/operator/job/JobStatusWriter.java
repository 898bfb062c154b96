package io.velostream.operator.job;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.velostream.crd.v1alpha1.ActionRequest;
import io.velostream.crd.v1alpha1.JobActions;
import io.velostream.crd.v1alpha1.LastError;
import io.velostream.crd.v1alpha1.VeloStreamJob;
import io.velostream.crd.v1alpha1.VeloStreamJobStatus;
import io.velostream.crd.v1alpha1.VeloStreamJobStatusBuilder;
import io.velostream.operator.action.ActionLog;
import io.velostream.operator.action.ActionType;
import io.velostream.operator.action.RequestedActions;
import io.velostream.operator.engine.EngineJobDocument;
import io.velostream.operator.engine.EngineJobDocument.DesiredState;
import io.velostream.operator.engine.EngineJobStatus;
import io.velostream.operator.status.ConditionType;
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

/** Writes one job's status, by server-side apply of a fresh object and only when it says something new. */
final class JobStatusWriter {

    private static final VeloStreamJobStatus EMPTY =
            VeloStreamJobStatusBuilder.builder().build();

    private final VeloStreamJob job;
    private final Context<VeloStreamJob> context;
    private final JobRuntime runtime;
    private VeloStreamJobStatus written;

    JobStatusWriter(VeloStreamJob job, Context<VeloStreamJob> context, JobRuntime runtime) {
        this.job = job;
        this.context = context;
        this.runtime = runtime;
        this.written = Objects.requireNonNullElse(job.getStatus(), EMPTY);
    }

    /** The status as it was written last. */
    VeloStreamJobStatus written() {
        return written;
    }

    /** The action log with the requests of the spec that it does not know yet. */
    ActionLog actionsWithNewRequests(Instant now) {
        JobActions asked = job.getSpec().actions();
        Optional<ActionRequest> restart = Optional.ofNullable(asked == null ? null : asked.restart());
        return RequestedActions.of(Map.of(ActionType.RESTART, restart))
                .recordIn(new ActionLog(written.actions()), written.observedGeneration() == null, now);
    }

    /** Writes the intents of this pass before anything is done. */
    void intend(ActionLog actions, String applicationId) {
        write(VeloStreamJobStatusBuilder.builder(written)
                .applicationId(applicationId)
                .stateGeneration(Objects.requireNonNullElse(written.stateGeneration(), 1))
                .actions(actions.entries())
                .build());
    }

    /**
     * Writes what the pass came to.
     *
     * @return whether the job is as it should be
     */
    boolean report(JobObservation observation, JobDecision decision, Optional<String> stableRevision) {
        StatusAggregator conditions = aggregator();
        new JobConditions(observation, decision, conditions).evaluate();
        List<EngineJobStatus> statuses = observation.statuses();
        DesiredState wanted =
                decision.document().map(EngineJobDocument::desiredState).orElse(DesiredState.RUNNING);
        String now = runtime.clock().instant().truncatedTo(ChronoUnit.SECONDS).toString();
        Optional<String> error =
                statuses.stream().flatMap(said -> said.lastError().stream()).findFirst();
        write(new VeloStreamJobStatus(
                JobPhase.of(conditions),
                job.getMetadata().getGeneration(),
                observation.cluster().getMetadata().getName(),
                observation.applicationId(),
                Objects.requireNonNullElse(written.stateGeneration(), 1),
                stableRevision.orElse(written.lastStableRevision()),
                decision.upgrade().upgrade().orElse(null),
                JobFigures.queries(statuses, written.queries(), now),
                JobFigures.group(observation.applicationId(), statuses, written),
                JobFigures.throughput(statuses, written),
                JobFigures.backlog(statuses, written),
                JobFigures.offsets(wanted, statuses),
                decision.actions().entries(),
                error.map(this::lastError).orElse(null),
                conditions.build()));
        return conditions.isTrue(ConditionType.READY);
    }

    /** Says that the job waits for something that comes by itself or by somebody else. */
    void pending(Reason reason, String message) {
        StatusAggregator conditions = aggregator();
        conditions.set(ConditionType.AVAILABLE, false, Reason.NOT_RUNNING, "runs in no pod");
        conditions.set(ConditionType.READY, false, reason, message);
        conditions.set(ConditionType.RECONCILING, true, reason, message);
        writeConditions(conditions, null);
    }

    /** Says that nothing goes on until the spec or somebody else's object is changed. */
    void stalled(Reason reason, String message) {
        StatusAggregator conditions = aggregator();
        conditions.set(ConditionType.READY, false, reason, message);
        conditions.set(ConditionType.STALLED, true, reason, message);
        writeConditions(conditions, lastError(message));
    }

    /** Says that an error was met and that the operator tries again. */
    void failed(Exception e) {
        String message = e.getClass().getSimpleName() + ": " + Objects.requireNonNullElse(e.getMessage(), "no details")
                + "; trying again";
        StatusAggregator conditions = aggregator();
        conditions.set(ConditionType.READY, false, Reason.ERROR, message);
        conditions.set(ConditionType.RECONCILING, true, Reason.ERROR, message);
        writeConditions(conditions, lastError(message));
    }

    /** Says that the operator leaves the job alone. */
    void paused(Instant until, @Nullable String reason) {
        StatusAggregator conditions = aggregator();
        conditions.set(
                ConditionType.PAUSED,
                true,
                Reason.PAUSED,
                "left alone until " + until.truncatedTo(ChronoUnit.SECONDS) + (reason == null ? "" : ": " + reason));
        boolean ready = written.conditions().stream()
                .anyMatch(condition ->
                        condition.getType().equals(ConditionType.READY.text()) && "True".equals(condition.getStatus()));
        conditions.set(ConditionType.READY, ready, Reason.PAUSED, "not looked at while paused");
        writeConditions(conditions, written.lastError());
    }

    private void writeConditions(StatusAggregator conditions, @Nullable LastError error) {
        write(new VeloStreamJobStatus(
                JobPhase.of(conditions),
                job.getMetadata().getGeneration(),
                written.cluster(),
                written.applicationId(),
                written.stateGeneration(),
                written.lastStableRevision(),
                written.upgrade(),
                written.queries(),
                written.consumerGroup(),
                written.throughput(),
                written.backlog(),
                written.offsets(),
                written.actions(),
                error,
                conditions.build()));
    }

    /** The time of an error is that of its first sight, so that a lasting one is written once. */
    private LastError lastError(String message) {
        String bounded = Messages.bounded(message);
        LastError before = written.lastError();
        return before != null && before.message().equals(bounded)
                ? before
                : new LastError(
                        bounded,
                        runtime.clock()
                                .instant()
                                .truncatedTo(ChronoUnit.SECONDS)
                                .toString());
    }

    private StatusAggregator aggregator() {
        return new StatusAggregator(
                written.conditions(),
                job.getMetadata().getGeneration(),
                runtime.clock().instant());
    }

    private void write(VeloStreamJobStatus status) {
        String uid = job.getMetadata().getUid();
        boolean figuresOnly = withFiguresOf(status, written).equals(written);
        if (status.equals(written) || (figuresOnly && !runtime.figures().isOpen(uid))) {
            return;
        }
        VeloStreamJob fresh = new VeloStreamJob();
        fresh.setMetadata(new ObjectMetaBuilder()
                .withNamespace(job.getMetadata().getNamespace())
                .withName(job.getMetadata().getName())
                .build());
        fresh.setStatus(status);
        context.resourceOperations().serverSideApplyPrimaryStatus(fresh);
        runtime.figures().written(uid);
        StatusEvents.ofConditions(written.conditions(), status.conditions())
                .forEach(event -> runtime.events().record(job, event));
        StatusEvents.ofActions(written.actions(), status.actions())
                .forEach(event -> runtime.events().record(job, event));
        StatusEvents.changed(written.actions(), status.actions())
                .forEach(action -> runtime.shared()
                        .meters()
                        .countAction(
                                "VeloStreamJob", action.type(), action.phase().value()));
        written = status;
    }

    private static VeloStreamJobStatus withFiguresOf(VeloStreamJobStatus status, VeloStreamJobStatus figures) {
        return new VeloStreamJobStatus(
                status.phase(),
                status.observedGeneration(),
                status.cluster(),
                status.applicationId(),
                status.stateGeneration(),
                status.lastStableRevision(),
                status.upgrade(),
                status.queries(),
                figures.consumerGroup(),
                figures.throughput(),
                figures.backlog(),
                status.offsets(),
                status.actions(),
                status.lastError(),
                status.conditions());
    }
}
