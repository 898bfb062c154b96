package io.velostream.local.controllers;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.velostream.local.apiserver.TestPods;
import io.velostream.local.controllers.StatefulSetDecision.Step;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StatefulSetDecisionTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:01:00Z");

    @Test
    void createsOneAtATimeWhenOrdered() {
        assertThat(steps(ordered(3))).containsExactly("create 0 at new");
        assertThat(steps(ordered(3), pod(0, "new", "starting"))).isEmpty();
        assertThat(steps(ordered(3), pod(0, "new", "ready"))).containsExactly("create 1 at new");
    }

    @Test
    void createsAllAtOnceWhenParallel() {
        assertThat(steps(parallel(3), pod(1, "new", "starting"))).containsExactly("create 0 at new", "create 2 at new");
    }

    @Test
    void countsFromTheStartOrdinal() {
        StatefulSet set = new StatefulSetBuilder(parallel(2))
                .editSpec()
                .withNewOrdinals(5)
                .endSpec()
                .build();

        assertThat(steps(set, pod(0, "new", "ready")))
                .containsExactly("create 5 at new", "create 6 at new", "delete 0");
    }

    @Test
    void givesPodsBelowThePartitionTheOldRevision() {
        assertThat(steps(rolling(parallel(3), 2, 1)))
                .containsExactly("create 0 at old", "create 1 at old", "create 2 at new");
    }

    @Test
    void replacesAPodThatHasEnded() {
        assertThat(steps(parallel(1), pod(0, "new", "failed"))).containsExactly("delete 0");
    }

    @Test
    void removesFromTheTopAndWaitsForEachWhenOrdered() {
        assertThat(steps(ordered(1), pod(0, "new", "ready"), pod(1, "new", "ready"), pod(2, "new", "ready")))
                .containsExactly("delete 2");
        assertThat(steps(ordered(1), pod(0, "new", "ready"), pod(1, "new", "ready"), pod(2, "new", "stopping")))
                .isEmpty();
        assertThat(steps(ordered(1), pod(0, "new", "starting"), pod(1, "new", "ready")))
                .isEmpty();
    }

    @Test
    void removesAllAtOnceWhenParallel() {
        assertThat(steps(parallel(0), pod(0, "new", "ready"), pod(1, "new", "starting"), pod(2, "new", "stopping")))
                .containsExactly("delete 1", "delete 0");
    }

    @Test
    void updatesTheHighestOutdatedPodWhileAllAreAvailable() {
        assertThat(steps(parallel(3), pod(0, "old", "ready"), pod(1, "old", "ready"), pod(2, "new", "ready")))
                .containsExactly("delete 1");
        assertThat(steps(parallel(3), pod(0, "old", "ready"), pod(1, "old", "ready"), pod(2, "new", "starting")))
                .isEmpty();
        assertThat(steps(parallel(3), pod(0, "old", "ready"), pod(1, "old", "stopping"), pod(2, "new", "ready")))
                .isEmpty();
    }

    @Test
    void updatesNothingBelowThePartition() {
        assertThat(steps(
                        rolling(parallel(3), 2, 1),
                        pod(0, "old", "ready"),
                        pod(1, "old", "ready"),
                        pod(2, "new", "ready")))
                .isEmpty();
    }

    @Test
    void updatesAsManyAsMayBeUnavailable() {
        assertThat(steps(
                        rolling(parallel(3), 0, 2),
                        pod(0, "old", "ready"),
                        pod(1, "old", "ready"),
                        pod(2, "old", "ready")))
                .containsExactly("delete 2", "delete 1");
    }

    @Test
    void replacesAnOutdatedPodThatIsUnavailableAnyway() {
        assertThat(steps(parallel(2), pod(0, "old", "ready"), pod(1, "bad", "starting")))
                .containsExactly("delete 1");
        assertThat(steps(ordered(2), pod(0, "old", "ready"), pod(1, "bad", "starting")))
                .isEmpty();
    }

    @Test
    void leavesUpdatesToWhoeverDeletesPodsWhenAskedTo() {
        StatefulSet set = new StatefulSetBuilder(parallel(1))
                .editSpec()
                .withNewUpdateStrategy()
                .withType("OnDelete")
                .endUpdateStrategy()
                .endSpec()
                .build();

        assertThat(steps(set, pod(0, "old", "ready"))).isEmpty();
    }

    @Test
    void waitsUntilAPodHasBeenReadyForLongEnough() {
        StatefulSet set = new StatefulSetBuilder(ordered(2))
                .editSpec()
                .withMinReadySeconds(90)
                .endSpec()
                .build();
        assertThat(steps(set, pod(0, "new", "ready"))).isEmpty();

        set.getSpec().setMinReadySeconds(60);
        assertThat(steps(set, pod(0, "new", "ready"))).containsExactly("create 1 at new");
    }

    @Test
    void countsPodsIntoTheStatus() {
        var status = StatefulSetStatuses.of(
                new StatefulSetSpecs(parallel(3)),
                List.of(pod(0, "old", "ready"), pod(1, "old", "stopping"), pod(2, "new", "starting")),
                "old",
                "new",
                NOW);

        assertThat(status.getReplicas()).isEqualTo(3);
        assertThat(status.getReadyReplicas()).isEqualTo(2);
        assertThat(status.getCurrentReplicas()).isEqualTo(1);
        assertThat(status.getUpdatedReplicas()).isEqualTo(1);
        assertThat(status.getCurrentRevision()).isEqualTo("old");
        assertThat(status.getUpdateRevision()).isEqualTo("new");
    }

    @Test
    void endsAnUpdateWhenAllPodsAreNewAndReady() {
        var status = StatefulSetStatuses.of(
                new StatefulSetSpecs(parallel(2)),
                List.of(pod(0, "new", "ready"), pod(1, "new", "ready")),
                "old",
                "new",
                NOW);

        assertThat(status.getCurrentRevision()).isEqualTo("new");
        assertThat(status.getCurrentReplicas()).isEqualTo(2);
    }

    private static List<String> steps(StatefulSet set, SetPod... pods) {
        return StatefulSetDecision.decide(new StatefulSetSpecs(set), List.of(pods), "old", "new", NOW).stream()
                .map(step -> switch (step) {
                    case Step.Create create -> "create " + create.ordinal() + " at " + create.revision();
                    case Step.Delete delete -> "delete " + delete.pod().ordinal();
                })
                .toList();
    }

    private static StatefulSet ordered(int replicas) {
        return TestPods.statefulSet("web", replicas);
    }

    private static StatefulSet parallel(int replicas) {
        StatefulSet set = ordered(replicas);
        set.getSpec().setPodManagementPolicy("Parallel");
        return set;
    }

    private static StatefulSet rolling(StatefulSet set, int partition, int maxUnavailable) {
        return new StatefulSetBuilder(set)
                .editSpec()
                .withNewUpdateStrategy()
                .withType("RollingUpdate")
                .withNewRollingUpdate()
                .withPartition(partition)
                .withMaxUnavailable(new IntOrString(maxUnavailable))
                .endRollingUpdate()
                .endUpdateStrategy()
                .endSpec()
                .build();
    }

    private static SetPod pod(int ordinal, String revision, String state) {
        UnaryOperator<PodBuilder> edit = switch (state) {
            case "ready" -> pod -> ready(pod);
            case "stopping" ->
                pod -> ready(pod)
                        .editMetadata()
                        .withDeletionTimestamp(NOW.toString())
                        .endMetadata();
            case "failed" -> pod -> pod.withNewStatus().withPhase("Failed").endStatus();
            default -> pod -> pod.withNewStatus().withPhase("Running").endStatus();
        };
        return Stream.of(new PodBuilder(TestPods.pod("web-" + ordinal))
                        .editMetadata()
                        .addToLabels(SetPod.REVISION_LABEL, revision)
                        .endMetadata())
                .map(edit)
                .map(builder -> new SetPod(builder.build(), ordinal))
                .findFirst()
                .orElseThrow();
    }

    private static PodBuilder ready(PodBuilder pod) {
        return pod.withNewStatus()
                .withPhase("Running")
                .addNewCondition()
                .withType("Ready")
                .withStatus("True")
                .withLastTransitionTime("2026-01-01T00:00:00Z")
                .endCondition()
                .endStatus();
    }
}
