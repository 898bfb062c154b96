package io.velostream.operator.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.velostream.crd.v1alpha1.ActionPhase;
import io.velostream.crd.v1alpha1.ActionStatus;
import io.velostream.crd.v1alpha1.DesiredState;
import io.velostream.crd.v1alpha1.KubeDuration;
import io.velostream.crd.v1alpha1.Upgrade;
import io.velostream.operator.action.ActionType;
import io.velostream.operator.cluster.Clusters;
import io.velostream.operator.engine.EngineJobDocument;
import io.velostream.operator.engine.EngineJobStatus;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class JobUpgradeTest {

    private static final String NEW_SQL = "CREATE STREAM bigger AS SELECT * FROM orders;";
    private static final EngineJobDocument OLD = Jobs.firstDocument();

    private static Jobs changed() {
        return Jobs.onTwoPods()
                .generation(2)
                .spec(spec ->
                        spec.sql(NEW_SQL).upgrade(new Upgrade(true, KubeDuration.of("5m"), KubeDuration.of("60s"))))
                .stable(OLD)
                .stored(OLD);
    }

    /** The job after a pass: what it wrote is what the next one finds. */
    private static Jobs after(JobDecision decision, Instant now) {
        Jobs jobs = changed()
                .actions(decision.actions())
                .watching(decision.upgrade().upgrade())
                .at(now);
        decision.document().ifPresent(jobs::stored);
        return jobs.generation(2);
    }

    private static ActionStatus entry(JobDecision decision) {
        return decision.actions().latest(ActionType.UPGRADE).orElseThrow();
    }

    @Test
    void putsANewVersionIntoThePodsAndWatchesIt() {
        JobDecision decision = changed().decide();

        assertThat(decision.document().orElseThrow().sql()).isEqualTo(NEW_SQL);
        assertThat(decision.upgrade().state()).isEqualTo(JobUpgrade.State.WATCHED);
        assertThat(entry(decision).phase()).isEqualTo(ActionPhase.RUNNING);
    }

    @Test
    void takesAFirstVersionAsItIs() {
        JobDecision decision = Jobs.onTwoPods().decide();

        assertThat(decision.upgrade().state()).isEqualTo(JobUpgrade.State.NONE);
        assertThat(decision.actions().latest(ActionType.UPGRADE)).isEmpty();
    }

    @Test
    void isDoneOnceTheVersionRanWellForTheWholeWindow() {
        JobDecision first = changed().decide();
        JobDecision well = after(first, Clusters.NOW.plusSeconds(10))
                .everyPodSays(EngineJobStatus.State.RUNNING)
                .decide();
        assertThat(well.upgrade().upgrade().orElseThrow().stableSince()).isEqualTo("2026-11-24T12:00:10Z");

        JobDecision soon = after(well, Clusters.NOW.plusSeconds(69))
                .everyPodSays(EngineJobStatus.State.RUNNING)
                .decide();
        assertThat(soon.upgrade().state()).isEqualTo(JobUpgrade.State.WATCHED);

        JobDecision proven = after(soon, Clusters.NOW.plusSeconds(70))
                .everyPodSays(EngineJobStatus.State.RUNNING)
                .decide();
        assertThat(entry(proven).phase()).isEqualTo(ActionPhase.SUCCEEDED);
        assertThat(proven.upgrade().state()).isEqualTo(JobUpgrade.State.NONE);
    }

    @Test
    void goesOnFromASuccessThatWasRecordedByItself() {
        JobDecision first = changed().decide();
        String id = entry(first).requestId();
        JobDecision after = changed()
                .actions(
                        first.actions().finish(ActionType.UPGRADE, id, ActionPhase.SUCCEEDED, "ran well", Clusters.NOW))
                .decide();

        assertThat(after.upgrade().state()).isEqualTo(JobUpgrade.State.NONE);
        assertThat(after.document().orElseThrow().sql()).isEqualTo(NEW_SQL);
        assertThat(after.actions().entries()).hasSize(1);
    }

    @Test
    void beginsTheWindowAnewAfterEveryStumble() {
        JobDecision first = changed().decide();
        JobDecision well = after(first, Clusters.NOW.plusSeconds(10))
                .everyPodSays(EngineJobStatus.State.RUNNING)
                .decide();

        JobDecision stumbled = after(well, Clusters.NOW.plusSeconds(20))
                .everyPodSays(EngineJobStatus.State.FAILED)
                .decide();

        assertThat(stumbled.upgrade().upgrade().orElseThrow().stableSince()).isNull();
        assertThat(stumbled.upgrade().state()).isEqualTo(JobUpgrade.State.WATCHED);
    }

    @Test
    void bringsTheLastStableVersionBackWhenTheDeadlinePasses() {
        JobDecision first = changed().decide();

        JobDecision late = after(first, Clusters.NOW.plusSeconds(301))
                .everyPodSays(EngineJobStatus.State.FAILED)
                .decide();

        assertThat(late.upgrade().state()).isEqualTo(JobUpgrade.State.ROLLED_BACK);
        assertThat(late.document().orElseThrow().sql()).isEqualTo(OLD.sql());
        assertThat(late.store()).isTrue();
        assertThat(entry(late).phase()).isEqualTo(ActionPhase.FAILED);
        assertThat(entry(late).message()).contains("does not run in every pod");
    }

    @Test
    void doesNotTryTheFailedVersionAgainThoughOtherThingsChange() {
        JobDecision late = after(changed().decide(), Clusters.NOW.plusSeconds(301))
                .everyPodSays(EngineJobStatus.State.FAILED)
                .decide();

        JobDecision drained = after(late, Clusters.NOW.plusSeconds(400))
                .generation(3)
                .spec(spec -> spec.desiredState(DesiredState.DRAINED))
                .decide();

        assertThat(drained.document().orElseThrow().sql()).isEqualTo(OLD.sql());
        assertThat(drained.document().orElseThrow().desiredState()).isEqualTo(EngineJobDocument.DesiredState.DRAINED);
        assertThat(drained.upgrade().state()).isEqualTo(JobUpgrade.State.ROLLED_BACK);
    }

    @Test
    void triesAnotherVersion() {
        JobDecision late = after(changed().decide(), Clusters.NOW.plusSeconds(301))
                .everyPodSays(EngineJobStatus.State.FAILED)
                .decide();

        JobDecision another = after(late, Clusters.NOW.plusSeconds(400))
                .generation(3)
                .spec(spec -> spec.sql("CREATE STREAM mended AS SELECT * FROM orders;"))
                .decide();

        assertThat(another.document().orElseThrow().sql()).contains("mended");
        assertThat(another.upgrade().state()).isEqualTo(JobUpgrade.State.WATCHED);
    }

    @Test
    void rollsNothingBackWhereTheSpecDoesNotWantIt() {
        JobDecision decision = changed()
                .spec(spec -> spec.upgrade(new Upgrade(false, null, null)))
                .decide();

        assertThat(decision.upgrade().state()).isEqualTo(JobUpgrade.State.NONE);
        assertThat(decision.document().orElseThrow().sql()).isEqualTo(NEW_SQL);
    }
}
