package io.velostream.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.velostream.crd.v1alpha1.DrainTimeoutPolicy;
import io.velostream.operator.engine.EngineJobStatus;
import io.velostream.operator.engine.EngineProcessing;
import io.velostream.operator.engine.EngineStatuses;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ScalingTest {

    private static Scaling.Plan plan(Clusters clusters) {
        return Scaling.plan(clusters.observe());
    }

    @Test
    void addsPodsAtOnce() {
        Scaling.Plan plan = plan(Clusters.running(2).wanting(5));

        assertThat(plan.state()).isEqualTo(Scaling.State.OUT);
        assertThat(plan.replicas()).isEqualTo(5);
        assertThat(plan.draining()).isEmpty();
    }

    @Test
    void takesTheHighestPodOutOfServiceFirst() {
        Scaling.Plan plan = plan(Clusters.running(3).wanting(1));

        assertThat(plan.replicas()).isEqualTo(3);
        assertThat(plan.draining()).containsExactly(2);
        assertThat(plan.effect()).contains(new ClusterEffect.TakeOutOfService(Clusters.view(2), Clusters.NOW));
    }

    @Test
    void putsThePodIntoMaintenanceBeforeItIsDrained() {
        Clusters clusters = Clusters.running(3).wanting(2).pod(2, pod -> Pods.outOfService(pod, Clusters.NOW));

        assertThat(plan(clusters).effect()).containsInstanceOf(ClusterEffect.SetMaintenance.class);

        clusters.says(2, EngineProcessing.State.RUNNING, true);
        assertThat(plan(clusters).effect()).containsInstanceOf(ClusterEffect.DrainPod.class);
    }

    @Test
    void keepsThePodWhileItDrains() {
        Clusters clusters = Clusters.running(3)
                .wanting(2)
                .pod(2, pod -> Pods.outOfService(pod, Clusters.NOW.minusSeconds(20)))
                .says(2, EngineProcessing.State.DRAINING, true);

        Scaling.Plan plan = plan(clusters);

        assertThat(plan.replicas()).isEqualTo(3);
        assertThat(plan.effect()).isEmpty();
    }

    @Test
    void keepsADrainedPodThatStillHoldsRecords() {
        EngineJobStatus busy = EngineStatuses.job("orders", "u1")
                .state(EngineJobStatus.State.DRAINED)
                .inFlight(3)
                .build();
        Clusters clusters = Clusters.running(3)
                .wanting(2)
                .pod(2, pod -> Pods.outOfService(pod, Clusters.NOW.minusSeconds(20)))
                .says(2, EngineProcessing.State.DRAINED, true, busy);

        assertThat(plan(clusters).replicas()).isEqualTo(3);
    }

    @Test
    void removesThePodOnceItSaysThatItIsDrained() {
        Clusters clusters = Clusters.running(3)
                .wanting(1)
                .pod(2, pod -> Pods.outOfService(pod, Clusters.NOW.minusSeconds(20)))
                .says(2, EngineProcessing.State.DRAINED, true);

        Scaling.Plan plan = plan(clusters);

        assertThat(plan.replicas()).isEqualTo(2);
        assertThat(plan.draining()).isEmpty();
    }

    @Test
    void doesNotTakeTheNextPodBeforeTheLastOneIsGone() {
        Clusters clusters =
                Clusters.running(3).wanting(1).statefulSet(Clusters.set(2, 0)).pod(2, Pods::terminating);

        Scaling.Plan plan = plan(clusters);

        assertThat(plan.effect()).isEmpty();
        assertThat(plan.replicas()).isEqualTo(2);
        assertThat(plan.draining()).containsExactly(1);
    }

    @Test
    void removesAPodThatNeverRanWithoutADrain() {
        Clusters clusters = Clusters.running(3).wanting(2).pod(2, Pods::neverRan);

        assertThat(plan(clusters).replicas()).isEqualTo(2);
    }

    @Test
    void keepsAllPodsWhenTheDrainTimesOut() {
        Clusters clusters = Clusters.running(3)
                .wanting(2)
                .drain(Duration.ofMinutes(1), DrainTimeoutPolicy.STOP)
                .pod(2, pod -> Pods.outOfService(pod, Clusters.NOW.minusSeconds(61)))
                .says(2, EngineProcessing.State.DRAINING, true);

        Scaling.Plan plan = plan(clusters);

        assertThat(plan.state()).isEqualTo(Scaling.State.TIMED_OUT);
        assertThat(plan.replicas()).isEqualTo(3);
        assertThat(plan.message()).contains("primary-2").contains("drain.timeout");
    }

    @Test
    void removesThePodAfterTheTimeoutWhenForced() {
        Clusters clusters = Clusters.running(3)
                .wanting(2)
                .drain(Duration.ofMinutes(1), DrainTimeoutPolicy.FORCE)
                .pod(2, pod -> Pods.outOfService(pod, Clusters.NOW.minusSeconds(61)))
                .silent(2);

        assertThat(plan(clusters).replicas()).isEqualTo(2);
    }

    @Test
    void goesOnTryingASilentPodUntilTheTimeout() {
        Clusters clusters = Clusters.running(3)
                .wanting(2)
                .pod(2, pod -> Pods.outOfService(pod, Clusters.NOW.minusSeconds(10)))
                .silent(2);

        Scaling.Plan plan = plan(clusters);

        assertThat(plan.state()).isEqualTo(Scaling.State.IN);
        assertThat(plan.replicas()).isEqualTo(3);
    }

    @Test
    void finishesALateDrainAfterAll() {
        Clusters clusters = Clusters.running(3)
                .wanting(2)
                .drain(Duration.ofMinutes(1), DrainTimeoutPolicy.STOP)
                .pod(2, pod -> Pods.outOfService(pod, Clusters.NOW.minusSeconds(600)))
                .says(2, EngineProcessing.State.DRAINED, true);

        assertThat(plan(clusters).replicas()).isEqualTo(2);
    }
}
