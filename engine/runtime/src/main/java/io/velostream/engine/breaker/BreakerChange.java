package io.velostream.engine.breaker;

import java.time.Instant;

/**
 * A breaker came into a state.
 *
 * @param name the breaker's
 * @param cause why
 * @param reason as a sentence
 */
public record BreakerChange(Instant at, String name, BreakerState state, Cause cause, String reason) {

    /** What moves a breaker. */
    public enum Cause {
        /** Failures in a row, or one of a trial. */
        FAILURE,
        /** The time that it stays open was over. */
        TIMEOUT,
        /** Successes of a trial. */
        SUCCESS,
        /** Somebody reset it. */
        RESET,
        /** The pod, or the job, began anew. */
        RESTART
    }
}
