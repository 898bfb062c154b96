package io.velostream.engine.stats.history;

/**
 * One bucket of a series.
 *
 * @param at its beginning, milliseconds
 * @param seconds its width
 * @param least of a gauge, the least value; of a counter the same as {@code mean}
 * @param mean of a gauge, the mean of the samples; of a counter, by how much it grew
 * @param largest of a gauge, the largest value; of a counter the same as {@code mean}
 */
public record Point(long at, long seconds, double least, double mean, double largest) {}
