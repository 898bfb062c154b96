package io.velostream.bench.oracle;

import org.jspecify.annotations.Nullable;

/** Checks one run's output. Feed it every committed value of the output topic, each partition in order, then ask. */
public interface OutputCheck {
    /** Takes the next value. */
    void accept(byte @Nullable [] value);

    /** How many values were taken. */
    long rows();

    /** How many rows there will be at least in a right output. */
    long expectedRows();

    /** Compares with the oracle. */
    Verdict verdict();

    /**
     * After a bad verdict: whether this value, seen in a second pass over the same output, is one of those that should not be
     * there. Checks that named the bad values at once answer no.
     */
    default boolean isUnexpected(byte @Nullable [] value) {
        return false;
    }
}
