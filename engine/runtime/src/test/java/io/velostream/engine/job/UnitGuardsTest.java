package io.velostream.engine.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.velostream.engine.breaker.BreakerSettings;
import io.velostream.engine.breaker.BreakerState;
import io.velostream.engine.breaker.CircuitBreaker;
import io.velostream.engine.breaker.CircuitBreakers;
import io.velostream.engine.runtime.operator.RecordFailure;
import io.velostream.engine.runtime.topology.TestPlans;
import io.velostream.engine.runtime.topology.UnitTopics;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which outcome counts for which breaker, and what an open one stops. */
class UnitGuardsTest {

    private static final TopicPartition IN = new TopicPartition("in", 0);

    private Instant now = Instant.parse("2026-11-01T00:00:00Z");
    private final InstantSource clock = () -> now;
    private final CircuitBreakers breakers =
            new CircuitBreakers(new BreakerSettings(1, Duration.ofSeconds(5), Duration.ofSeconds(5), 1), clock);
    private final UnitGuards guards = new UnitGuards(
            "orders",
            new UnitTopics(TestPlans.unit(TestPlans.copy("copy", "in", "out")), "app"),
            Optional.of("dlq"),
            breakers);

    @BeforeEach
    void hold() {
        guards.hold();
    }

    @Test
    void everyTopicHasABreakerUntilTheUnitIsClosed() {
        assertThat(breakers.all())
                .extracting(CircuitBreaker::name)
                .containsExactly("main", "orders/dead-letter/dlq", "orders/sink/out", "orders/source/in");

        guards.release();

        assertThat(breakers.all()).extracting(CircuitBreaker::name).containsExactly("main");
    }

    @Test
    void aRefusedSinkShutsTheWholeIntakeAndARefusedSourceItself() {
        guards.refused("out", new TopicAuthorizationException("not allowed"));

        assertThat(guards.shutIntake()).isTrue();
        assertThat(guards.closedSources()).isEmpty();
        assertThat(guards.obstacle())
                .hasValueSatisfying(
                        text -> assertThat(text).contains("orders/sink/out").contains("not allowed"));

        breakers.resetAll("a test");
        breaker("orders/source/in").failed("no leader");

        assertThat(guards.shutIntake()).isFalse();
        assertThat(guards.closedSources()).containsExactly("in");
        assertThat(guards.obstacle()).isPresent();
    }

    @Test
    void theDeadLetterTopicIsASinkToo() {
        guards.refused("dlq", new TimeoutException("expired"));

        assertThat(breaker("orders/dead-letter/dlq").isOpen()).isTrue();
        assertThat(guards.shutIntake()).isTrue();
    }

    @Test
    void whatIsNotTheTopicsFaultDoesNotCount() {
        guards.refused("out", new RecordTooLargeException("a large one"));
        guards.refused("out", new ProducerFencedException("another took over"));
        guards.refused("app-copy-changelog", new TimeoutException("expired"));
        guards.failed(new RuntimeException(new RecordFailure("X", "a bad record")), "a bad record");
        guards.failed(new RuntimeException(new ProducerFencedException("another took over")), "fenced");

        assertThat(breakers.anyOpen()).isFalse();
    }

    @Test
    void aFailedUnitCountsForMain() {
        guards.failed(new IllegalStateException("broken"), "broken");

        assertThat(breakers.main().isOpen()).isTrue();
        assertThat(guards.shutIntake()).isTrue();
    }

    @Test
    void commitsAndReadingAreSuccesses() {
        guards.committed(Set.of("out", "app-copy-changelog"));
        guards.observe(1_000, 0, Map.of(IN, 5L));
        guards.observe(1_500, 1, Map.of(IN, 6L));
        guards.observe(2_000, 1, Map.of(IN, 7L));

        assertThat(breaker("orders/sink/out").successes()).isEqualTo(1);
        assertThat(breaker("orders/source/in").successes()).isEqualTo(1);
        assertThat(breakers.main().successes()).isEqualTo(1);
    }

    @Test
    void aRebuiltUnitCountsItsCommitsFromTheBeginning() {
        guards.observe(1_000, 7, Map.of());
        guards.hold();
        guards.observe(2_000, 1, Map.of());

        assertThat(breakers.main().successes()).isEqualTo(2);
    }

    @Test
    void tellsOnceThatATrialOfASinkBegan() {
        guards.refused("out", new TimeoutException("expired"));
        assertThat(guards.trialBegan()).isFalse();

        now = now.plusSeconds(5);
        breakers.tick();

        assertThat(breaker("orders/sink/out").state()).isEqualTo(BreakerState.HALF_OPEN);
        assertThat(guards.shutIntake()).isFalse();
        assertThat(guards.isOnTrial()).isTrue();
        assertThat(guards.trialBegan()).isTrue();
        assertThat(guards.trialBegan()).isFalse();
    }

    @Test
    void aJobsOwnSettingsKeepTheStateOfItsBreakers() {
        guards.refused("out", new TimeoutException("expired"));
        BreakerSettings own = new BreakerSettings(4, Duration.ofSeconds(5), Duration.ofSeconds(5), 1);

        guards.settings(Optional.of(own));

        assertThat(breaker("orders/sink/out").isOpen()).isTrue();
        assertThat(breaker("orders/source/in").view().settings()).isEqualTo(own);
        guards.release();
        assertThat(breakers.all()).containsExactly(breakers.main());
    }

    private CircuitBreaker breaker(String name) {
        return breakers.named(name).orElseThrow();
    }
}
