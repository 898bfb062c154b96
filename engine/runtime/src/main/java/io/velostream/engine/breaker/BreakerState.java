package io.velostream.engine.breaker;

/** The states of a breaker by the runbook's numbers (“Circuit Breaker Status”). */
public enum BreakerState {
    /** The dependency is used. */
    CLOSED(0),
    /** The dependency is left alone. */
    OPEN(1),
    /** The dependency is used on trial. */
    HALF_OPEN(2);

    private final int code;

    BreakerState(int code) {
        this.code = code;
    }

    /** The value of {@code velo_streams_circuit_breaker_state}. */
    public int code() {
        return code;
    }
}
