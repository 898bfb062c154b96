package io.velostream.engine.adhoc;

import java.time.Duration;

/**
 * Where the reading of a topic begins and ends.
 *
 * @param rows of the result at most
 * @param timeout how long is read at most
 * @param latest whether only records that come from now on are read, until the timeout; else those that are there, from
 *     the first on
 */
public record ReadLimits(long rows, Duration timeout, boolean latest) {}
