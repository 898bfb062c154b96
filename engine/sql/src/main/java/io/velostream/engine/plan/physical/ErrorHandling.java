package io.velostream.engine.plan.physical;

import java.util.Optional;

/**
 * What a query wants done with a record that cannot be processed. What it leaves open is as the job has it.
 *
 * @param deadLetterTopic where such records go
 * @param retries how often a record is tried again before it is a dead letter, for {@link Strategy#RETRY}
 */
public record ErrorHandling(Optional<Strategy> strategy, Optional<String> deadLetterTopic, int retries) {

    /** So many times a record is tried again where nothing else is said. */
    public static final int DEFAULT_RETRIES = 3;

    /** All as the job has it. */
    public static final ErrorHandling OF_THE_JOB =
            new ErrorHandling(Optional.empty(), Optional.empty(), DEFAULT_RETRIES);

    /** The owners of a failed record. */
    public enum Strategy {
        /** The dead-letter topic. */
        DEAD_LETTER,
        /** Nobody: it is counted and logged. */
        SKIP,
        /** The unit stops before the record until somebody restarts it. */
        FAIL,
        /** The unit goes back to the record after a growing pause; when that does not help, the dead-letter topic. */
        RETRY
    }
}
