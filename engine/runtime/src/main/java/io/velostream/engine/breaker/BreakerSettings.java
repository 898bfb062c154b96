package io.velostream.engine.breaker;

import io.velostream.engine.config.EngineConfig;
import java.time.Duration;

/**
 * When a breaker opens and closes (runbook, “Processing Configuration”).
 *
 * @param failureThreshold failures in a row that open it, at least 1
 * @param timeout how long it stays open
 * @param recoveryTimeout how long the trial may take; one that has not ended by then has failed
 * @param successThreshold successes of a trial that close it, at least 1
 */
public record BreakerSettings(int failureThreshold, Duration timeout, Duration recoveryTimeout, int successThreshold) {

    /** The defaults of the configuration. */
    public static final BreakerSettings DEFAULT =
            new BreakerSettings(10, Duration.ofSeconds(60), Duration.ofSeconds(30), 3);

    public BreakerSettings {
        if (failureThreshold < 1 || successThreshold < 1 || timeout.isNegative() || recoveryTimeout.isNegative()) {
            throw new IllegalArgumentException("Thresholds of a breaker are at least 1 and its times not negative");
        }
    }

    /** What the configuration says. */
    public static BreakerSettings of(EngineConfig.CircuitBreaker config) {
        return new BreakerSettings(
                config.failureThreshold(),
                Duration.ofSeconds(config.timeoutSeconds()),
                Duration.ofSeconds(config.recoveryTimeoutSeconds()),
                config.successThreshold());
    }
}
