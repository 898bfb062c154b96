package io.velostream.operator.cluster;

import io.velostream.crd.v1alpha1.DesiredState;
import io.velostream.crd.v1alpha1.VeloClusterSpec;
import io.velostream.operator.action.ActionLog;
import io.velostream.operator.engine.EngineJobStatus;
import io.velostream.operator.engine.PodReport;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Everything that is known of a cluster at the beginning of a pass.
 *
 * @param name of the cluster
 * @param generation of its spec
 * @param pods that exist, by number
 * @param reports what the pods say, by name; those that are not running are missing
 * @param jobs names of the jobs that are placed on the cluster
 * @param templateHash of the wanted pod template
 * @param config what is known of the configuration
 * @param windows when pods may be replaced
 */
record ClusterObservation(
        String name,
        long generation,
        VeloClusterSpec spec,
        Optional<StatefulSetView> statefulSet,
        List<PodView> pods,
        Map<String, PodReport> reports,
        Set<String> jobs,
        ActionLog actions,
        String templateHash,
        ConfigView config,
        MaintenanceWindows windows,
        Instant now) {

    ClusterObservation {
        pods = List.copyOf(pods);
        reports = Map.copyOf(reports);
        jobs = Set.copyOf(jobs);
    }

    Optional<PodView> pod(int ordinal) {
        return pods.stream().filter(pod -> pod.ordinal() == ordinal).findFirst();
    }

    Optional<PodReport.Reached> reached(PodView pod) {
        return Optional.ofNullable(reports.get(pod.name())).flatMap(PodReport::reached);
    }

    /** Pods below a number that are there and ready. */
    long readyBelow(int replicas) {
        return pods.stream()
                .filter(pod -> pod.ordinal() < replicas && pod.ready() && !pod.terminating())
                .count();
    }

    /** How many pods there should be in the end. */
    int targetReplicas() {
        return spec.replicas();
    }

    boolean wants(DesiredState state) {
        return spec.desiredState() == state;
    }

    /** What is still to be drained: jobs of this cluster that some running pod has not finished with. */
    List<String> undrained() {
        return pods.stream()
                .filter(pod -> !pod.terminating() && pod.everRan())
                .flatMap(pod -> reached(pod)
                        .map(report -> report.processing().jobs().stream()
                                .filter(job -> jobs.contains(job.name()) && !job.isDrained())
                                .map(EngineJobStatus::name)
                                .map(job -> job + " on " + pod.name()))
                        .orElseGet(() -> jobs.isEmpty()
                                ? java.util.stream.Stream.empty()
                                : java.util.stream.Stream.of("all jobs on " + pod.name() + ", which does not answer")))
                .toList();
    }
}
