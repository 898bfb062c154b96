package io.velostream.operator.action;

import static org.assertj.core.api.Assertions.assertThat;

import io.velostream.crd.v1alpha1.ActionPhase;
import io.velostream.crd.v1alpha1.ActionStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ActionLogTest {

    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00.5Z");
    private static final ActionLog EMPTY = new ActionLog(List.of());

    private static RequestedActions asking(String requestId) {
        return new RequestedActions(Map.of(ActionType.RESTART_PODS, requestId));
    }

    @Test
    void adoptsWhatIsThereAtCreationAndDoesNotRunIt() {
        ActionLog log = asking("r-1").recordIn(EMPTY, true, NOW);

        assertThat(log.entries())
                .singleElement()
                .extracting(ActionStatus::phase)
                .isEqualTo(ActionPhase.ADOPTED);
        assertThat(log.running(ActionType.RESTART_PODS)).isEmpty();
        assertThat(asking("r-1").recordIn(log, false, NOW)).isEqualTo(log);
    }

    @Test
    void runsANewRequestOnce() {
        ActionLog started = asking("r-1").recordIn(EMPTY, false, NOW);
        assertThat(started.running(ActionType.RESTART_PODS)).isPresent();

        ActionLog finished = started.finish(ActionType.RESTART_PODS, "r-1", ActionPhase.SUCCEEDED, "done", NOW);
        assertThat(asking("r-1").recordIn(finished, false, NOW)).isEqualTo(finished);
    }

    @Test
    void doesNotRunAnOlderRequestAgain() {
        ActionLog log = EMPTY;
        for (String id : List.of("r-1", "r-2")) {
            log = asking(id)
                    .recordIn(log, false, NOW)
                    .finish(ActionType.RESTART_PODS, id, ActionPhase.SUCCEEDED, "", NOW);
        }

        assertThat(asking("r-1").recordIn(log, false, NOW)).isEqualTo(log);
    }

    @Test
    void letsARequestWaitWhileAnotherOfItsTypeRuns() {
        ActionLog running = asking("r-1").recordIn(EMPTY, false, NOW);

        assertThat(asking("r-2").recordIn(running, false, NOW)).isEqualTo(running);

        ActionLog finished = running.finish(ActionType.RESTART_PODS, "r-1", ActionPhase.FAILED, "", NOW);
        assertThat(asking("r-2").recordIn(finished, false, NOW).running(ActionType.RESTART_PODS))
                .map(ActionStatus::requestId)
                .contains("r-2");
    }

    @Test
    void keepsTheLastTwentyOfEachTypeAndARunningOneAlways() {
        ActionLog log = EMPTY.start(ActionType.SCALE_IN, "kept", "drain", "", NOW);
        for (int i = 0; i < 30; i++) {
            log = log.adopt(ActionType.SCALE_IN, "id-" + i, NOW).adopt(ActionType.DRAIN, "id-" + i, NOW);
        }

        assertThat(log.entries()).hasSize(40);
        assertThat(log.knows(ActionType.SCALE_IN, "kept")).isTrue();
        assertThat(log.knows(ActionType.SCALE_IN, "id-29")).isTrue();
        assertThat(log.knows(ActionType.SCALE_IN, "id-0")).isFalse();
    }

    @Test
    void keepsTheTimeOfTheBeginningOverAllSteps() {
        ActionLog log = EMPTY.start(ActionType.SCALE_IN, "s", "one", "", NOW).step(ActionType.SCALE_IN, "s", "two", "");

        assertThat(log.find(ActionType.SCALE_IN, "s").orElseThrow().startedAt()).isEqualTo("2026-11-24T12:00:00Z");
        assertThat(log.find(ActionType.SCALE_IN, "s").orElseThrow().step()).isEqualTo("two");
    }
}
