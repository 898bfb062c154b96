package io.velostream.local.node;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.api.model.PodIP;
import io.fabric8.kubernetes.api.model.PodReadinessGate;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Derives a pod's status from its containers, by the kubelet's rules; pure. */
final class PodStatuses {
    private static final Set<String> OWN =
            Set.of("PodScheduled", "Initialized", "ContainersReady", "Ready", "PodReadyToStartContainers");

    private PodStatuses() {}

    /**
     * What is known of a pod on this node.
     *
     * @param initialized whether all init containers have succeeded
     */
    record Observed(
            String hostIp,
            Optional<String> podIp,
            Instant startTime,
            boolean initialized,
            List<ContainerSnapshot> init,
            List<ContainerSnapshot> containers) {}

    /** The status to write; conditions that others own, and the times of conditions that did not change, are kept. */
    static PodStatus of(Pod pod, Observed observed, ContainerRunner.RestartPolicy policy, Instant now) {
        String phase = phase(observed, policy);
        PodStatusBuilder builder = new PodStatusBuilder()
                .withPhase(phase)
                .withHostIP(observed.hostIp())
                .withStartTime(time(observed.startTime()))
                .withQosClass(pod.getStatus() == null ? null : pod.getStatus().getQosClass())
                .withConditions(conditions(pod, observed, phase, now))
                .withContainerStatuses(observed.containers().stream()
                        .map(snapshot -> container(snapshot, snapshot.ready()))
                        .toList())
                .withInitContainerStatuses(observed.init().stream()
                        .map(snapshot -> container(snapshot, exitCode(snapshot) == 0))
                        .toList());
        observed.podIp().ifPresent(ip -> builder.withPodIP(ip).withPodIPs(new PodIP(ip)));
        return builder.build();
    }

    private static String phase(Observed observed, ContainerRunner.RestartPolicy policy) {
        boolean initFailed = observed.init().stream().anyMatch(c -> c.finished() && exitCode(c) != 0);
        if (initFailed && policy == ContainerRunner.RestartPolicy.NEVER) {
            return "Failed";
        }
        if (!observed.initialized()) {
            return "Pending";
        }
        boolean allFinished = observed.containers().stream().allMatch(ContainerSnapshot::finished);
        if (allFinished) {
            return observed.containers().stream().allMatch(c -> exitCode(c) == 0) ? "Succeeded" : "Failed";
        }
        boolean allBegun = observed.containers().stream()
                .allMatch(c -> !(c.state() instanceof ContainerState.Waiting)
                        || c.last().isPresent()
                        || c.restartCount() > 0);
        return allBegun ? "Running" : "Pending";
    }

    private static int exitCode(ContainerSnapshot container) {
        return container.state() instanceof ContainerState.Terminated terminated ? terminated.exitCode() : -1;
    }

    private static List<PodCondition> conditions(Pod pod, Observed observed, String phase, Instant now) {
        List<String> notReady = observed.containers().stream()
                .filter(container -> !container.ready())
                .map(ContainerSnapshot::name)
                .toList();
        boolean containersReady = notReady.isEmpty() && !observed.containers().isEmpty();
        Optional<String> gate = closedGate(pod);
        String why = phase.equals("Succeeded") ? "PodCompleted" : "ContainersNotReady";
        String message = notReady.isEmpty() ? "" : "containers with unready status: " + notReady;

        List<PodCondition> result = new ArrayList<>();
        add(result, pod, now, "PodReadyToStartContainers", observed.podIp().isPresent(), "", "");
        add(result, pod, now, "Initialized", observed.initialized(), "ContainersNotInitialized", "");
        if (gate.isPresent() && containersReady) {
            add(result, pod, now, "Ready", false, "ReadinessGatesNotReady", gate.get());
        } else {
            add(result, pod, now, "Ready", containersReady, why, message);
        }
        add(result, pod, now, "ContainersReady", containersReady, why, message);
        add(result, pod, now, "PodScheduled", true, "", "");
        existing(pod).stream()
                .filter(condition -> !OWN.contains(condition.getType()))
                .forEach(result::add);
        return result;
    }

    private static Optional<String> closedGate(Pod pod) {
        Set<String> open = existing(pod).stream()
                .filter(condition -> "True".equals(condition.getStatus()))
                .map(PodCondition::getType)
                .collect(Collectors.toSet());
        return Optional.ofNullable(pod.getSpec().getReadinessGates()).orElse(List.of()).stream()
                .map(PodReadinessGate::getConditionType)
                .filter(type -> !open.contains(type))
                .findFirst()
                .map(type -> "the status of pod readiness gate \"" + type + "\" is not \"True\"");
    }

    private static void add(
            List<PodCondition> to, Pod pod, Instant now, String type, boolean holds, String reason, String message) {
        String status = holds ? "True" : "False";
        String since = existing(pod).stream()
                .filter(condition -> condition.getType().equals(type) && status.equals(condition.getStatus()))
                .findFirst()
                .map(PodCondition::getLastTransitionTime)
                .orElse(time(now));
        PodConditionBuilder builder =
                new PodConditionBuilder().withType(type).withStatus(status).withLastTransitionTime(since);
        if (!holds) {
            builder.withReason(empty(reason)).withMessage(empty(message));
        }
        to.add(builder.build());
    }

    private static @Nullable String empty(String text) {
        return text.isEmpty() ? null : text;
    }

    private static List<PodCondition> existing(Pod pod) {
        return pod.getStatus() == null || pod.getStatus().getConditions() == null
                ? List.of()
                : pod.getStatus().getConditions();
    }

    private static ContainerStatus container(ContainerSnapshot snapshot, boolean ready) {
        ContainerStatusBuilder builder = new ContainerStatusBuilder()
                .withName(snapshot.name())
                .withImage(snapshot.image())
                .withImageID("")
                .withContainerID("")
                .withReady(ready)
                .withStarted(snapshot.started())
                .withRestartCount(snapshot.restartCount());
        switch (snapshot.state()) {
            case ContainerState.Waiting waiting ->
                builder.withNewState()
                        .withNewWaiting()
                        .withReason(waiting.reason())
                        .withMessage(empty(waiting.message()))
                        .endWaiting()
                        .endState();
            case ContainerState.Running running ->
                builder.withNewState()
                        .withNewRunning()
                        .withStartedAt(time(running.startedAt()))
                        .endRunning()
                        .endState();
            case ContainerState.Terminated ended ->
                builder.withNewState()
                        .withNewTerminated()
                        .withExitCode(ended.exitCode())
                        .withReason(ended.reason())
                        .withStartedAt(time(ended.startedAt()))
                        .withFinishedAt(time(ended.finishedAt()))
                        .endTerminated()
                        .endState();
        }
        snapshot.last()
                .ifPresent(ended -> builder.withNewLastState()
                        .withNewTerminated()
                        .withExitCode(ended.exitCode())
                        .withReason(ended.reason())
                        .withStartedAt(time(ended.startedAt()))
                        .withFinishedAt(time(ended.finishedAt()))
                        .endTerminated()
                        .endLastState());
        return builder.build();
    }

    static String time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
