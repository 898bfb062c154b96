package io.velostream.bench.shape;

import java.util.OptionalLong;

/**
 * An order and, in two cases of three, its payment.
 *
 * @param customer 1 to 1,100, of whom the first 1,000 are known
 * @param amount a multiple of a quarter, so that sums are exact in any order
 * @param time milliseconds since the epoch
 * @param paid how much later it is paid, milliseconds
 */
record Order(long id, long customer, double amount, long time, OptionalLong paid) {}
