package io.velostream.operator.cluster;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the planner looks at of a pod.
 *
 * @param ordinal the number at the end of its name
 * @param ip once it has one
 * @param ready whether the kubelet finds it ready
 * @param readyChanged when that changed last, else when the pod was made
 * @param terminating whether it is on its way out
 * @param everRan whether its container ever ran, hence may hold records
 * @param revision of the StatefulSet's template that it was made from
 * @param inService whether the client Service may select it
 * @param drainStarted when the operator began to drain it
 * @param stuck why it cannot start by itself, as Kubernetes says it
 */
public record PodView(
        int ordinal,
        String name,
        String uid,
        Optional<String> ip,
        boolean ready,
        Instant readyChanged,
        boolean terminating,
        boolean everRan,
        String revision,
        boolean inService,
        Optional<Instant> drainStarted,
        Optional<String> stuck) {

    private static final Set<String> STUCK_REASONS = Set.of(
            "ImagePullBackOff",
            "ErrImagePull",
            "InvalidImageName",
            "ErrImageNeverPull",
            "CrashLoopBackOff",
            "CreateContainerConfigError",
            "CreateContainerError",
            "RunContainerError");

    /** The view of a pod; empty for one that is no pod of a StatefulSet. */
    public static Optional<PodView> of(Pod pod) {
        String name = pod.getMetadata().getName();
        int dash = name.lastIndexOf('-');
        int ordinal;
        try {
            ordinal = Integer.parseInt(name.substring(dash + 1));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
        Map<String, String> labels = orEmpty(pod.getMetadata().getLabels());
        Map<String, String> annotations = orEmpty(pod.getMetadata().getAnnotations());
        Optional<PodCondition> ready = condition(pod, "Ready");
        return Optional.of(new PodView(
                ordinal,
                name,
                pod.getMetadata().getUid(),
                Optional.ofNullable(
                                pod.getStatus() == null ? null : pod.getStatus().getPodIP())
                        .filter(ip -> !ip.isEmpty()),
                ready.filter(condition -> "True".equals(condition.getStatus())).isPresent(),
                ready.flatMap(condition -> instant(condition.getLastTransitionTime()))
                        .or(() -> instant(pod.getMetadata().getCreationTimestamp()))
                        .orElse(Instant.EPOCH),
                pod.getMetadata().getDeletionTimestamp() != null,
                everRan(pod),
                labels.getOrDefault("controller-revision-hash", ""),
                !"false".equals(labels.get(ClusterNames.IN_SERVICE_LABEL)),
                instant(annotations.get(ClusterNames.DRAIN_STARTED)),
                stuck(pod)));
    }

    /** Whether its admin API may be asked. */
    public boolean isRunning() {
        return ip.isPresent() && everRan && !terminating;
    }

    private static boolean everRan(Pod pod) {
        return statuses(pod).stream()
                .anyMatch(status -> (status.getState() != null
                                && (status.getState().getRunning() != null
                                        || status.getState().getTerminated() != null))
                        || (status.getRestartCount() != null && status.getRestartCount() > 0));
    }

    private static Optional<String> stuck(Pod pod) {
        for (ContainerStatus status : statuses(pod)) {
            ContainerState state = status.getState();
            if (state != null
                    && state.getWaiting() != null
                    && STUCK_REASONS.contains(state.getWaiting().getReason())) {
                String message = state.getWaiting().getMessage();
                return Optional.of(
                        state.getWaiting().getReason() + (message == null || message.isEmpty() ? "" : ": " + message));
            }
        }
        return condition(pod, "PodScheduled")
                .filter(condition -> "False".equals(condition.getStatus()))
                .map(condition -> condition.getReason() + ": " + condition.getMessage());
    }

    private static List<ContainerStatus> statuses(Pod pod) {
        return pod.getStatus() == null || pod.getStatus().getContainerStatuses() == null
                ? List.of()
                : pod.getStatus().getContainerStatuses();
    }

    private static Optional<PodCondition> condition(Pod pod, String type) {
        if (pod.getStatus() == null || pod.getStatus().getConditions() == null) {
            return Optional.empty();
        }
        return pod.getStatus().getConditions().stream()
                .filter(condition -> type.equals(condition.getType()))
                .findFirst();
    }

    private static Optional<Instant> instant(@org.jspecify.annotations.Nullable String text) {
        if (text == null || text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Map<String, String> orEmpty(@org.jspecify.annotations.Nullable Map<String, String> map) {
        return map == null ? Map.of() : map;
    }
}
