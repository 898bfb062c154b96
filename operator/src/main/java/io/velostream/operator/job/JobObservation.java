package io.velostream.operator.job;

import io.velostream.crd.v1alpha1.UpgradeStatus;
import io.velostream.crd.v1alpha1.VeloCluster;
import io.velostream.crd.v1alpha1.VeloStreamJob;
import io.velostream.crd.v1alpha1.VeloStreamJobSpec;
import io.velostream.operator.action.ActionLog;
import io.velostream.operator.cluster.PodView;
import io.velostream.operator.cluster.StatefulSetView;
import io.velostream.operator.engine.EngineJobDocument;
import io.velostream.operator.engine.EngineJobStatus;
import io.velostream.operator.engine.PodReport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Everything that is known of a job at the beginning of a pass.
 *
 * @param sql the text, wherever it comes from
 * @param cluster that it is placed on; one that is being deleted is none
 * @param pods of the cluster, by number
 * @param reports what they say, by name; those that are not running are missing
 * @param stored the document that the pods start from
 * @param lastGood the last document that ran well, from its revision, for when the stored one is lost
 * @param stableRevision name of the revision that ran well last
 * @param upgrade the new version that is being watched
 * @param judgement what the operator's own compiler finds
 * @param operatorVersion version of that compiler
 */
record JobObservation(
        VeloStreamJob job,
        String sql,
        VeloCluster cluster,
        Optional<StatefulSetView> statefulSet,
        List<PodView> pods,
        Map<String, PodReport> reports,
        Optional<EngineJobDocument> stored,
        Optional<EngineJobDocument> lastGood,
        Optional<String> stableRevision,
        Optional<UpgradeStatus> upgrade,
        Judgement judgement,
        String operatorVersion,
        ActionLog actions,
        String applicationId,
        Instant now) {

    JobObservation {
        pods = List.copyOf(pods);
        reports = Map.copyOf(reports);
    }

    VeloStreamJobSpec spec() {
        return job.getSpec();
    }

    long generation() {
        return job.getMetadata().getGeneration();
    }

    String name() {
        return job.getMetadata().getName();
    }

    /** Pods of the cluster as its StatefulSet has them. */
    int replicas() {
        return statefulSet.map(StatefulSetView::replicas).orElse(0);
    }

    /** Pods that must not run the job. */
    List<Integer> drainingOrdinals() {
        return statefulSet.map(StatefulSetView::drainingOrdinals).orElse(List.of());
    }

    /** Pods that shall run the job, whether they are up or not, by number. */
    List<Integer> expectedOrdinals() {
        List<Integer> ordinals = new ArrayList<>();
        for (int i = 0; i < replicas(); i++) {
            if (!drainingOrdinals().contains(i)) {
                ordinals.add(i);
            }
        }
        return ordinals;
    }

    Optional<PodReport.Reached> reached(PodView pod) {
        return Optional.ofNullable(reports.get(pod.name())).flatMap(PodReport::reached);
    }

    Optional<PodView> pod(int ordinal) {
        return pods.stream().filter(pod -> pod.ordinal() == ordinal).findFirst();
    }

    /** What a pod says of this very job, and not of an earlier one of its name. */
    Optional<EngineJobStatus> said(PodView pod) {
        return reached(pod)
                .flatMap(report -> report.processing().job(name()))
                .filter(status -> status.uid().equals(job.getMetadata().getUid()));
    }

    /** What the pods say that shall run the job. */
    List<EngineJobStatus> statuses() {
        return expectedOrdinals().stream()
                .flatMap(ordinal -> pod(ordinal).stream())
                .flatMap(pod -> said(pod).stream())
                .toList();
    }

    /** The highest sequence number that a pod knows of this job. */
    OptionalLong highestSequence() {
        return pods.stream()
                .flatMap(pod -> said(pod).stream())
                .mapToLong(EngineJobStatus::sequence)
                .max();
    }
}
