package io.velostream.local.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.velostream.local.apiserver.TestPods;
import io.velostream.local.node.ContainerRunner.RestartPolicy;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PodStatusesTest {
    private static final Instant THEN = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant NOW = Instant.parse("2026-01-01T00:01:00Z");
    private static final ContainerState RUNNING = new ContainerState.Running(THEN);

    @Test
    void isReadyWhenAllContainersAre() {
        PodStatus status = status(pod(), container("a", RUNNING, true), container("b", RUNNING, true));

        assertThat(status.getPhase()).isEqualTo("Running");
        assertThat(condition(status, "Ready").getStatus()).isEqualTo("True");
        assertThat(condition(status, "ContainersReady").getStatus()).isEqualTo("True");
    }

    @Test
    void namesTheContainersThatAreNotReady() {
        PodStatus status = status(pod(), container("a", RUNNING, true), container("b", RUNNING, false));

        assertThat(condition(status, "Ready").getStatus()).isEqualTo("False");
        assertThat(condition(status, "Ready").getReason()).isEqualTo("ContainersNotReady");
        assertThat(condition(status, "Ready").getMessage()).isEqualTo("containers with unready status: [b]");
    }

    @Test
    void isPendingUntilEveryContainerHasRun() {
        assertThat(status(pod(), container("a", new ContainerState.Waiting("ErrImagePull", "no such image"), false))
                        .getPhase())
                .isEqualTo("Pending");
    }

    @Test
    void endsWithItsContainers() {
        ContainerState good = new ContainerState.Terminated(0, THEN, NOW);
        ContainerState bad = new ContainerState.Terminated(1, THEN, NOW);

        assertThat(status(pod(), finished("a", good)).getPhase()).isEqualTo("Succeeded");
        assertThat(condition(status(pod(), finished("a", good)), "Ready").getReason())
                .isEqualTo("PodCompleted");
        assertThat(status(pod(), finished("a", good), finished("b", bad)).getPhase())
                .isEqualTo("Failed");
        assertThat(status(pod(), finished("a", good), container("b", RUNNING, true))
                        .getPhase())
                .isEqualTo("Running");
    }

    @Test
    void keepsTheTimeOfAConditionThatDidNotChange() {
        PodStatus before = status(pod(), container("a", RUNNING, true));
        condition(before, "Ready").setLastTransitionTime("2025-01-01T00:00:00Z");
        Pod pod = new PodBuilder(pod()).withStatus(before).build();

        assertThat(condition(status(pod, container("a", RUNNING, true)), "Ready")
                        .getLastTransitionTime())
                .isEqualTo("2025-01-01T00:00:00Z");
        assertThat(condition(status(pod, container("a", RUNNING, false)), "Ready")
                        .getLastTransitionTime())
                .isEqualTo(NOW.toString());
    }

    @Test
    void waitsForReadinessGatesAndKeepsTheConditionsOfOthers() {
        Pod gated = new PodBuilder(pod())
                .editSpec()
                .addNewReadinessGate("example.com/open")
                .endSpec()
                .build();
        PodStatus closed = status(gated, container("a", RUNNING, true));
        assertThat(condition(closed, "Ready").getReason()).isEqualTo("ReadinessGatesNotReady");

        Pod open = new PodBuilder(gated)
                .withNewStatus()
                .addNewCondition()
                .withType("example.com/open")
                .withStatus("True")
                .endCondition()
                .endStatus()
                .build();
        PodStatus status = status(open, container("a", RUNNING, true));
        assertThat(condition(status, "Ready").getStatus()).isEqualTo("True");
        assertThat(condition(status, "example.com/open").getStatus()).isEqualTo("True");
    }

    @Test
    void tellsHowTheRunBeforeEnded() {
        PodStatus status = status(
                pod(),
                new ContainerSnapshot(
                        "a",
                        "app:1",
                        new ContainerState.Waiting("CrashLoopBackOff", "later"),
                        Optional.of(new ContainerState.Terminated(137, THEN, NOW)),
                        2,
                        false,
                        false,
                        false));

        var container = status.getContainerStatuses().getFirst();
        assertThat(container.getRestartCount()).isEqualTo(2);
        assertThat(container.getState().getWaiting().getReason()).isEqualTo("CrashLoopBackOff");
        assertThat(container.getLastState().getTerminated().getExitCode()).isEqualTo(137);
        assertThat(container.getLastState().getTerminated().getReason()).isEqualTo("Error");
        assertThat(status.getPhase()).isEqualTo("Running");
    }

    private static PodStatus status(Pod pod, ContainerSnapshot... containers) {
        return PodStatuses.of(
                pod,
                new PodStatuses.Observed(
                        "127.1.0.1", Optional.of("127.1.0.2"), THEN, true, List.of(), List.of(containers)),
                RestartPolicy.ALWAYS,
                NOW);
    }

    private static Pod pod() {
        return TestPods.pod("p");
    }

    private static ContainerSnapshot container(String name, ContainerState state, boolean ready) {
        return new ContainerSnapshot(name, "app:1", state, Optional.empty(), 0, ready, ready, false);
    }

    private static ContainerSnapshot finished(String name, ContainerState state) {
        return new ContainerSnapshot(name, "app:1", state, Optional.empty(), 0, false, false, true);
    }

    private static PodCondition condition(PodStatus status, String type) {
        return status.getConditions().stream()
                .filter(condition -> condition.getType().equals(type))
                .findFirst()
                .orElseThrow();
    }
}
