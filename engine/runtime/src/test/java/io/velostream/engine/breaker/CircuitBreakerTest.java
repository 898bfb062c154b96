package io.velostream.engine.breaker;

import static org.assertj.core.api.Assertions.assertThat;

import io.velostream.engine.breaker.BreakerChange.Cause;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Closed, open, half-open and back, by a clock that the test moves. */
class CircuitBreakerTest {

    private static final BreakerSettings SETTINGS =
            new BreakerSettings(3, Duration.ofSeconds(60), Duration.ofSeconds(30), 2);

    private final ManualClock clock = new ManualClock();
    private final List<BreakerChange> changes = new ArrayList<>();
    private final CircuitBreaker breaker =
            new CircuitBreaker(Dependency.of(Dependency.Kind.SINK, "orders", "totals"), SETTINGS, clock, changes::add);

    @Test
    void opensAfterFailuresInARow() {
        fail(2);
        breaker.succeeded();
        fail(2);
        assertThat(breaker.state()).isEqualTo(BreakerState.CLOSED);

        fail(1);

        assertThat(breaker.state()).isEqualTo(BreakerState.OPEN);
        assertThat(breaker.failures()).isEqualTo(5);
        assertThat(breaker.successes()).isEqualTo(1);
        assertThat(breaker.name()).isEqualTo("orders/sink/totals");
        assertThat(breaker.view().lastFailure()).contains("it broke");
    }

    @Test
    void staysOpenForItsTimeoutWhateverHappens() {
        fail(3);

        clock.pass(Duration.ofMillis(59_999));
        breaker.succeeded();
        breaker.probed(Optional.empty());
        breaker.tick();

        assertThat(breaker.state()).isEqualTo(BreakerState.OPEN);
    }

    @Test
    void isTriedAfterItsTimeoutWithoutACall() {
        fail(3);

        clock.pass(Duration.ofSeconds(60));
        breaker.tick();

        assertThat(breaker.state()).isEqualTo(BreakerState.HALF_OPEN);
        assertThat(breaker.wantsProbe(Duration.ofHours(1))).isTrue();
    }

    @Test
    void closesAfterSuccessesOfTheTrial() {
        halfOpen();

        breaker.succeeded();
        assertThat(breaker.state()).isEqualTo(BreakerState.HALF_OPEN);
        breaker.succeeded();

        assertThat(breaker.state()).isEqualTo(BreakerState.CLOSED);
        assertThat(changes)
                .extracting(BreakerChange::state)
                .containsExactly(BreakerState.OPEN, BreakerState.HALF_OPEN, BreakerState.CLOSED);
        assertThat(changes)
                .extracting(BreakerChange::cause)
                .containsExactly(Cause.FAILURE, Cause.TIMEOUT, Cause.SUCCESS);
    }

    @Test
    void oneFailureOfTheTrialOpensItForAnotherTimeout() {
        halfOpen();
        breaker.succeeded();

        fail(1);
        assertThat(breaker.state()).isEqualTo(BreakerState.OPEN);
        clock.pass(Duration.ofSeconds(59));
        breaker.tick();
        assertThat(breaker.state()).isEqualTo(BreakerState.OPEN);
        clock.pass(Duration.ofSeconds(1));
        breaker.tick();

        assertThat(breaker.state()).isEqualTo(BreakerState.HALF_OPEN);
    }

    @Test
    void aTrialThatDoesNotEndHasFailed() {
        halfOpen();
        breaker.succeeded();

        clock.pass(Duration.ofSeconds(30));
        breaker.tick();

        assertThat(breaker.state()).isEqualTo(BreakerState.OPEN);
        assertThat(changes.getLast().reason()).startsWith("the trial had not ended after 30 s");
    }

    @Test
    void aFullWindowOfFailuresIsNeededAgainAfterItClosed() {
        halfOpen();
        breaker.succeeded();
        breaker.succeeded();

        fail(2);

        assertThat(breaker.state()).isEqualTo(BreakerState.CLOSED);
    }

    @Test
    void aLookTakesBackOnlyWhatLooksHaveSaid() {
        breaker.probed(Optional.of("topic totals does not exist"));
        breaker.probed(Optional.of("topic totals does not exist"));
        breaker.probed(Optional.empty());
        breaker.probed(Optional.of("topic totals does not exist"));
        assertThat(breaker.state()).isEqualTo(BreakerState.CLOSED);
        breaker.probed(Optional.empty());

        for (int i = 0; i < 3; i++) {
            fail(1);
            breaker.probed(Optional.empty());
        }

        assertThat(breaker.state()).isEqualTo(BreakerState.OPEN);
    }

    @Test
    void looksEndATrialOnlyWhileNobodyHasAnythingToTryWith() {
        halfOpen();
        breaker.trying("unit", true);
        breaker.probed(Optional.empty());
        breaker.probed(Optional.empty());
        assertThat(breaker.state()).isEqualTo(BreakerState.HALF_OPEN);

        breaker.trying("unit", false);
        breaker.probed(Optional.empty());
        breaker.probed(Optional.empty());

        assertThat(breaker.state()).isEqualTo(BreakerState.CLOSED);
    }

    @Test
    void aResetClosesItAtOnceAndForgetsTheTimeout() {
        fail(3);

        assertThat(breaker.reset("operator")).isTrue();
        assertThat(breaker.state()).isEqualTo(BreakerState.CLOSED);
        clock.pass(Duration.ofSeconds(60));
        breaker.tick();

        assertThat(breaker.state()).isEqualTo(BreakerState.CLOSED);
        assertThat(changes.getLast().cause()).isEqualTo(Cause.RESET);
        assertThat(changes.getLast().reason()).contains("operator");
        assertThat(breaker.reset("operator")).isFalse();
        fail(3);
        assertThat(breaker.state()).isEqualTo(BreakerState.OPEN);
    }

    @Test
    void takesOtherSettingsWhenItCloses() {
        fail(3);
        breaker.adopt(new BreakerSettings(1, Duration.ofSeconds(5), Duration.ofSeconds(5), 1));
        clock.pass(Duration.ofSeconds(59));
        breaker.tick();
        assertThat(breaker.state()).isEqualTo(BreakerState.OPEN);
        clock.pass(Duration.ofSeconds(1));
        breaker.tick();
        breaker.succeeded();
        breaker.succeeded();
        assertThat(breaker.state()).isEqualTo(BreakerState.CLOSED);

        fail(1);
        assertThat(breaker.state()).isEqualTo(BreakerState.OPEN);
        clock.pass(Duration.ofSeconds(5));
        breaker.tick();

        assertThat(breaker.state()).isEqualTo(BreakerState.HALF_OPEN);
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            breaker.failed("it broke");
        }
    }

    private void halfOpen() {
        fail(3);
        clock.pass(Duration.ofSeconds(60));
        breaker.tick();
        assertThat(breaker.state()).isEqualTo(BreakerState.HALF_OPEN);
    }
}
