package io.velostream.operator.job;

import io.velostream.operator.action.ActionType;
import io.velostream.operator.engine.EngineJobDocument;
import io.velostream.operator.engine.EngineJobDocument.DesiredState;
import io.velostream.operator.engine.EngineJobStatus;
import io.velostream.operator.engine.EngineJobStatus.State;
import io.velostream.operator.engine.PodChecks;
import io.velostream.operator.engine.PodReport;
import io.velostream.operator.status.ConditionType;
import io.velostream.operator.status.Messages;
import io.velostream.operator.status.Reason;
import io.velostream.operator.status.StatusAggregator;
import java.util.List;
import java.util.Optional;

/** What a pass has to say about a job: a pure function of what was observed and decided. */
final class JobConditions {

    private static final int PROBLEMS_SHOWN = 5;

    private final JobObservation job;
    private final JobDecision decision;
    private final StatusAggregator status;
    private final List<EngineJobStatus> statuses;

    JobConditions(JobObservation job, JobDecision decision, StatusAggregator status) {
        this.job = job;
        this.decision = decision;
        this.status = status;
        this.statuses = job.statuses();
    }

    /** Sets every condition. */
    void evaluate() {
        validity();
        availability();
        breakers();
        readiness();
    }

    /** Of the pods that shall run the job; what a pod's other jobs broke is the job's trouble too. */
    private void breakers() {
        List<PodReport> reports = job.expectedOrdinals().stream()
                .flatMap(ordinal -> job.pod(ordinal).stream())
                .flatMap(pod -> job.reached(pod).stream())
                .<PodReport>map(report -> report)
                .toList();
        PodChecks.of(reports)
                .verdict(PodChecks.CIRCUIT_BREAKERS)
                .ifPresentOrElse(
                        failing -> {
                            boolean closed = failing.isEmpty();
                            status.set(
                                    ConditionType.CIRCUIT_BREAKERS_CLOSED,
                                    closed,
                                    closed ? Reason.AS_EXPECTED : Reason.CIRCUIT_BREAKER_OPEN,
                                    closed
                                            ? "no pod has an open breaker"
                                            : String.join(", ", failing) + " have an open breaker");
                        },
                        () -> status.unknown(
                                ConditionType.CIRCUIT_BREAKERS_CLOSED, Reason.PODS_NOT_READY, "no pod can be asked"));
    }

    private void validity() {
        Optional<Judgement> verdict = decision.validity();
        if (verdict.isEmpty()) {
            status.unknown(ConditionType.VALID, Reason.STARTING, "the pods are being asked");
            return;
        }
        Judgement judgement = verdict.get();
        if (judgement.valid()) {
            String warnings = judgement.problems().isEmpty() ? "" : "; warnings: " + problems(judgement);
            status.set(ConditionType.VALID, true, Reason.VALID, "judged by " + judgement.judge() + warnings);
        } else {
            status.set(
                    ConditionType.VALID,
                    false,
                    Reason.INVALID_SQL,
                    problems(judgement) + " [judged by " + judgement.judge() + "]");
        }
    }

    private static String problems(Judgement judgement) {
        List<String> problems = judgement.problems();
        String shown = String.join("; ", problems.subList(0, Math.min(PROBLEMS_SHOWN, problems.size())));
        int more = problems.size() - PROBLEMS_SHOWN;
        return more > 0 ? shown + "; and " + more + " more" : shown;
    }

    private void availability() {
        long running =
                statuses.stream().filter(said -> said.state() == State.RUNNING).count();
        if (running > 0) {
            status.set(
                    ConditionType.AVAILABLE, true, Reason.RUNNING, "runs in " + Messages.count((int) running, "pod"));
        } else {
            status.set(ConditionType.AVAILABLE, false, Reason.NOT_RUNNING, "runs in no pod");
        }
    }

    private void readiness() {
        boolean refused =
                decision.validity().filter(judgement -> !judgement.valid()).isPresent();
        if (refused) {
            String kept = decision.document().isPresent()
                    ? "the last good SQL (generation "
                            + decision.document().get().generation() + ") stays in force; "
                    : "nothing runs; ";
            stalled(Reason.INVALID_SQL, kept + problems(decision.validity().get()));
            return;
        }
        if (decision.upgrade().state() == JobUpgrade.State.ROLLED_BACK) {
            status.set(
                    ConditionType.ROLLED_BACK,
                    true,
                    Reason.UPGRADE_ROLLED_BACK,
                    decision.upgrade().message());
            stalled(Reason.UPGRADE_ROLLED_BACK, decision.upgrade().message());
            return;
        }
        if (decision.document().isEmpty()) {
            working(Reason.STARTING, "the pods are being asked about the SQL");
            return;
        }
        if (decision.timedOut()) {
            stalled(
                    Reason.DRAIN_TIMED_OUT,
                    "not drained within " + job.spec().drain().timeout() + "; the drain goes on. " + laggards());
            return;
        }
        DesiredState wanted = decision.document().get().desiredState();
        if (job.expectedOrdinals().isEmpty()) {
            withoutPods(wanted);
            return;
        }
        List<String> silent = job.expectedOrdinals().stream()
                .filter(ordinal -> job.pod(ordinal).flatMap(job::reached).isEmpty())
                .map(ordinal -> job.cluster().getMetadata().getName() + "-" + ordinal)
                .toList();
        if (!silent.isEmpty()) {
            silent(silent);
        } else if (!everyPodHas(decision.document().get())) {
            working(reasonFor(wanted), "pods are being given the newest document");
        } else {
            inEveryPod(wanted);
        }
    }

    private void withoutPods(DesiredState wanted) {
        if (wanted == DesiredState.STOPPED || wanted == DesiredState.DRAINED) {
            status.set(ConditionType.READY, true, reached(wanted), "the cluster has no pods; state and offsets stay");
        } else {
            working(
                    Reason.CLUSTER_NOT_READY,
                    "cluster " + job.cluster().getMetadata().getName() + " has no pods yet");
        }
    }

    private void silent(List<String> silent) {
        boolean starting = silent.size() == job.expectedOrdinals().size() && statuses.isEmpty();
        String why = silent.stream()
                .map(job.reports()::get)
                .filter(PodReport.Unreached.class::isInstance)
                .map(PodReport.Unreached.class::cast)
                .findFirst()
                .map(report -> ": " + report.message())
                .orElse(": not running yet");
        working(
                starting ? Reason.CLUSTER_NOT_READY : Reason.PODS_NOT_READY,
                String.join(", ", silent) + (silent.size() == 1 ? " does" : " do") + " not answer" + why);
    }

    private boolean everyPodHas(EngineJobDocument document) {
        return statuses.size() == job.expectedOrdinals().size()
                && statuses.stream().allMatch(said -> said.sequence() >= document.sequence());
    }

    private void inEveryPod(DesiredState wanted) {
        Optional<EngineJobStatus> failed = in(State.FAILED);
        Optional<EngineJobStatus> waiting = in(State.WAITING);
        boolean leaving = wanted == DesiredState.DRAINED || wanted == DesiredState.STOPPED;
        if (leaving && statuses.stream().allMatch(EngineJobStatus::isDrained)) {
            status.set(
                    ConditionType.READY,
                    true,
                    reached(wanted),
                    JobSteps.wasForced(decision.actions(), wanted)
                            ? "ended without being drained in time, as drain.onTimeout: Force asks: what was read and not "
                                    + "committed is read again when the job starts"
                            : "everything that was read is committed, the groups are left");
        } else if (failed.isPresent()) {
            String error = failed.get().lastError().orElse("no details; look at the pods' logs");
            status.set(ConditionType.READY, false, Reason.JOB_FAILED, error);
            status.set(ConditionType.RECONCILING, true, Reason.JOB_FAILED, "the engine tries again: " + error);
        } else if (waiting.isPresent() && !leaving) {
            working(
                    Reason.WAITING_FOR_KAFKA,
                    waiting.get()
                            .lastError()
                            .orElse("Kafka or a topic is awaited; the job starts by itself when it is there"));
        } else if (isReached(wanted)) {
            status.set(ConditionType.READY, true, reached(wanted), message(wanted));
        } else {
            working(reasonFor(wanted), leaving ? "still to be drained: " + laggards() : "units are starting");
        }
    }

    private boolean isReached(DesiredState wanted) {
        State state = wanted == DesiredState.SUSPENDED ? State.SUSPENDED : State.RUNNING;
        boolean restarting = job.actions().running(ActionType.RESTART).isPresent();
        return !restarting
                && (wanted == DesiredState.SUSPENDED || wanted == DesiredState.RUNNING)
                && statuses.stream().allMatch(said -> said.state() == state);
    }

    private String message(DesiredState wanted) {
        return wanted == DesiredState.SUSPENDED
                ? "polling is paused; membership and state stay"
                : "runs in " + Messages.count(statuses.size(), "pod")
                        + (decision.upgrade().state() == JobUpgrade.State.WATCHED
                                ? "; the new version " + decision.upgrade().message()
                                : "");
    }

    private Reason reasonFor(DesiredState wanted) {
        if (job.actions().running(ActionType.RESTART).isPresent()) {
            return Reason.RESTARTING;
        }
        return switch (wanted) {
            case RUNNING -> Reason.STARTING;
            case SUSPENDED -> Reason.SUSPENDING;
            case DRAINED -> Reason.DRAINING;
            case STOPPED -> Reason.STOPPING;
        };
    }

    private static Reason reached(DesiredState wanted) {
        return switch (wanted) {
            case RUNNING -> Reason.RUNNING;
            case SUSPENDED -> Reason.SUSPENDED;
            case DRAINED -> Reason.DRAINED;
            case STOPPED -> Reason.STOPPED;
        };
    }

    private String laggards() {
        return String.join(
                ", ",
                job.expectedOrdinals().stream()
                        .flatMap(ordinal -> job.pod(ordinal).stream())
                        .filter(pod ->
                                job.said(pod).filter(EngineJobStatus::isDrained).isEmpty())
                        .map(pod -> pod.name())
                        .toList());
    }

    private Optional<EngineJobStatus> in(State state) {
        return statuses.stream().filter(said -> said.state() == state).findFirst();
    }

    private void working(Reason reason, String message) {
        status.set(ConditionType.READY, false, reason, message);
        status.set(ConditionType.RECONCILING, true, reason, message);
    }

    private void stalled(Reason reason, String message) {
        status.set(ConditionType.READY, false, reason, message);
        status.set(ConditionType.STALLED, true, reason, message);
    }
}
