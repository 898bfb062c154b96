package io.velostream.bench.oracle;

/**
 * Whether an output is right.
 *
 * @param verified every expected row is there, as often as expected, and no other
 * @param rows how many rows the system wrote
 * @param expected how many it had to write; for coalesced output the number of groups, which is the least possible
 * @param message what is wrong, with examples; one line for a right output
 */
public record Verdict(boolean verified, long rows, long expected, String message) {}
