package io.velostream.engine.config;

/**
 * What is done when state reaches its limit of memory. Where a state cannot go to disk, {@link #SPILL} does what {@link
 * #DEAD_LETTER} does.
 */
public enum ExhaustionPolicy {
    /** Groups that were not needed lately go to disk. */
    SPILL,
    /** The input is held back until there is room: right where time or deletions make room, else the query stands still. */
    BACK_PRESSURE,
    /** Records that would make the state grow fail, and go to the query's error strategy. */
    DEAD_LETTER,
    /** The unit fails, and is rebuilt after a pause. */
    FAIL
}
