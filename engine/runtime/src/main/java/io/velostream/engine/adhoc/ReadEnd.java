package io.velostream.engine.adhoc;

/**
 * How a SELECT ended.
 *
 * @param rows in the result
 * @param failed records that could not be processed and are left out
 * @param reason why it went no further
 */
public record ReadEnd(long rows, long failed, Reason reason) {

    /** Why a SELECT went no further. */
    public enum Reason {
        /** Everything was read that was there at its beginning. */
        COMPLETE,
        /** There are as many rows as were allowed. */
        LIMIT,
        /** Time is up. */
        TIMEOUT
    }

    /** Both one after the other. */
    ReadEnd and(ReadEnd next) {
        return new ReadEnd(rows + next.rows, failed + next.failed, next.reason);
    }
}
