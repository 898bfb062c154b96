package io.velostream.operator.job;

import io.velostream.operator.cluster.PodView;
import io.velostream.operator.cluster.StatefulSetView;
import io.velostream.operator.engine.EngineJobDocument;
import io.velostream.operator.engine.EngineJobDocument.DesiredState;
import io.velostream.operator.engine.EngineJobStatus;
import io.velostream.operator.engine.PodReport;
import io.velostream.operator.job.JobDecision.Canary;
import io.velostream.operator.job.JobDocuments.Placement;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Decides what a pass does about a job: a pure function of what was observed.
 *
 * <p>Good SQL becomes a document: ConfigMap first, then every pod that lacks it. Bad SQL never becomes one: the last good document
 * stays, and only its state and its pods follow the spec. Where the pods are of another version than the operator, the lowest of
 * them is given the new text first and its answer is the verdict.
 */
final class JobPlanner {

    private JobPlanner() {}

    static JobDecision decide(JobObservation job) {
        JobSteps.Outcome steps = JobSteps.advance(job);
        Placement placement = placement(job, steps.state());
        EngineJobDocument wanted = JobDocuments.of(
                job.job(),
                job.sql(),
                job.cluster().getSpec().kafka(),
                job.applicationId(),
                stateGeneration(job),
                placement);
        String revision = JobRevisions.name(job.job(), wanted);
        Optional<EngineJobDocument> known = job.stored().or(job::lastGood);
        Optional<PodView> judge = foreignJudge(job);
        Optional<Judgement> verdict = judge.isEmpty() ? Optional.of(job.judgement()) : verdictOf(job, judge.get());
        boolean good = verdict.filter(Judgement::valid).isPresent();
        JobUpgrade.Plan upgrade = good
                ? JobUpgrade.plan(job, steps.actions(), revision, placement.state())
                : new JobUpgrade.Plan(steps.actions(), job.upgrade(), JobUpgrade.State.NONE, "");
        boolean back = upgrade.state() == JobUpgrade.State.ROLLED_BACK;
        Optional<EngineJobDocument> content = back
                ? job.lastGood().or(job::stored).map(document -> placed(document, placement))
                : good ? Optional.of(wanted) : known.map(document -> placed(document, placement));
        Optional<EngineJobDocument> document =
                content.map(found -> JobDocuments.sequenced(found, job.stored(), job.highestSequence(), job.now()));
        boolean store = document.isPresent() && !document.equals(job.stored());
        List<PodView> push = document.map(found -> lacking(job, found)).orElse(List.of());
        Optional<Canary> canary = judge.filter(pod -> verdict.isEmpty())
                .map(pod -> new Canary(
                        pod, JobDocuments.sequenced(wanted, job.stored(), job.highestSequence(), job.now())));
        return new JobDecision(
                verdict,
                document,
                store,
                canary.isPresent() ? List.of() : push,
                steps.force() ? undrained(job) : List.of(),
                canary,
                upgrade,
                upgrade.actions(),
                steps.timedOut());
    }

    private static EngineJobDocument placed(EngineJobDocument document, Placement placement) {
        return document.withPlacement(placement.state(), placement.replicas(), placement.drainedOrdinals());
    }

    private static Placement placement(JobObservation job, Optional<DesiredState> override) {
        DesiredState asked = JobDocuments.stricter(
                job.spec().desiredState(), job.cluster().getSpec().desiredState());
        DesiredState state =
                override.filter(forced -> forced.compareTo(asked) > 0).orElse(asked);
        int replicas = job.statefulSet()
                .map(StatefulSetView::servingReplicas)
                .orElse(job.cluster().getSpec().replicas());
        return new Placement(state, Math.max(1, replicas), job.drainingOrdinals());
    }

    private static int stateGeneration(JobObservation job) {
        var status = job.job().getStatus();
        Integer generation = status == null ? null : status.stateGeneration();
        return generation == null ? 1 : generation;
    }

    /** The pod whose verdict counts, because it is of another version than the operator's compiler. */
    private static Optional<PodView> foreignJudge(JobObservation job) {
        return job.pods().stream()
                .filter(pod -> job.reached(pod)
                        .map(PodReport.Reached::version)
                        .filter(version -> !version.equals(job.operatorVersion()))
                        .isPresent())
                .min(Comparator.comparing(PodView::ordinal));
    }

    private static Optional<Judgement> verdictOf(JobObservation job, PodView judge) {
        String version = job.reached(judge).map(PodReport.Reached::version).orElse("");
        return job.said(judge)
                .filter(status -> status.generation() == job.generation())
                .map(status -> {
                    List<String> problems = status.problems().stream()
                            .map(EngineJobStatus.Problem::toString)
                            .toList();
                    boolean refused = status.problems().stream()
                            .anyMatch(problem -> problem.severity() == EngineJobStatus.Severity.ERROR);
                    return new Judgement(!refused, problems, "engine " + version + " in " + judge.name());
                });
    }

    private static List<PodView> undrained(JobObservation job) {
        return job.pods().stream()
                .filter(pod ->
                        job.said(pod).filter(status -> !status.isDrained()).isPresent())
                .toList();
    }

    /** Running pods that have no document of this job, or an older one. */
    private static List<PodView> lacking(JobObservation job, EngineJobDocument document) {
        return job.pods().stream()
                .filter(pod -> job.reached(pod).isPresent())
                .filter(pod -> job.said(pod)
                        .filter(status -> status.sequence() >= document.sequence())
                        .isEmpty())
                .toList();
    }
}
