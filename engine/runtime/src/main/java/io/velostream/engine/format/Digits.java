package io.velostream.engine.format;

/**
 * Decimal digits eight at a time: SIMD within a register, after Lemire's "Quickly parsing eight digits". Words are read
 * little-endian, so the first digit is the lowest byte.
 */
final class Digits {

    /** The most digits in a word. */
    static final int WORD = 8;

    private static final long ZEROS = 0x3030303030303030L;
    private static final long BEYOND_NINE = 0x7676767676767676L;
    private static final long HIGHS = 0x8080808080808080L;
    private static final long[] POWERS = {1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000};

    private Digits() {}

    /** How many bytes of the word, from the first on, are digits. */
    static int count(long word) {
        long digits = word ^ ZEROS;
        // A byte above nine may carry into the next one; the first such byte is found all the same.
        long others = (digits + BEYOND_NINE | digits) & HIGHS;
        return others == 0 ? WORD : Long.numberOfTrailingZeros(others) >>> 3;
    }

    /** The value of the first digits of the word, at least one. */
    static long value(long word, int count) {
        // Moved up, so that zeros lead.
        long digits = (word ^ ZEROS) << (WORD - count << 3);
        long pairs = digits * 10 + (digits >>> 8);
        return ((pairs & 0x000000FF000000FFL) * 0x000F424000000064L
                        + (pairs >>> 16 & 0x000000FF000000FFL) * 0x0000271000000001L)
                >>> 32;
    }

    /** How many of the first digits of the word are zeros that lead. */
    static int leadingZeros(long word, int count) {
        return Math.min(count, Long.numberOfTrailingZeros(word ^ ZEROS) >>> 3);
    }

    /** Ten to the power of at most eight. */
    static long power(int exponent) {
        return POWERS[exponent];
    }
}
