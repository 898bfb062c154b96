package io.velostream.operator.job;

import io.velostream.crd.v1alpha1.ActionPhase;
import io.velostream.crd.v1alpha1.ActionStatus;
import io.velostream.crd.v1alpha1.Drain;
import io.velostream.crd.v1alpha1.DrainTimeoutPolicy;
import io.velostream.operator.action.ActionLog;
import io.velostream.operator.action.ActionType;
import io.velostream.operator.action.RequestedActions;
import io.velostream.operator.engine.EngineJobDocument.DesiredState;
import io.velostream.operator.engine.EngineJobStatus;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The steps of a job's actions: the operator's own {@code drain} and {@code stop}, which are watched and bounded in time, and the
 * action {@code restart}, which stops the job in every pod and, once all have said so, starts it again.
 */
final class JobSteps {

    private static final String STOP = "stop";
    private static final String START = "start";
    private static final String FORCE = "force";
    private static final String FORCED = "forced";

    private JobSteps() {}

    /**
     * The log with the intents of this pass.
     *
     * @param state a stricter state than the spec asks for, while an action needs it
     * @param timedOut whether a drain did not finish in time
     * @param force whether the job is to be ended in those pods that have not drained it
     */
    record Outcome(ActionLog actions, Optional<DesiredState> state, boolean timedOut, boolean force) {

        Outcome(ActionLog actions, Optional<DesiredState> state, boolean timedOut) {
            this(actions, state, timedOut, false);
        }
    }

    static Outcome advance(JobObservation job) {
        DesiredState asked = JobDocuments.stricter(
                job.spec().desiredState(), job.cluster().getSpec().desiredState());
        Outcome drain = drain(job, job.actions(), asked);
        Optional<ActionStatus> restart = drain.actions().running(ActionType.RESTART);
        if (restart.isEmpty()) {
            return drain;
        }
        if (asked != DesiredState.RUNNING) {
            ActionLog ended = drain.actions()
                    .finish(
                            ActionType.RESTART,
                            restart.get().requestId(),
                            ActionPhase.FAILED,
                            "not done: desiredState is not Running",
                            job.now());
            return new Outcome(ended, Optional.empty(), drain.timedOut());
        }
        return restart(job, drain.actions(), restart.get());
    }

    private static Outcome restart(JobObservation job, ActionLog log, ActionStatus entry) {
        String id = entry.requestId();
        String step = Objects.requireNonNullElse(entry.step(), RequestedActions.ACCEPTED);
        if (step.equals(START)) {
            boolean running = everyPodSays(job, status -> status.state() == EngineJobStatus.State.RUNNING);
            ActionLog next = running
                    ? log.finish(
                            ActionType.RESTART, id, ActionPhase.SUCCEEDED, "the job runs in every pod again", job.now())
                    : log;
            return new Outcome(next, Optional.empty(), false);
        }
        if (step.equals(STOP)) {
            if (everyPodSays(job, EngineJobStatus::isDrained)) {
                return new Outcome(
                        log.step(ActionType.RESTART, id, START, "the job is started from the committed offsets"),
                        Optional.empty(),
                        false);
            }
            Drain drain = job.spec().drain();
            if (isLate(job, entry, drain)) {
                ActionLog failed = log.finish(
                        ActionType.RESTART,
                        id,
                        ActionPhase.FAILED,
                        "the job was not drained within " + drain.timeout() + "; it runs on",
                        job.now());
                return new Outcome(failed, Optional.empty(), false);
            }
            return new Outcome(log, Optional.of(DesiredState.STOPPED), false);
        }
        return new Outcome(
                log.step(ActionType.RESTART, id, STOP, "the job is drained and stopped in every pod"),
                Optional.of(DesiredState.STOPPED),
                false);
    }

    private static Outcome drain(JobObservation job, ActionLog log, DesiredState asked) {
        if (asked != DesiredState.DRAINED && asked != DesiredState.STOPPED) {
            ActionLog ended = takenBack(takenBack(log, ActionType.DRAIN, job), ActionType.STOP, job);
            return new Outcome(ended, Optional.empty(), false);
        }
        ActionType type = asked == DesiredState.STOPPED ? ActionType.STOP : ActionType.DRAIN;
        ActionLog result = takenBack(log, type == ActionType.STOP ? ActionType.DRAIN : ActionType.STOP, job);
        boolean drained = job.expectedOrdinals().isEmpty() || everyPodSays(job, EngineJobStatus::isDrained);
        Optional<ActionStatus> running = result.running(type);
        if (drained) {
            ActionLog ended =
                    running.map(entry -> atRest(result, type, entry, job)).orElse(result);
            return new Outcome(ended, Optional.empty(), false);
        }
        Drain drain = job.spec().drain();
        if (running.isPresent()) {
            Optional<Outcome> forced = forced(job, result, type, running.get());
            if (forced.isPresent()) {
                return forced.get();
            }
            boolean late = isLate(job, running.get(), drain);
            ActionLog next = late
                    ? result.finish(
                            type,
                            running.get().requestId(),
                            ActionPhase.FAILED,
                            "not drained within " + drain.timeout() + "; the drain goes on",
                            job.now())
                    : result;
            return new Outcome(next, Optional.empty(), late);
        }
        String id = "generation-" + job.generation() + "-"
                + job.cluster().getMetadata().getGeneration();
        if (result.knows(type, id)) {
            boolean failed = result.find(type, id)
                    .filter(entry -> entry.phase() == ActionPhase.FAILED)
                    .isPresent();
            return new Outcome(result, Optional.empty(), failed);
        }
        return new Outcome(
                result.start(type, id, "drain", "intake stops, what was read is committed", job.now()),
                Optional.empty(),
                false);
    }

    private static ActionLog atRest(ActionLog log, ActionType type, ActionStatus entry, JobObservation job) {
        boolean forced = FORCE.equals(entry.step()) || FORCED.equals(entry.step());
        return forced
                ? log.finish(
                        type,
                        entry.requestId(),
                        ActionPhase.FAILED,
                        givenUp(job.spec().drain()),
                        job.now())
                : log.finish(
                        type,
                        entry.requestId(),
                        ActionPhase.SUCCEEDED,
                        "everything that was read is committed, the groups are left",
                        job.now());
    }

    /**
     * A drain that is late and whose policy is Force: the pods forget the job, which ends it there, and are given its document anew,
     * by which nothing starts. Each pod is made to forget once: the step "forced" is written when all were told.
     */
    private static Optional<Outcome> forced(JobObservation job, ActionLog log, ActionType type, ActionStatus entry) {
        String step = Objects.requireNonNullElse(entry.step(), "");
        Drain drain = job.spec().drain();
        if (step.equals(FORCED)) {
            boolean allThatAnswer = job.statuses().stream().allMatch(EngineJobStatus::isDrained);
            ActionLog next = allThatAnswer
                    ? log.finish(type, entry.requestId(), ActionPhase.FAILED, givenUp(drain), job.now())
                    : log;
            return Optional.of(new Outcome(next, Optional.empty(), false));
        }
        boolean begin = drain.onTimeout() == DrainTimeoutPolicy.FORCE && isLate(job, entry, drain);
        return step.equals(FORCE) || begin
                ? Optional.of(new Outcome(
                        log.step(type, entry.requestId(), FORCE, givenUp(drain)), Optional.empty(), false, true))
                : Optional.empty();
    }

    private static String givenUp(Drain drain) {
        return "not drained within " + drain.timeout()
                + "; ended all the same, as drain.onTimeout: Force asks: what was "
                + "read and not committed is read again when the job starts";
    }

    /** The log once the pods were told. */
    static ActionLog told(ActionLog log) {
        ActionLog result = log;
        for (ActionType type : List.of(ActionType.DRAIN, ActionType.STOP)) {
            Optional<ActionStatus> forcing = result.running(type).filter(entry -> FORCE.equals(entry.step()));
            if (forcing.isPresent()) {
                result = result.step(
                        type,
                        forcing.get().requestId(),
                        FORCED,
                        Objects.requireNonNullElse(forcing.get().message(), ""));
            }
        }
        return result;
    }

    /** Whether the job came to rest without being drained. */
    static boolean wasForced(ActionLog log, DesiredState state) {
        return log.latest(state == DesiredState.STOPPED ? ActionType.STOP : ActionType.DRAIN)
                .filter(entry -> FORCED.equals(entry.step()))
                .isPresent();
    }

    private static ActionLog takenBack(ActionLog log, ActionType type, JobObservation job) {
        return log.running(type)
                .map(entry -> log.finish(
                        type, entry.requestId(), ActionPhase.FAILED, "taken back: desiredState was changed", job.now()))
                .orElse(log);
    }

    /** Whether every pod that shall run the job answers, knows the stored document, and says so. */
    static boolean everyPodSays(JobObservation job, java.util.function.Predicate<EngineJobStatus> what) {
        List<EngineJobStatus> statuses = job.statuses();
        long sequence = job.stored().map(document -> document.sequence()).orElse(0L);
        return statuses.size() == job.expectedOrdinals().size()
                && !statuses.isEmpty()
                && statuses.stream().allMatch(status -> status.sequence() >= sequence && what.test(status));
    }

    private static boolean isLate(JobObservation job, ActionStatus entry, Drain drain) {
        String started = entry.startedAt();
        try {
            return started != null
                    && job.now()
                            .isAfter(Instant.parse(started).plus(drain.timeout().toDuration()));
        } catch (DateTimeException e) {
            return false;
        }
    }
}
