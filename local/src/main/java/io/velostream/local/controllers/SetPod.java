package io.velostream.local.controllers;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A pod of a StatefulSet, as far as the controller looks at it. */
record SetPod(Pod pod, int ordinal) {
    static final String REVISION_LABEL = "controller-revision-hash";

    /** The ordinal in a pod's name, when the name is one that the set gives. */
    static Optional<SetPod> of(Pod pod, String setName) {
        String name = pod.getMetadata().getName();
        String prefix = setName + "-";
        if (!name.startsWith(prefix) || !name.substring(prefix.length()).matches("\\d{1,9}")) {
            return Optional.empty();
        }
        return Optional.of(new SetPod(pod, Integer.parseInt(name.substring(prefix.length()))));
    }

    String revision() {
        return Optional.ofNullable(pod.getMetadata().getLabels())
                .orElse(Map.of())
                .getOrDefault(REVISION_LABEL, "");
    }

    boolean isTerminating() {
        return pod.getMetadata().getDeletionTimestamp() != null;
    }

    boolean isFinished() {
        return "Succeeded".equals(phase()) || "Failed".equals(phase());
    }

    boolean isReady() {
        return "Running".equals(phase()) && readyCondition().isPresent();
    }

    boolean isAvailable(int minReadySeconds, Instant now) {
        return isReady()
                && (minReadySeconds == 0
                        || readyCondition()
                                .map(PodCondition::getLastTransitionTime)
                                .map(Instant::parse)
                                .filter(since -> Duration.between(since, now).toSeconds() >= minReadySeconds)
                                .isPresent());
    }

    private Optional<PodCondition> readyCondition() {
        return conditions().stream()
                .filter(condition -> "Ready".equals(condition.getType()) && "True".equals(condition.getStatus()))
                .findFirst();
    }

    private List<PodCondition> conditions() {
        return pod.getStatus() == null || pod.getStatus().getConditions() == null
                ? List.of()
                : pod.getStatus().getConditions();
    }

    private String phase() {
        return pod.getStatus() == null || pod.getStatus().getPhase() == null
                ? "Pending"
                : pod.getStatus().getPhase();
    }
}
