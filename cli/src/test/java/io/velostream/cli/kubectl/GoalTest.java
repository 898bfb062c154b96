package io.velostream.cli.kubectl;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.velostream.crd.v1alpha1.ActionPhase;
import io.velostream.crd.v1alpha1.ActionStatus;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GoalTest {

    private static final long NEWEST = 4;

    private static Condition condition(String type, String status, String reason, long generation) {
        return new ConditionBuilder()
                .withType(type)
                .withStatus(status)
                .withReason(reason)
                .withMessage("as it is")
                .withObservedGeneration(generation)
                .build();
    }

    private static VeloResource with(Condition... conditions) {
        return new VeloResource("vc/primary", "", NEWEST, List.of(conditions), List.of());
    }

    private static VeloResource with(ActionPhase phase, String step) {
        return new VeloResource(
                "vc/primary",
                "",
                NEWEST,
                List.of(),
                List.of(new ActionStatus("restartPods", "r-1", phase, step, null, null, "one after the other")));
    }

    @Test
    void isReachedWhenReadySaysTheReasonOfTheNewestSpec() {
        Goal stopped = new Goal.Ready(Set.of("Stopped"));

        assertThat(stopped.outcome(with(condition("Ready", "True", "Stopped", NEWEST))))
                .contains(new Goal.Outcome(true, "Stopped: as it is"));
        assertThat(stopped.outcome(with(condition("Ready", "True", "Stopped", NEWEST - 1))))
                .isEmpty();
        assertThat(stopped.outcome(with(condition("Ready", "True", "Running", NEWEST))))
                .isEmpty();
    }

    @Test
    void failsOnceTheResourceIsStalledAboutTheNewestSpec() {
        Goal ready = new Goal.Ready(Set.of());

        assertThat(ready.outcome(with(condition("Stalled", "True", "DrainTimedOut", NEWEST))))
                .contains(new Goal.Outcome(false, "DrainTimedOut: as it is"));
        assertThat(ready.outcome(with(condition("Stalled", "True", "DrainTimedOut", NEWEST - 1))))
                .isEmpty();
    }

    @Test
    void followsAnActionToItsEnd() {
        Goal action = new Goal.Action("restartPods", "r-1");

        assertThat(action.outcome(with(ActionPhase.RUNNING, "replace pods"))).isEmpty();
        assertThat(action.progress(with(ActionPhase.RUNNING, "replace pods")))
                .isEqualTo("replace pods: one after the other");
        assertThat(action.outcome(with(ActionPhase.SUCCEEDED, "replace pods")))
                .contains(new Goal.Outcome(true, "Succeeded: one after the other"));
        assertThat(action.outcome(with(ActionPhase.FAILED, "replace pods")))
                .map(Goal.Outcome::reached)
                .contains(false);
        assertThat(new Goal.Action("restartPods", "other").progress(with(ActionPhase.RUNNING, "replace pods")))
                .isEqualTo("waiting for the operator");
    }

    @Test
    void waitsForAConditionToBeWhatItShall() {
        Goal off = new Goal.Holds("Maintenance", false);

        assertThat(off.outcome(with(condition("Maintenance", "True", "MaintenanceEnabled", NEWEST))))
                .isEmpty();
        assertThat(off.outcome(with(condition("Maintenance", "False", "AsExpected", NEWEST))))
                .isPresent();
    }
}
