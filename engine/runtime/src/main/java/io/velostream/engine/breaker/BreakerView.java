package io.velostream.engine.breaker;

import java.time.Instant;
import java.util.Optional;

/**
 * A breaker at one moment.
 *
 * @param failures of the dependency since the breaker was made
 * @param successes of the dependency since the breaker was made
 * @param since when it came into its state
 * @param lastFailure what went wrong last, as a sentence
 */
public record BreakerView(
        Dependency dependency,
        BreakerState state,
        long failures,
        long successes,
        Instant since,
        Optional<String> lastFailure,
        Optional<Instant> lastFailureAt,
        BreakerSettings settings) {

    /** The breaker's name. */
    public String name() {
        return dependency.name();
    }
}
