package io.velostream.engine.breaker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The breakers of a pod, their settings, and what is told of them afterwards. */
class CircuitBreakersTest {

    private static final BreakerSettings QUICK =
            new BreakerSettings(1, Duration.ofSeconds(10), Duration.ofSeconds(30), 1);
    private static final Dependency TOTALS = Dependency.of(Dependency.Kind.SINK, "orders", "totals");

    @TempDir
    Path directory;

    private final ManualClock clock = new ManualClock();

    @Test
    void mainIsAlwaysThereAndTheOthersWhileSomebodyHoldsThem() {
        CircuitBreakers breakers = new CircuitBreakers(QUICK, clock);
        CircuitBreaker first = breakers.acquire(TOTALS, Optional.empty());
        CircuitBreaker second = breakers.acquire(TOTALS, Optional.empty());
        assertThat(second).isSameAs(first);
        assertThat(breakers.all()).extracting(CircuitBreaker::name).containsExactly("main", "orders/sink/totals");

        breakers.release(first);
        assertThat(breakers.named("orders/sink/totals")).isPresent();
        breakers.release(second);

        assertThat(breakers.all()).extracting(CircuitBreaker::name).containsExactly("main");
    }

    @Test
    void aJobsSettingsAreStrongerThanThePods() {
        CircuitBreakers breakers = new CircuitBreakers(QUICK, clock);
        BreakerSettings patient = new BreakerSettings(5, Duration.ofSeconds(1), Duration.ofSeconds(1), 1);
        CircuitBreaker own = breakers.acquire(TOTALS, Optional.of(patient));
        CircuitBreaker others =
                breakers.acquire(Dependency.of(Dependency.Kind.SINK, "copies", "totals"), Optional.empty());

        breakers.adopt(new BreakerSettings(2, Duration.ofSeconds(1), Duration.ofSeconds(1), 1));

        assertThat(own.view().settings()).isEqualTo(patient);
        assertThat(others.view().settings().failureThreshold()).isEqualTo(2);
        assertThat(breakers.main().view().settings().failureThreshold()).isEqualTo(2);
    }

    @Test
    void resetsAllAndSaysWhichWereNotClosed() {
        CircuitBreakers breakers = new CircuitBreakers(QUICK, clock);
        CircuitBreaker totals = breakers.acquire(TOTALS, Optional.empty());
        totals.failed("no leader");
        assertThat(breakers.anyOpen()).isTrue();

        assertThat(breakers.resetAll("a test")).containsExactly("orders/sink/totals");

        assertThat(breakers.anyOpen()).isFalse();
    }

    @Test
    void tellsWhatHappenedInTheMonth() {
        CircuitBreakers breakers = new CircuitBreakers(QUICK, clock, history());
        CircuitBreaker totals = breakers.acquire(TOTALS, Optional.empty());
        openAndRecover(breakers, totals, 10);
        clock.pass(Duration.ofDays(40));
        openAndRecover(breakers, totals, 20);
        totals.failed("gone");
        clock.pass(Duration.ofSeconds(5));
        totals.reset("a test");

        BreakerStatistics.OfBreaker month = statistics(breakers, TOTALS.name());

        assertThat(month.opened()).isEqualTo(2);
        assertThat(month.trials()).isEqualTo(1);
        assertThat(month.recovered()).isEqualTo(1);
        assertThat(month.resets()).isEqualTo(1);
        assertThat(month.openSeconds()).isEqualTo(25);
        assertThat(month.longestOpenSeconds()).isEqualTo(21);
        assertThat(month.lastReason()).contains("gone");
        assertThat(month.state()).contains(BreakerState.CLOSED);
        assertThat(statistics(breakers, "main").opened()).isZero();
    }

    @Test
    void anOpenBreakerCountsFromTheBeginningOfThePeriod() {
        CircuitBreakers breakers =
                new CircuitBreakers(new BreakerSettings(1, Duration.ofDays(60), Duration.ofDays(1), 1), clock);
        breakers.main().failed("away");
        clock.pass(Duration.ofDays(45));

        BreakerStatistics.OfBreaker month = statistics(breakers, "main");

        assertThat(month.opened()).isZero();
        assertThat(month.openSeconds()).isEqualTo(Duration.ofDays(30).toSeconds());
    }

    @Test
    void theHistoryOutlivesTheProcessAndALineThatWasCutOff() throws IOException {
        CircuitBreakers breakers = new CircuitBreakers(QUICK, clock, history());
        CircuitBreaker totals = breakers.acquire(TOTALS, Optional.empty());
        openAndRecover(breakers, totals, 10);
        totals.failed("the process ends");
        Files.writeString(directory.resolve("breakers.jsonl"), "{\"at\":\"2026-1", StandardOpenOption.APPEND);
        clock.pass(Duration.ofSeconds(7));

        CircuitBreakers next = new CircuitBreakers(QUICK, clock, history());
        clock.pass(Duration.ofSeconds(100));

        BreakerStatistics.OfBreaker month = statistics(next, TOTALS.name());
        assertThat(month.opened()).isEqualTo(2);
        assertThat(month.openSeconds()).isEqualTo(17);
        assertThat(month.state()).isEmpty();
        assertThat(Files.readAllLines(directory.resolve("breakers.jsonl"))).hasSize(5);
    }

    @Test
    void aDirectoryThatCannotBeWrittenCostsOnlyTheFile() throws IOException {
        Path file = Files.createFile(directory.resolve("no-directory"));
        CircuitBreakers breakers =
                new CircuitBreakers(QUICK, clock, BreakerHistory.in(file.resolve("breakers.jsonl"), clock));

        breakers.main().failed("away");

        assertThat(statistics(breakers, "main").opened()).isEqualTo(1);
    }

    private BreakerHistory history() {
        return BreakerHistory.in(directory.resolve("breakers.jsonl"), clock);
    }

    private void openAndRecover(CircuitBreakers breakers, CircuitBreaker breaker, int seconds) {
        breaker.failed("gone");
        clock.pass(Duration.ofSeconds(seconds));
        breakers.tick();
        clock.pass(Duration.ofSeconds(1));
        breaker.succeeded();
        assertThat(breaker.state()).isEqualTo(BreakerState.CLOSED);
    }

    private static BreakerStatistics.OfBreaker statistics(CircuitBreakers breakers, String name) {
        List<BreakerStatistics.OfBreaker> found = breakers.statistics(Duration.ofDays(30)).breakers().stream()
                .filter(each -> each.name().equals(name))
                .toList();
        assertThat(found).hasSize(1);
        return found.getFirst();
    }
}
