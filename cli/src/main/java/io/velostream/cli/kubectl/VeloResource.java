package io.velostream.cli.kubectl;

import io.fabric8.kubernetes.api.model.Condition;
import io.velostream.crd.v1alpha1.ActionStatus;
import io.velostream.crd.v1alpha1.VeloCluster;
import io.velostream.crd.v1alpha1.VeloStreamJob;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What both kinds of resource have in common: their state as the status tells it.
 *
 * @param label {@code vc/primary}, as the user may write it
 * @param phase the state in one word, empty before the first pass
 * @param generation of the spec
 */
record VeloResource(
        String label, String phase, long generation, List<Condition> conditions, List<ActionStatus> actions) {

    VeloResource {
        conditions = List.copyOf(conditions);
        actions = List.copyOf(actions);
    }

    static VeloResource of(VeloCluster cluster) {
        var status = cluster.getStatus();
        return new VeloResource(
                "vc/" + cluster.getMetadata().getName(),
                status == null ? "" : Objects.requireNonNullElse(status.phase(), ""),
                cluster.getMetadata().getGeneration(),
                status == null ? List.of() : status.conditions(),
                status == null ? List.of() : status.actions());
    }

    static VeloResource of(VeloStreamJob job) {
        var status = job.getStatus();
        return new VeloResource(
                "vsj/" + job.getMetadata().getName(),
                status == null ? "" : Objects.requireNonNullElse(status.phase(), ""),
                job.getMetadata().getGeneration(),
                status == null ? List.of() : status.conditions(),
                status == null ? List.of() : status.actions());
    }

    /** A condition, as far as it is about the newest spec. */
    Optional<Condition> current(String type) {
        return conditions.stream()
                .filter(condition -> type.equals(condition.getType()))
                .filter(condition ->
                        condition.getObservedGeneration() != null && condition.getObservedGeneration() >= generation)
                .findFirst();
    }

    /** Whether a condition about the newest spec is True. */
    boolean isTrue(String type) {
        return current(type)
                .filter(condition -> "True".equals(condition.getStatus()))
                .isPresent();
    }

    /** An action of a request. */
    Optional<ActionStatus> action(String type, String requestId) {
        return actions.stream()
                .filter(action ->
                        action.type().equals(type) && action.requestId().equals(requestId))
                .findFirst();
    }
}
