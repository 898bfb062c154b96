package io.velostream.operator.engine;

import java.time.Duration;

/**
 * How patient the operator is with a pod.
 *
 * @param operatorName how the operator names itself to the pods
 * @param connectTimeout for a connection to come about
 * @param requestTimeout for one attempt's answer
 * @param retries further attempts of a call that may be repeated
 * @param retryDelay before a further attempt; up to as much again is added at random
 * @param breakerVolume calls that a pod's breaker looks at: it opens when half of them failed
 * @param breakerDelay how long a pod is left alone then
 */
public record EngineClientSettings(
        String operatorName,
        Duration connectTimeout,
        Duration requestTimeout,
        int retries,
        Duration retryDelay,
        int breakerVolume,
        Duration breakerDelay) {

    /** Short timeouts, two retries, a breaker that leaves a failing pod alone for five seconds. */
    public static EngineClientSettings defaults() {
        return new EngineClientSettings(
                "velostream-operator",
                Duration.ofSeconds(2),
                Duration.ofSeconds(5),
                2,
                Duration.ofMillis(100),
                8,
                Duration.ofSeconds(5));
    }
}
