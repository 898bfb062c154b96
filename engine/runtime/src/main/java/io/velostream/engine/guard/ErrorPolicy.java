package io.velostream.engine.guard;

/** Who owns a record that cannot be processed. */
public enum ErrorPolicy {
    /** The dead-letter topic, inside the transaction. */
    DEAD_LETTER,
    /** Nobody: it is counted and logged. */
    SKIP,
    /** The operator of the job: the unit stops before the record. */
    FAIL
}
