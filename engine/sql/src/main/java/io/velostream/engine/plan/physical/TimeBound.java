package io.velostream.engine.plan.physical;

import java.time.Duration;

/**
 * How far in event time two rows of a join of streams may lie apart: {@code left - before <= right <= left + after}, both
 * inclusive. One of the two may be negative, so that the right row lies strictly behind or before the left one.
 *
 * @param grace how long beyond the bound rows are kept for records that come late
 */
public record TimeBound(Duration before, Duration after, Duration grace) {

    /** The same bound with its sides exchanged. */
    public TimeBound exchanged() {
        return new TimeBound(after, before, grace);
    }
}
