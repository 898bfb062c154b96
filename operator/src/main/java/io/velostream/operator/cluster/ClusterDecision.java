package io.velostream.operator.cluster;

import io.velostream.operator.action.ActionLog;
import java.util.List;
import java.util.Optional;

/**
 * What one pass does.
 *
 * @param shape the StatefulSet beside its template
 * @param effects done in this order, after {@code actions} is in the status
 * @param actions the log with the intents of this pass
 * @param progress where the cluster stands
 */
record ClusterDecision(
        StatefulSetShape shape, List<ClusterEffect> effects, ActionLog actions, ClusterProgress progress) {

    ClusterDecision {
        effects = List.copyOf(effects);
    }

    /**
     * Where the cluster stands.
     *
     * @param scaling the state of scaling
     * @param rollout the state of the rollout
     * @param stop how stopping goes; empty when it is not asked for
     * @param drained whether every job is drained on every pod
     * @param config where the configuration stands
     * @param pending what waits for a maintenance window
     */
    record ClusterProgress(
            Scaling.Plan scaling,
            Rollout.Plan rollout,
            Optional<Stopping.Plan> stop,
            boolean drained,
            ConfigDeployment.Plan config,
            List<String> pending) {

        ClusterProgress {
            pending = List.copyOf(pending);
        }
    }
}
