package io.velostream.engine.guard;

/** Who owns a record that cannot be processed. */
public enum ErrorPolicy {
    /** The dead-letter topic, inside the transaction. */
    DEAD_LETTER,
    /** Nobody: it is counted and logged. */
    SKIP,
    /** The operator of the job: the unit stops before the record. */
    FAIL,
    /** The unit, which goes back to the record after a growing pause; when that does not help, the dead-letter topic. */
    RETRY;

    /** Whether anything may go to the dead-letter topic. */
    public boolean writesLetters() {
        return this == DEAD_LETTER || this == RETRY;
    }
}
