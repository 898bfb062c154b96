package io.velostream.bench.shape;

/**
 * A row of the table.
 *
 * @param tier gold for each tenth, silver for three more, else bronze
 * @param limit 1,000 to 2,000 for gold, 8,000 to 9,000 for silver, 9,000 to 10,000 for bronze
 */
record Customer(long id, String tier, long limit) {}
