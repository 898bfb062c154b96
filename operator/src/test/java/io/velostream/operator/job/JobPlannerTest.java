package io.velostream.operator.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.velostream.crd.v1alpha1.ActionPhase;
import io.velostream.crd.v1alpha1.DesiredState;
import io.velostream.crd.v1alpha1.Drain;
import io.velostream.crd.v1alpha1.DrainTimeoutPolicy;
import io.velostream.crd.v1alpha1.KubeDuration;
import io.velostream.operator.action.ActionLog;
import io.velostream.operator.action.ActionType;
import io.velostream.operator.cluster.Clusters;
import io.velostream.operator.cluster.PodView;
import io.velostream.operator.engine.EngineJobDocument;
import io.velostream.operator.engine.EngineJobStatus;
import io.velostream.operator.engine.EngineJobStatus.State;
import io.velostream.operator.engine.EngineStatuses;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JobPlannerTest {

    private static final ActionLog NOTHING = new ActionLog(List.of());

    @Test
    void storesTheDocumentBeforeItGivesItToEveryPod() {
        JobDecision decision = Jobs.onTwoPods().decide();

        assertThat(decision.store()).isTrue();
        assertThat(decision.push()).extracting(PodView::ordinal).containsExactly(0, 1);
        assertThat(decision.document().orElseThrow().sequence()).isEqualTo(Clusters.NOW.toEpochMilli());
    }

    @Test
    void doesNothingOnceEveryPodHasIt() {
        JobDecision decision = Jobs.onTwoPods()
                .stored(Jobs.firstDocument())
                .everyPodSays(State.RUNNING)
                .decide();

        assertThat(decision.store()).isFalse();
        assertThat(decision.push()).isEmpty();
        assertThat(decision.document()).contains(Jobs.firstDocument());
    }

    @Test
    void givesItAgainToAPodThatLostIt() {
        JobDecision decision = Jobs.onTwoPods()
                .stored(Jobs.firstDocument())
                .everyPodSays(State.RUNNING)
                .says(1)
                .decide();

        assertThat(decision.push()).extracting(PodView::ordinal).containsExactly(1);
    }

    @Test
    void takesAnEarlierJobOfTheSameNameForAnother() {
        EngineJobStatus earlier = EngineStatuses.job("orders", "another-uid")
                .sequence(Long.MAX_VALUE - 10)
                .build();

        JobDecision decision =
                Jobs.onTwoPods().stored(Jobs.firstDocument()).says(0, earlier).decide();

        assertThat(decision.push()).extracting(PodView::ordinal).contains(0);
    }

    @Test
    void numbersAChangeAboveEveryKnownOneEvenWhenTheClockIsBehind() {
        EngineJobDocument stored = Jobs.firstDocument();

        EngineJobDocument next = Jobs.onTwoPods()
                .stored(stored)
                .everyPodSays(State.RUNNING)
                .spec(spec -> spec.parallelism(4))
                .at(Clusters.NOW.minusSeconds(3600))
                .decide()
                .document()
                .orElseThrow();

        assertThat(next.sequence()).isEqualTo(stored.sequence() + 1);
        assertThat(next.parallelism()).contains(4);
    }

    @Test
    void goesAboveWhatPodsKnowWhenTheStoredDocumentIsLost() {
        EngineJobStatus ahead = EngineStatuses.job("orders", Jobs.UID)
                .sequence(Clusters.NOW.toEpochMilli() + 5000)
                .build();

        EngineJobDocument document =
                Jobs.onTwoPods().says(0, ahead).decide().document().orElseThrow();

        assertThat(document.sequence()).isEqualTo(Clusters.NOW.toEpochMilli() + 5001);
    }

    @Test
    void keepsTheLastGoodSqlWhenTheNewOneIsRefused() {
        EngineJobDocument good = Jobs.firstDocument();

        JobDecision decision = Jobs.onTwoPods()
                .stored(good)
                .everyPodSays(State.RUNNING)
                .generation(2)
                .spec(spec -> spec.sql("SELEKT"))
                .refused("1:1: unknown statement SELEKT")
                .decide();

        assertThat(decision.store()).isFalse();
        assertThat(decision.push()).isEmpty();
        assertThat(decision.document()).contains(good);
        assertThat(decision.validity().orElseThrow().valid()).isFalse();
    }

    @Test
    void stillStopsAJobWhoseNewestSqlIsRefused() {
        EngineJobDocument good = Jobs.firstDocument();

        EngineJobDocument document = Jobs.onTwoPods()
                .stored(good)
                .generation(2)
                .spec(spec -> spec.sql("SELEKT").desiredState(DesiredState.STOPPED))
                .refused("1:1: unknown statement SELEKT")
                .decide()
                .document()
                .orElseThrow();

        assertThat(document.sql()).isEqualTo(Jobs.GOOD);
        assertThat(document.desiredState()).isEqualTo(EngineJobDocument.DesiredState.STOPPED);
        assertThat(document.sequence()).isGreaterThan(good.sequence());
    }

    @Test
    void restoresTheLastGoodSqlFromItsRevisionWhenTheStoredOneIsLost() {
        EngineJobDocument document = Jobs.onTwoPods()
                .lastGood(Jobs.firstDocument().withSequence(0))
                .generation(2)
                .spec(spec -> spec.sql("SELEKT"))
                .refused("1:1: unknown statement SELEKT")
                .decide()
                .document()
                .orElseThrow();

        assertThat(document.sql()).isEqualTo(Jobs.GOOD);
        assertThat(document.sequence()).isPositive();
    }

    @Test
    void sendsNothingWhenTheFirstSqlIsRefused() {
        JobDecision decision = Jobs.onTwoPods().refused("1:1: no").decide();

        assertThat(decision.document()).isEmpty();
        assertThat(decision.store()).isFalse();
        assertThat(decision.push()).isEmpty();
    }

    @Test
    void letsAPodOfAnotherVersionJudgeFirst() {
        JobDecision decision = Jobs.onTwoPods()
                .podVersion("0.2.0")
                .refused("1:1: too new for me")
                .decide();

        assertThat(decision.canary().orElseThrow().pod().ordinal()).isZero();
        assertThat(decision.validity()).isEmpty();
        assertThat(decision.store()).isFalse();
    }

    @Test
    void takesTheVerdictOfThatPod() {
        EngineJobStatus accepted = EngineStatuses.job("orders", Jobs.UID)
                .generation(1, 1)
                .sequence(5)
                .build();

        JobDecision decision = Jobs.onTwoPods()
                .podVersion("0.2.0")
                .refused("1:1: too new for me")
                .says(0, accepted)
                .decide();

        assertThat(decision.validity().orElseThrow().valid()).isTrue();
        assertThat(decision.validity().orElseThrow().judge()).contains("0.2.0");
        assertThat(decision.store()).isTrue();
    }

    @Test
    void takesTheStricterStateOfJobAndCluster() {
        EngineJobDocument document = Jobs.onTwoPods()
                .spec(spec -> spec.desiredState(DesiredState.SUSPENDED))
                .clusterWants(DesiredState.DRAINED)
                .decide()
                .document()
                .orElseThrow();

        assertThat(document.desiredState()).isEqualTo(EngineJobDocument.DesiredState.DRAINED);
    }

    @Test
    void keepsTheJobOffPodsThatLeave() {
        EngineJobDocument document =
                Jobs.onTwoPods().set(3, 2, 2).decide().document().orElseThrow();

        assertThat(document.replicas()).isEqualTo(2);
        assertThat(document.drainedOrdinals()).containsExactly(2);
    }

    @Test
    void watchesADrainAndEndsItWhenEveryPodSaysSo() {
        Jobs jobs = Jobs.onTwoPods()
                .spec(spec -> spec.desiredState(DesiredState.DRAINED))
                .stored(Jobs.firstDocument())
                .everyPodSays(State.DRAINING);

        JobDecision draining = jobs.decide();
        assertThat(draining.actions().running(ActionType.DRAIN)).isPresent();

        JobDecision drained =
                jobs.actions(draining.actions()).everyPodSays(State.DRAINED).decide();
        assertThat(drained.actions().latest(ActionType.DRAIN).orElseThrow().phase())
                .isEqualTo(ActionPhase.SUCCEEDED);
    }

    @Test
    void isNotDrainedWhileAPodHoldsRecords() {
        Jobs jobs = Jobs.onTwoPods()
                .spec(spec -> spec.desiredState(DesiredState.DRAINED))
                .stored(Jobs.firstDocument())
                .everyPodSays(State.DRAINED)
                .actions(NOTHING.start(ActionType.DRAIN, "d", "drain", "", Clusters.NOW));
        jobs.says(1, jobs.status(State.DRAINED).inFlight(1).build());

        assertThat(jobs.decide().actions().running(ActionType.DRAIN)).isPresent();
    }

    @Test
    void reportsADrainThatTakesTooLong() {
        JobDecision decision = Jobs.onTwoPods()
                .spec(spec -> spec.desiredState(DesiredState.DRAINED)
                        .drain(new Drain(KubeDuration.of("1m"), DrainTimeoutPolicy.STOP)))
                .stored(Jobs.firstDocument())
                .everyPodSays(State.DRAINING)
                .actions(NOTHING.start(ActionType.DRAIN, "d", "drain", "", Clusters.NOW.minusSeconds(61)))
                .decide();

        assertThat(decision.timedOut()).isTrue();
        assertThat(decision.actions().latest(ActionType.DRAIN).orElseThrow().phase())
                .isEqualTo(ActionPhase.FAILED);
    }

    @Test
    void restartsAJobByStoppingItInEveryPodFirst() {
        Jobs jobs = Jobs.onTwoPods()
                .stored(Jobs.firstDocument())
                .everyPodSays(State.RUNNING)
                .actions(NOTHING.start(ActionType.RESTART, "r-1", "accepted", "", Clusters.NOW));

        JobDecision stopping = jobs.decide();
        EngineJobDocument stop = stopping.document().orElseThrow();
        assertThat(stop.desiredState()).isEqualTo(EngineJobDocument.DesiredState.STOPPED);

        JobDecision starting = jobs.stored(stop)
                .actions(stopping.actions())
                .everyPodSays(State.STOPPED)
                .decide();
        EngineJobDocument start = starting.document().orElseThrow();
        assertThat(start.desiredState()).isEqualTo(EngineJobDocument.DesiredState.RUNNING);

        JobDecision done = jobs.stored(start)
                .actions(starting.actions())
                .everyPodSays(State.RUNNING)
                .decide();
        assertThat(done.actions().find(ActionType.RESTART, "r-1").orElseThrow().phase())
                .isEqualTo(ActionPhase.SUCCEEDED);
        assertThat(Optional.of(start)).isEqualTo(done.document());
    }
}
