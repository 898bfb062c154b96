package io.velostream.operator.job;

import io.velostream.crd.v1alpha1.ActionPhase;
import io.velostream.crd.v1alpha1.ActionStatus;
import io.velostream.crd.v1alpha1.UpgradeStatus;
import io.velostream.crd.v1alpha1.UpgradeStatusBuilder;
import io.velostream.operator.action.ActionLog;
import io.velostream.operator.action.ActionType;
import io.velostream.operator.engine.EngineJobDocument.DesiredState;
import io.velostream.operator.engine.EngineJobStatus;
import io.velostream.operator.engine.PodChecks;
import io.velostream.operator.engine.PodReport;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How a new version of a job proves itself. It is put into the pods at once and watched: once it ran well for
 * {@code stabilityWindow} at a stretch it is the last stable one. When {@code deadline} passes before that, the last stable one
 * comes back, and the version that failed is not tried again until the job is changed. A version is known by what it says, not by
 * the generation of the resource: a change of the desired state is no new version.
 */
final class JobUpgrade {

    private static final ActionType TYPE = ActionType.UPGRADE;
    private static final String TAKEN_BACK = "taken back";
    private static final String VERIFY = "verify";

    /** A backlog of a few records is no sign of anything. */
    private static final long SMALL_BACKLOG = 1000;

    private static final long PER_THOUSAND = 1000;
    private static final long MORE_FAILURES = 10;

    private JobUpgrade() {}

    /** Where a new version stands. */
    enum State {
        /** There is none, or it is stable. */
        NONE,
        WATCHED,
        ROLLED_BACK
    }

    /**
     * What a pass comes to.
     *
     * @param upgrade what the status shall remember of it
     */
    record Plan(ActionLog actions, Optional<UpgradeStatus> upgrade, State state, String message) {}

    /**
     * The next step.
     *
     * @param revision of what the spec says
     * @param state that the job shall be in
     */
    static Plan plan(JobObservation job, ActionLog log, String revision, DesiredState state) {
        Optional<String> stable = job.stableRevision();
        if (stable.isEmpty()
                || stable.get().equals(revision)
                || !job.spec().upgrade().rollback()) {
            return new Plan(takenBack(job, log, ""), Optional.empty(), State.NONE, "");
        }
        ActionLog own = takenBack(job, log, revision);
        Optional<ActionStatus> entry = own.latest(TYPE)
                .filter(found -> found.requestId().startsWith(revision + "-"))
                .filter(found -> !TAKEN_BACK.equals(found.step()));
        if (entry.filter(found -> found.phase() == ActionPhase.FAILED).isPresent()) {
            String message = Objects.requireNonNullElse(entry.get().message(), "");
            return new Plan(own, Optional.empty(), State.ROLLED_BACK, message);
        }
        if (state != DesiredState.RUNNING
                || entry.filter(found -> found.phase() == ActionPhase.SUCCEEDED).isPresent()) {
            return new Plan(own, Optional.empty(), State.NONE, "");
        }
        if (entry.isEmpty()) {
            String id = own.unused(TYPE, revision + "-" + job.generation(), job.now());
            ActionLog begun = own.start(TYPE, id, VERIFY, "the new version is put into the pods", job.now());
            return new Plan(begun, Optional.of(begin(job, revision)), State.WATCHED, "a new version begins");
        }
        UpgradeStatus upgrade =
                job.upgrade().filter(known -> known.revision().equals(revision)).orElseGet(() -> begin(job, revision));
        return watch(job, own, entry.get().requestId(), upgrade);
    }

    private static Plan watch(JobObservation job, ActionLog log, String id, UpgradeStatus upgrade) {
        Optional<String> unmet = unmet(job, upgrade);
        if (unmet.isPresent()) {
            Instant deadline = instant(upgrade.startedAt(), job.now())
                    .plus(job.spec().upgrade().deadline().toDuration());
            if (job.now().isAfter(deadline)) {
                String message = "taken back after " + job.spec().upgrade().deadline() + ": " + unmet.get()
                        + ". The last version that ran well is in force again; change the job to try another one";
                return new Plan(
                        log.finish(TYPE, id, ActionPhase.FAILED, message, job.now()),
                        Optional.empty(),
                        State.ROLLED_BACK,
                        message);
            }
            UpgradeStatus unstable = new UpgradeStatus(
                    upgrade.revision(), upgrade.startedAt(), null, upgrade.backlog(), upgrade.failedPerThousand());
            return new Plan(log, Optional.of(unstable), State.WATCHED, unmet.get());
        }
        if (upgrade.stableSince() == null) {
            UpgradeStatus stable = UpgradeStatusBuilder.builder(upgrade)
                    .stableSince(time(job.now()))
                    .build();
            return new Plan(log, Optional.of(stable), State.WATCHED, "runs well so far");
        }
        Instant proven = instant(upgrade.stableSince(), job.now())
                .plus(job.spec().upgrade().stabilityWindow().toDuration());
        if (job.now().isBefore(proven)) {
            return new Plan(
                    log, Optional.of(upgrade), State.WATCHED, "runs well so far, watched until " + time(proven));
        }
        String message = "ran well for " + job.spec().upgrade().stabilityWindow();
        return new Plan(
                log.finish(TYPE, id, ActionPhase.SUCCEEDED, message, job.now()), Optional.empty(), State.NONE, message);
    }

    /** Why the job does not run well, in words; empty where it does. */
    private static Optional<String> unmet(JobObservation job, UpgradeStatus start) {
        if (!JobSteps.everyPodSays(job, said -> said.state() == EngineJobStatus.State.RUNNING)) {
            return Optional.of(job.statuses().stream()
                    .flatMap(said -> said.lastError().stream())
                    .findFirst()
                    .map(error -> "it does not run in every pod: " + error)
                    .orElse("it does not run in every pod"));
        }
        List<PodReport> reports = job.expectedOrdinals().stream()
                .flatMap(ordinal -> job.pod(ordinal).stream())
                .flatMap(pod -> job.reached(pod).stream())
                .<PodReport>map(report -> report)
                .toList();
        List<String> open =
                PodChecks.of(reports).verdict(PodChecks.CIRCUIT_BREAKERS).orElse(List.of());
        if (!open.isEmpty()) {
            return Optional.of("a breaker is open in " + String.join(", ", open));
        }
        long backlog = backlog(job);
        if (backlog > start.backlog() + Math.max(SMALL_BACKLOG, start.backlog() / 10)) {
            return Optional.of(
                    "the backlog grew from " + start.backlog() + " to " + backlog + " records since it began");
        }
        long failed = failedPerThousand(job);
        if (failed > start.failedPerThousand() + MORE_FAILURES) {
            return Optional.of(failed + " of 1000 records fail, " + start.failedPerThousand() + " did before");
        }
        return Optional.empty();
    }

    private static UpgradeStatus begin(JobObservation job, String revision) {
        return new UpgradeStatus(revision, time(job.now()), null, backlog(job), failedPerThousand(job));
    }

    private static long backlog(JobObservation job) {
        return job.statuses().stream().mapToLong(EngineJobStatus::backlog).sum();
    }

    private static long failedPerThousand(JobObservation job) {
        long failed = job.statuses().stream()
                .mapToLong(EngineJobStatus::recordsFailed)
                .sum();
        long processed = job.statuses().stream()
                .mapToLong(EngineJobStatus::recordsProcessed)
                .sum();
        return failed == 0 ? 0 : PER_THOUSAND * failed / Math.max(failed, processed);
    }

    /** Ends the watch over any other version. */
    private static ActionLog takenBack(JobObservation job, ActionLog log, String revision) {
        String message = "taken back: the job was changed again";
        return log.running(TYPE)
                .filter(entry -> revision.isEmpty() || !entry.requestId().startsWith(revision + "-"))
                .map(entry -> log.step(TYPE, entry.requestId(), TAKEN_BACK, message)
                        .finish(TYPE, entry.requestId(), ActionPhase.FAILED, message, job.now()))
                .orElse(log);
    }

    private static String time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static Instant instant(String text, Instant otherwise) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            return otherwise;
        }
    }
}
