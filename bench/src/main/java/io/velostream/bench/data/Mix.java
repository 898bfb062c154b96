package io.velostream.bench.data;

/** Random numbers from an index: the finalizer of SplitMix64 (Steele, Lea and Flood, 2014). */
final class Mix {
    /** What SplitMix64 adds for the next number. */
    static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private Mix() {}

    static long of(long z) {
        long x = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        x = (x ^ (x >>> 27)) * 0x94D049BB133111EBL;
        return x ^ (x >>> 31);
    }

    /** 0 to bound - 1, from the upper half of a random number. */
    static int range(long random, int bound) {
        return (int) (((random >>> 32) * bound) >>> 32);
    }
}
