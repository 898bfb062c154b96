package io.velostream.operator.cluster;

import io.velostream.crd.v1alpha1.ActionPhase;
import io.velostream.crd.v1alpha1.ActionStatus;
import io.velostream.operator.action.ActionLog;
import io.velostream.operator.action.ActionType;
import java.util.Optional;

/**
 * The action {@code restartPods}: its requestId goes into the pod template, so that the ordinary rollout replaces the pods one by
 * one. The template of a request is always the same, hence it cannot run twice.
 */
final class PodRestarts {

    private PodRestarts() {}

    /** The newest request that was not merely adopted; it stays in the template for good. */
    static Optional<String> request(ActionLog actions) {
        return actions.entries().reversed().stream()
                .filter(entry -> entry.type().equals(ActionType.RESTART_PODS.text()))
                .filter(entry -> entry.phase() != ActionPhase.ADOPTED)
                .map(ActionStatus::requestId)
                .findFirst();
    }
}
