package io.velostream.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatusAggregatorTest {

    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    private static List<Condition> conditions(List<Condition> before, Instant now, boolean ready, String message) {
        return new StatusAggregator(before, 3L, now)
                .set(ConditionType.READY, ready, Reason.RUNNING, message)
                .build();
    }

    @Test
    void keepsTheTransitionTimeWhileTheStatusStays() {
        List<Condition> first = conditions(List.of(), NOW, true, "one");

        List<Condition> second = conditions(first, NOW.plusSeconds(60), true, "two");

        assertThat(second.get(0).getLastTransitionTime()).isEqualTo("2026-11-24T12:00:00Z");
        assertThat(second.get(0).getMessage()).isEqualTo("two");
    }

    @Test
    void givesEqualConditionsForAnUnchangedPass() {
        List<Condition> first = conditions(List.of(), NOW, true, "same");

        assertThat(conditions(first, NOW.plusSeconds(60), true, "same")).isEqualTo(first);
    }

    @Test
    void movesTheTransitionTimeWithTheStatus() {
        List<Condition> first = conditions(List.of(), NOW, true, "");

        List<Condition> second = conditions(first, NOW.plusSeconds(60), false, "");

        assertThat(second.get(0).getLastTransitionTime()).isEqualTo("2026-11-24T12:01:00Z");
    }

    @Test
    void leavesAbnormalConditionsOutUnlessTheyAreTrue() {
        List<Condition> conditions = new StatusAggregator(List.of(), 1L, NOW)
                .set(ConditionType.STALLED, false, Reason.RUNNING, "")
                .set(ConditionType.RECONCILING, true, Reason.STARTING, "")
                .build();

        assertThat(conditions).extracting(Condition::getType).containsExactly("Reconciling");
    }

    @Test
    void boundsMessages() {
        List<Condition> conditions = conditions(List.of(), NOW, true, "x".repeat(5000));

        assertThat(conditions.get(0).getMessage()).hasSizeLessThanOrEqualTo(1000);
    }
}
