package io.velostream.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.velostream.crd.v1alpha1.ActionPhase;
import io.velostream.crd.v1alpha1.ActionStatus;
import io.velostream.crd.v1alpha1.ConfigRollout;
import io.velostream.crd.v1alpha1.ConfigStrategy;
import io.velostream.crd.v1alpha1.KubeDuration;
import io.velostream.crd.v1alpha1.Maintenance;
import io.velostream.crd.v1alpha1.MaintenanceWindow;
import io.velostream.operator.action.ActionLog;
import io.velostream.operator.action.ActionType;
import io.velostream.operator.engine.ConfigVerdict;
import io.velostream.operator.engine.EngineProcessing;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConfigDeploymentTest {

    private static final ActionLog NOTHING = new ActionLog(List.of());
    private static final ActionType TYPE = ActionType.CONFIG_DEPLOYMENT;
    private static final String ID = "c2-7";

    private static Clusters changed() {
        return Clusters.running(2).config("c2", "c1", Optional.empty());
    }

    private static ActionLog at(String step) {
        return NOTHING.start(TYPE, ID, step, "why", Clusters.NOW.minusSeconds(30));
    }

    private static String target(Clusters clusters) {
        ClusterObservation cluster = clusters.observe();
        return ConfigDeployment.target(cluster.spec(), cluster.config(), cluster.actions());
    }

    private static ActionStatus entry(ClusterDecision decision) {
        return decision.actions().latest(TYPE).orElseThrow();
    }

    private static ConfigDeployment.State state(ClusterDecision decision) {
        return decision.progress().config().state();
    }

    private static Clusters inMaintenance(Clusters clusters) {
        return clusters.says(0, EngineProcessing.State.RUNNING, true).says(1, EngineProcessing.State.RUNNING, true);
    }

    @Test
    void takesTheFirstConfigurationAsItIsAndKeepsItOncePodsAreReady() {
        Clusters first = Clusters.running(2).firstConfig("c1");

        assertThat(target(first)).isEqualTo("c1");
        assertThat(first.decide().progress().config().lastGood()).contains("c1");
        assertThat(first.decide().actions()).isEqualTo(NOTHING);
    }

    @Test
    void beginsWithAnIntentAndLeavesThePodsOnTheLastGoodOne() {
        ClusterDecision decision = changed().decide();

        assertThat(entry(decision).requestId()).isEqualTo(ID);
        assertThat(entry(decision).step()).isEqualTo("validate");
        assertThat(target(changed().actions(decision.actions()))).isEqualTo("c1");
        assertThat(decision.effects()).isEmpty();
    }

    @Test
    void changesNothingWhenAPodRefusesTheConfiguration() {
        Clusters refused = changed()
                .config("c2", "c1", Optional.of(new ConfigVerdict.Refused(List.of("processing.batch_size: too big"))))
                .actions(at("validate"));

        ClusterDecision decision = refused.decide();

        assertThat(state(decision)).isEqualTo(ConfigDeployment.State.REFUSED);
        assertThat(entry(decision).phase()).isEqualTo(ActionPhase.FAILED);
        assertThat(entry(decision).message()).contains("processing.batch_size: too big");
        assertThat(target(refused.actions(decision.actions()))).isEqualTo("c1");
        assertThat(state(changed().actions(decision.actions()).decide())).isEqualTo(ConfigDeployment.State.REFUSED);
    }

    @Test
    void putsEveryPodIntoMaintenanceBeforeAnyIsReplaced() {
        Clusters valid = changed()
                .config("c2", "c1", Optional.of(new ConfigVerdict.Valid()))
                .actions(at("validate"));
        ActionLog next = valid.decide().actions();
        assertThat(next.latest(TYPE).orElseThrow().step()).isEqualTo("maintenance");

        ClusterDecision decision = changed().actions(next).decide();
        assertThat(decision.effects())
                .containsExactly(
                        new ClusterEffect.SetMaintenance(Clusters.view(0), true),
                        new ClusterEffect.SetMaintenance(Clusters.view(1), true));
        assertThat(entry(decision).step()).isEqualTo("maintenance");

        assertThat(entry(inMaintenance(changed().actions(next)).decide()).step())
                .isEqualTo("roll");
    }

    @Test
    void rollsAConfigurationOutUncheckedWhereNoPodCanCheckIt() {
        Clusters unknown = changed()
                .config("c2", "c1", Optional.of(new ConfigVerdict.Unknown("no pod answers")))
                .actions(at("validate"));

        assertThat(entry(unknown.decide()).step()).isEqualTo("maintenance");
        assertThat(entry(unknown.decide()).message()).contains("no pod answers");
    }

    @Test
    void verifiesOnceEveryPodHasItAndKeepsItWhenAllChecksPass() {
        Clusters rolled = inMaintenance(changed()).actions(at("roll"));
        assertThat(target(rolled)).isEqualTo("c2");

        ActionLog verifying = rolled.decide().actions();
        assertThat(verifying.latest(TYPE).orElseThrow().step()).isEqualTo("verify " + Clusters.NOW);

        ClusterDecision decision = inMaintenance(changed()).actions(verifying).decide();
        assertThat(entry(decision).phase()).isEqualTo(ActionPhase.SUCCEEDED);
        assertThat(decision.progress().config().lastGood()).contains("c2");
        assertThat(state(decision)).isEqualTo(ConfigDeployment.State.APPLIED);
    }

    @Test
    void goesOnFromASuccessThatWasRecordedByItself() {
        ActionLog done = at("verify " + Clusters.NOW).finish(TYPE, ID, ActionPhase.SUCCEEDED, "", Clusters.NOW);
        Clusters after = inMaintenance(changed()).actions(done);

        assertThat(target(after)).isEqualTo("c2");
        assertThat(after.decide().progress().config().lastGood()).contains("c2");
        assertThat(entry(after.decide())).isEqualTo(done.latest(TYPE).orElseThrow());
    }

    @Test
    void endsMaintenanceWithTheDeployment() {
        ActionLog done = at("verify " + Clusters.NOW).finish(TYPE, ID, ActionPhase.SUCCEEDED, "", Clusters.NOW);
        Clusters after = inMaintenance(Clusters.running(2).config("c2", "c2", Optional.empty()))
                .actions(done);

        assertThat(after.decide().effects())
                .containsExactly(
                        new ClusterEffect.SetMaintenance(Clusters.view(0), false),
                        new ClusterEffect.SetMaintenance(Clusters.view(1), false));
    }

    @Test
    void rollsBackWhenAPodCannotStartWithIt() {
        Clusters stuck = inMaintenance(changed())
                .actions(at("roll"))
                .statefulSet(new StatefulSetView(2, 1, 2, List.of(), true, "t1", "r1", "r2"))
                .pod(
                        1,
                        pod -> Pods.notReady(
                                Pods.revision(pod, "r2"),
                                Clusters.NOW.minusSeconds(60),
                                Optional.of("CrashLoopBackOff")));

        ClusterDecision decision = stuck.decide();

        assertThat(entry(decision).step()).isEqualTo("rollback");
        assertThat(entry(decision).message()).contains("CrashLoopBackOff");
        assertThat(target(changed().actions(decision.actions()))).isEqualTo("c1");
    }

    @Test
    void rollsBackWhenACheckFailsForLongerThanVerifyTimeout() {
        Clusters soon =
                inMaintenance(changed()).fails(1, "resources").actions(at("verify " + Clusters.NOW.minusSeconds(59)));
        assertThat(entry(soon.decide()).step()).startsWith("verify");

        Clusters late =
                inMaintenance(changed()).fails(1, "resources").actions(at("verify " + Clusters.NOW.minusSeconds(61)));
        assertThat(entry(late.decide()).step()).isEqualTo("rollback");
        assertThat(entry(late.decide()).message()).isEqualTo("primary-1 fails resources");
    }

    @Test
    void failsForGoodOnceEveryPodIsBackOnTheLastGoodOne() {
        ClusterDecision decision =
                inMaintenance(changed()).actions(at("rollback")).decide();

        assertThat(state(decision)).isEqualTo(ConfigDeployment.State.ROLLED_BACK);
        assertThat(entry(decision).phase()).isEqualTo(ActionPhase.FAILED);
        assertThat(decision.progress().config().lastGood()).contains("c1");
        Clusters again = changed().actions(decision.actions()).at(Clusters.NOW.plusSeconds(3600));
        assertThat(again.decide().actions()).isEqualTo(decision.actions());
        assertThat(target(again)).isEqualTo("c1");
    }

    @Test
    void keepsAFailingConfigurationWhereTheSpecWantsNoRollback() {
        Clusters late = inMaintenance(changed())
                .spec(spec -> spec.configRollout(new ConfigRollout(ConfigStrategy.SAFE, null, false)))
                .fails(1, "resources")
                .actions(at("verify " + Clusters.NOW.minusSeconds(61)));

        assertThat(entry(late.decide()).step()).isEqualTo("roll");
        assertThat(target(late)).isEqualTo("c2");
    }

    @Test
    void takesADeploymentBackWhenTheSpecDoesAndTriesItAgainLater() {
        Clusters back = Clusters.running(2).config("c1", "c1", Optional.empty()).actions(at("roll"));
        ActionLog log = back.decide().actions();
        assertThat(log.latest(TYPE).orElseThrow().phase()).isEqualTo(ActionPhase.FAILED);

        ClusterDecision again = changed().actions(log).decide();
        assertThat(again.actions().running(TYPE)).isPresent();
    }

    @Test
    void giveWayToANewerConfigurationAtOnce() {
        Clusters newer =
                Clusters.running(2).config("c3", "c1", Optional.empty()).actions(at("roll"));

        ClusterDecision decision = newer.decide();

        assertThat(decision.actions().find(TYPE, ID).orElseThrow().phase()).isEqualTo(ActionPhase.FAILED);
        assertThat(entry(decision).requestId()).isEqualTo("c3-7");
        assertThat(target(newer.actions(decision.actions()))).isEqualTo("c1");
    }

    @Test
    void goesStraightToThePodsWhenAskedToBeImmediateOrInSafeMode() {
        Clusters immediate =
                changed().spec(spec -> spec.configRollout(new ConfigRollout(ConfigStrategy.IMMEDIATE, null, true)));
        assertThat(target(immediate)).isEqualTo("c2");
        assertThat(immediate.decide().actions().latest(TYPE)).isEmpty();
        assertThat(immediate.decide().progress().config().lastGood()).contains("c2");

        Clusters safe = changed().spec(spec -> spec.safeMode(true));
        assertThat(target(safe)).isEqualTo("c2");
        assertThat(safe.decide().progress().config().lastGood()).contains("c1");
    }

    @Test
    void waitsForAWindowToBeginAndDoesNotStopHalfWay() {
        Maintenance saturdays =
                new Maintenance(false, List.of(new MaintenanceWindow("0 2 * * 6", KubeDuration.of("1h"), "UTC")));
        Clusters closed = changed().spec(spec -> spec.maintenance(saturdays));

        ClusterDecision decision = closed.decide();
        assertThat(state(decision)).isEqualTo(ConfigDeployment.State.PENDING);
        assertThat(decision.progress().pending()).containsExactly("a new configuration waits");
        assertThat(decision.actions()).isEqualTo(NOTHING);

        Clusters open = changed().spec(spec -> spec.maintenance(saturdays)).at(Instant.parse("2026-11-28T02:30:00Z"));
        assertThat(entry(open.decide()).step()).isEqualTo("validate");

        Clusters begun = inMaintenance(changed())
                .spec(spec -> spec.maintenance(saturdays))
                .actions(at("roll"))
                .statefulSet(new StatefulSetView(2, 2, 2, List.of(), true, "t1", "r1", "r2"));
        assertThat(begun.decide().shape().partition()).isEqualTo(1);
    }
}
