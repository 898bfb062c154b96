package io.velostream.bench.oracle;

import java.util.function.LongConsumer;

/**
 * An order-insensitive digest of a multiset of row hashes: their number, sum and sum of mixed squares. Equal digests of
 * different rows are as improbable as two equal 128-bit hashes.
 */
public final class Digest implements LongConsumer {
    private long rows;
    private long sum;
    private long mixed;

    @Override
    public void accept(long hash) {
        rows++;
        sum += hash;
        long x = hash ^ (hash >>> 31);
        mixed += x * x * 0x9E3779B97F4A7C15L + x;
    }

    /** How many rows were added. */
    public long rows() {
        return rows;
    }

    /** Whether both hold the same rows, each as often. */
    public boolean matches(Digest other) {
        return rows == other.rows && sum == other.sum && mixed == other.mixed;
    }

    @Override
    public String toString() {
        return rows + " rows, digest " + Long.toHexString(sum) + Long.toHexString(mixed);
    }
}
