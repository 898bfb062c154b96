package io.velostream.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.velostream.crd.v1alpha1.ActionPhase;
import io.velostream.crd.v1alpha1.ActionStatus;
import io.velostream.crd.v1alpha1.DesiredState;
import io.velostream.crd.v1alpha1.DrainTimeoutPolicy;
import io.velostream.crd.v1alpha1.Maintenance;
import io.velostream.operator.action.ActionLog;
import io.velostream.operator.action.ActionType;
import io.velostream.operator.engine.EngineJobStatus;
import io.velostream.operator.engine.EngineProcessing;
import io.velostream.operator.engine.EngineStatuses;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ClusterPlannerTest {

    private static final ActionLog NOTHING = new ActionLog(List.of());

    private static EngineJobStatus job(EngineJobStatus.State state) {
        return EngineStatuses.job("orders", "u1").state(state).build();
    }

    @Test
    void createsAllPodsOfANewCluster() {
        ClusterDecision decision =
                Clusters.running(0).withoutStatefulSet().wanting(3).decide();

        assertThat(decision.shape()).isEqualTo(new StatefulSetShape(3, 0, 3, List.of()));
        assertThat(decision.effects()).isEmpty();
    }

    @Test
    void doesNothingToAQuietCluster() {
        ClusterDecision decision = Clusters.running(2).decide();

        assertThat(decision.shape()).isEqualTo(new StatefulSetShape(2, 0, 2, List.of()));
        assertThat(decision.effects()).isEmpty();
        assertThat(decision.actions()).isEqualTo(NOTHING);
    }

    @Test
    void recordsTheScaleInBeforeThePodIsTouched() {
        ClusterDecision decision = Clusters.running(3).wanting(2).decide();

        ActionStatus entry = decision.actions().running(ActionType.SCALE_IN).orElseThrow();
        assertThat(entry.step()).isEqualTo("out of service primary-2");
        assertThat(decision.effects()).singleElement().isInstanceOf(ClusterEffect.TakeOutOfService.class);
        assertThat(decision.shape().drainingOrdinals()).containsExactly(2);
        assertThat(decision.shape().servingReplicas()).isEqualTo(2);
    }

    @Test
    void spreadsParallelismOverNewPodsOnlyWhenAllAreReady() {
        StatefulSetView scaledOut = new StatefulSetView(3, 0, 2, List.of(), true, "t1", "r1", "r1");
        Clusters clusters = Clusters.running(3)
                .statefulSet(scaledOut)
                .pod(2, pod -> Pods.notReady(pod, Clusters.NOW, Optional.empty()));

        assertThat(clusters.decide().shape().servingReplicas()).isEqualTo(2);

        clusters.pod(2, pod -> pod);
        assertThat(clusters.decide().shape().servingReplicas()).isEqualTo(3);
    }

    @Test
    void endsAScaleInThatIsTakenBackByRestartingThePod() {
        Clusters clusters = Clusters.running(3)
                .pod(2, pod -> Pods.outOfService(pod, Clusters.NOW.minusSeconds(30)))
                .says(2, EngineProcessing.State.DRAINING, true)
                .actions(NOTHING.start(ActionType.SCALE_IN, "generation-6", "drain primary-2", "", Clusters.NOW));

        ClusterDecision decision = clusters.decide();

        assertThat(decision.effects())
                .hasAtLeastOneElementOfType(ClusterEffect.RestartProcessing.class)
                .contains(new ClusterEffect.SetMaintenance(
                        Pods.outOfService(Clusters.view(2), Clusters.NOW.minusSeconds(30)), false));
    }

    @Test
    void putsAResumedPodBackIntoService() {
        Clusters clusters = Clusters.running(3)
                .pod(2, pod -> Pods.outOfService(pod, Clusters.NOW.minusSeconds(30)))
                .says(2, EngineProcessing.State.RUNNING, false);

        assertThat(clusters.decide().effects()).singleElement().isInstanceOf(ClusterEffect.PutIntoService.class);
    }

    @Test
    void setsMaintenanceOnEveryPodAsTheSpecSays() {
        Clusters clusters = Clusters.running(2).spec(spec -> spec.maintenance(new Maintenance(true, List.of())));

        assertThat(clusters.decide().effects())
                .containsExactly(
                        new ClusterEffect.SetMaintenance(Clusters.view(0), true),
                        new ClusterEffect.SetMaintenance(Clusters.view(1), true));
    }

    @Test
    void keepsAStoppedClustersPodsUntilEveryJobIsDrained() {
        Clusters clusters = Clusters.running(2)
                .desired(DesiredState.STOPPED)
                .jobs("orders")
                .says(0, EngineProcessing.State.RUNNING, false, job(EngineJobStatus.State.STOPPED))
                .says(1, EngineProcessing.State.RUNNING, false, job(EngineJobStatus.State.DRAINING));

        ClusterDecision decision = clusters.decide();
        assertThat(decision.shape().replicas()).isEqualTo(2);
        assertThat(decision.actions().running(ActionType.STOP)).isPresent();

        clusters.says(1, EngineProcessing.State.RUNNING, false, job(EngineJobStatus.State.STOPPED));
        assertThat(clusters.decide().shape().replicas()).isZero();
    }

    @Test
    void keepsAStoppedClustersPodsWhenADrainTimesOut() {
        Clusters clusters = Clusters.running(2)
                .desired(DesiredState.STOPPED)
                .drain(Duration.ofMinutes(1), DrainTimeoutPolicy.STOP)
                .jobs("orders")
                .says(0, EngineProcessing.State.RUNNING, false, job(EngineJobStatus.State.DRAINING))
                .actions(NOTHING.start(ActionType.STOP, "generation-7", "drain", "", Clusters.NOW.minusSeconds(90)));

        ClusterDecision decision = clusters.decide();

        assertThat(decision.shape().replicas()).isEqualTo(2);
        assertThat(decision.actions().latest(ActionType.STOP).orElseThrow().phase())
                .isEqualTo(ActionPhase.FAILED);
    }

    @Test
    void startsAStoppedClusterWithAllItsPods() {
        Clusters clusters = Clusters.running(0).wanting(3).statefulSet(Clusters.set(0, 0));

        assertThat(clusters.decide().shape().replicas()).isEqualTo(3);
    }

    @Test
    void restartsOnePodAfterTheOtherAndAsksEachOnlyOnce() {
        ActionLog accepted = NOTHING.start(ActionType.RESTART_PROCESSING, "r-1", "accepted", "accepted", Clusters.NOW);
        Clusters clusters = Clusters.running(2).actions(accepted);

        ClusterDecision first = clusters.decide();
        assertThat(first.effects()).containsExactly(new ClusterEffect.RestartProcessing(Clusters.view(0), "r-1"));
        assertThat(first.actions()
                        .running(ActionType.RESTART_PROCESSING)
                        .orElseThrow()
                        .step())
                .isEqualTo("restart primary-0");

        // The operator died after the call: the pod itself says that it arrived.
        clusters.actions(first.actions()).says(0, EngineProcessing.State.RUNNING, false, Optional.of("r-1"));
        ClusterDecision resumed = clusters.decide();
        assertThat(resumed.effects()).isEmpty();
        assertThat(resumed.actions()
                        .running(ActionType.RESTART_PROCESSING)
                        .orElseThrow()
                        .step())
                .isEqualTo("verify primary-0");

        ClusterDecision second = clusters.actions(resumed.actions()).decide();
        assertThat(second.effects()).containsExactly(new ClusterEffect.RestartProcessing(Clusters.view(1), "r-1"));

        ActionLog verifying = ProcessingRestart.called(second.actions(), "r-1", Clusters.view(1));
        ClusterDecision last = clusters.actions(verifying).decide();
        assertThat(last.actions()
                        .latest(ActionType.RESTART_PROCESSING)
                        .orElseThrow()
                        .phase())
                .isEqualTo(ActionPhase.SUCCEEDED);
    }

    @Test
    void makesTheCallAgainUnderTheSameNameWhenItNeverArrived() {
        ActionLog interrupted =
                NOTHING.start(ActionType.RESTART_PROCESSING, "r-1", "restart primary-0", "", Clusters.NOW);

        ClusterDecision decision = Clusters.running(2).actions(interrupted).decide();

        assertThat(decision.effects()).containsExactly(new ClusterEffect.RestartProcessing(Clusters.view(0), "r-1"));
    }

    @Test
    void doesNotRestartProcessingDuringAScaleIn() {
        ActionLog accepted = NOTHING.start(ActionType.RESTART_PROCESSING, "r-1", "accepted", "", Clusters.NOW);

        ClusterDecision decision =
                Clusters.running(3).wanting(2).actions(accepted).decide();

        assertThat(decision.effects()).noneMatch(ClusterEffect.RestartProcessing.class::isInstance);
    }

    @Test
    void endsAPodRestartOnceEveryPodIsReplaced() {
        ActionLog running = NOTHING.start(ActionType.RESTART_PODS, "p-1", "accepted", "", Clusters.NOW);

        ClusterDecision decision = Clusters.running(2).actions(running).decide();

        assertThat(decision.actions()
                        .latest(ActionType.RESTART_PODS)
                        .orElseThrow()
                        .phase())
                .isEqualTo(ActionPhase.SUCCEEDED);
    }
}
