package io.velostream.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.velostream.operator.engine.EngineJobStatus;
import io.velostream.operator.engine.EngineProcessing;
import io.velostream.operator.engine.EngineStatuses;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RolloutTest {

    private static Rollout.Plan plan(Clusters clusters) {
        return Rollout.plan(clusters.observe(), false, true);
    }

    private static StatefulSetView updating(int replicas, int partition) {
        return new StatefulSetView(replicas, partition, replicas, List.of(), true, "t1", "r1", "r2");
    }

    @Test
    void holdsEveryPodWhileANewTemplateIsWritten() {
        Rollout.Plan plan = plan(Clusters.running(3).template("t2"));

        assertThat(plan.state()).isEqualTo(Rollout.State.ROLLING);
        assertThat(plan.partition()).isEqualTo(3);
    }

    @Test
    void replacesTheHighestPodFirst() {
        Rollout.Plan plan = plan(Clusters.running(3).statefulSet(updating(3, 3)));

        assertThat(plan.partition()).isEqualTo(2);
    }

    @Test
    void waitsForAMaintenanceWindowBeforeARunningPodIsReplaced() {
        Rollout.Plan plan =
                Rollout.plan(Clusters.running(3).statefulSet(updating(3, 3)).observe(), false, false);

        assertThat(plan.state()).isEqualTo(Rollout.State.PENDING);
        assertThat(plan.partition()).isEqualTo(3);
        assertThat(plan.message()).contains("3 pods");
    }

    @Test
    void doesNotWaitForAWindowToReplaceAPodThatIsDownAnyway() {
        Clusters clusters = Clusters.running(3)
                .statefulSet(updating(3, 3))
                .pod(2, pod -> Pods.notReady(pod, Clusters.NOW.minusSeconds(300), Optional.of("ImagePullBackOff")));

        Rollout.Plan plan = Rollout.plan(clusters.observe(), false, false);

        assertThat(plan.state()).isEqualTo(Rollout.State.ROLLING);
        assertThat(plan.partition()).isEqualTo(2);
    }

    @Test
    void waitsForTheReplacedPodBeforeTheNextOne() {
        Clusters clusters = Clusters.running(3)
                .statefulSet(updating(3, 2))
                .pod(2, pod -> Pods.notReady(Pods.revision(pod, "r2"), Clusters.NOW.minusSeconds(5), Optional.empty()));

        Rollout.Plan plan = plan(clusters);

        assertThat(plan.partition()).isEqualTo(2);
        assertThat(plan.state()).isEqualTo(Rollout.State.ROLLING);
    }

    @Test
    void waitsForTheJobsOfTheReplacedPod() {
        EngineJobStatus starting = EngineStatuses.job("orders", "u1")
                .state(EngineJobStatus.State.STARTING)
                .build();
        Clusters clusters = Clusters.running(3)
                .statefulSet(updating(3, 2))
                .pod(2, pod -> Pods.revision(pod, "r2"))
                .says(2, EngineProcessing.State.RUNNING, false, starting);

        assertThat(plan(clusters).partition()).isEqualTo(2);
    }

    @Test
    void goesOnToTheNextPodOnceTheReplacedOneIsVerified() {
        Clusters clusters = Clusters.running(3).statefulSet(updating(3, 2)).pod(2, pod -> Pods.revision(pod, "r2"));

        assertThat(plan(clusters).partition()).isEqualTo(1);
    }

    @Test
    void isNotHeldUpByADependencyThatIsDownForAll() {
        EngineJobStatus waiting = EngineStatuses.job("orders", "u1")
                .state(EngineJobStatus.State.WAITING)
                .build();
        Clusters clusters = Clusters.running(3)
                .statefulSet(updating(3, 2))
                .pod(2, pod -> Pods.revision(pod, "r2"))
                .says(2, EngineProcessing.State.RUNNING, false, waiting);

        assertThat(plan(clusters).partition()).isEqualTo(1);
    }

    @Test
    void stopsWhenAJobFailsOnTheNewPodAndRunsOnTheOldOnes() {
        EngineJobStatus failed = EngineStatuses.job("orders", "u1")
                .state(EngineJobStatus.State.FAILED)
                .build();
        EngineJobStatus running = EngineStatuses.job("orders", "u1").build();
        Clusters clusters = Clusters.running(2)
                .statefulSet(updating(2, 1))
                .pod(1, pod -> Pods.revision(pod, "r2"))
                .says(1, EngineProcessing.State.RUNNING, false, failed)
                .says(0, EngineProcessing.State.RUNNING, false, running);

        assertThat(plan(clusters).partition()).isEqualTo(1);
    }

    @Test
    void endsWithPartitionZero() {
        Clusters clusters = Clusters.running(2)
                .statefulSet(updating(2, 0))
                .pod(0, pod -> Pods.revision(pod, "r2"))
                .pod(1, pod -> Pods.revision(pod, "r2"));

        Rollout.Plan plan = plan(clusters);

        assertThat(plan.state()).isEqualTo(Rollout.State.DONE);
        assertThat(plan.partition()).isZero();
    }

    @Test
    void saysWhyAReplacedPodCannotStartAndLeavesTheOthers() {
        Clusters clusters = Clusters.running(3)
                .statefulSet(updating(3, 2))
                .pod(
                        2,
                        pod -> Pods.notReady(
                                Pods.revision(pod, "r2"),
                                Clusters.NOW.minusSeconds(60),
                                Optional.of("ImagePullBackOff: no such image")));

        Rollout.Plan plan = plan(clusters);

        assertThat(plan.state()).isEqualTo(Rollout.State.STUCK);
        assertThat(plan.partition()).isEqualTo(2);
        assertThat(plan.message()).contains("primary-2").contains("no such image");
        assertThat(plan.effects()).isEmpty();
    }

    @Test
    void deletesAPodThatIsStuckOnARevisionNobodyWantsAnyMore() {
        Clusters clusters = Clusters.running(3)
                .statefulSet(new StatefulSetView(3, 2, 3, List.of(), true, "t1", "r1", "r3"))
                .pod(
                        2,
                        pod -> Pods.notReady(
                                Pods.revision(pod, "r2"),
                                Clusters.NOW.minusSeconds(60),
                                Optional.of("ImagePullBackOff: no such image")));

        Rollout.Plan plan = plan(clusters);

        assertThat(plan.effects()).singleElement().isInstanceOf(ClusterEffect.ReplacePod.class);
    }

    @Test
    void neverDeletesAHealthyPodOfAnOldRevision() {
        Clusters clusters = Clusters.running(3).statefulSet(updating(3, 0));

        assertThat(plan(clusters).effects()).isEmpty();
    }

    @Test
    void doesNotGoOnWhileTheRevisionsAreNotKnown() {
        StatefulSetView unobserved = new StatefulSetView(3, 3, 3, List.of(), false, "t1", "r1", "r1");

        assertThat(plan(Clusters.running(3).statefulSet(unobserved)).partition())
                .isEqualTo(3);
    }

    @Test
    void waitsForAScaleIn() {
        Rollout.Plan plan =
                Rollout.plan(Clusters.running(3).statefulSet(updating(3, 3)).observe(), true, true);

        assertThat(plan.partition()).isEqualTo(3);
    }
}
