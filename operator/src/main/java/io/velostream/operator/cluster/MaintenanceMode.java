package io.velostream.operator.cluster;

import io.velostream.crd.v1alpha1.DesiredState;
import io.velostream.operator.engine.PodReport;
import java.util.List;

/**
 * Maintenance mode of the pods: asked for by the spec, and held while the cluster is stopped or a configuration is put in force.
 * Pods that a scale-in drains are in it anyway.
 */
final class MaintenanceMode {

    private MaintenanceMode() {}

    /** Whether the spec asks for it. */
    static boolean isAsked(ClusterObservation cluster) {
        return cluster.spec().maintenance() != null
                && cluster.spec().maintenance().enabled();
    }

    /** Whether the pods that stay shall be in it. */
    static boolean isWanted(ClusterObservation cluster) {
        return isAsked(cluster)
                || cluster.wants(DesiredState.STOPPED)
                || ConfigDeployment.holdsMaintenance(cluster.actions());
    }

    /** Names of the pods that stay, answer, and are not in the wanted mode. */
    static List<String> deviating(ClusterObservation cluster, boolean wanted) {
        return cluster.pods().stream()
                .filter(pod -> !pod.terminating() && pod.drainStarted().isEmpty())
                .filter(pod -> cluster.reached(pod)
                        .map(PodReport.Reached::processing)
                        .filter(processing -> processing.maintenance() != wanted)
                        .isPresent())
                .map(PodView::name)
                .toList();
    }
}
