package io.velostream.engine.runtime.row;

import java.math.BigDecimal;
import java.math.BigInteger;

/** Integers of 128 bits as two longs, two's complement: sums that do not fit 64 bits. */
public final class Wide {

    private static final BigInteger MASK = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);
    private static final BigInteger LIMIT = BigInteger.TEN.pow(38);

    private Wide() {}

    /** The high half of {@code (high, low) + value}; the low half is {@code low + value}. */
    public static long addHigh(long high, long low, long value) {
        long sum = low + value;
        long carry = Long.compareUnsigned(sum, low) < 0 ? 1 : 0;
        return high + (value >> 63) + carry;
    }

    /** The high half of {@code (high, low) + (otherHigh, otherLow)}; the low half is {@code low + otherLow}. */
    public static long addHigh(long high, long low, long otherHigh, long otherLow) {
        long sum = low + otherLow;
        return high + otherHigh + (Long.compareUnsigned(sum, low) < 0 ? 1 : 0);
    }

    /** The nearest double. */
    public static double toDouble(long high, long low) {
        return high == low >> 63 ? low : toBigInteger(high, low).doubleValue();
    }

    /** The number as an object. */
    public static BigInteger toBigInteger(long high, long low) {
        return BigInteger.valueOf(high).shiftLeft(64).or(BigInteger.valueOf(low).and(MASK));
    }

    /** The number with a scale. */
    public static BigDecimal toBigDecimal(long high, long low, int scale) {
        return high == low >> 63 ? BigDecimal.valueOf(low, scale) : new BigDecimal(toBigInteger(high, low), scale);
    }

    /** The high half of a number that fits 128 bits. */
    public static long high(BigInteger value) {
        return value.shiftRight(64).longValue();
    }

    /** Whether the number has more than 38 digits, the widest DECIMAL. */
    public static boolean exceedsDecimal(BigInteger value) {
        return value.abs().compareTo(LIMIT) >= 0;
    }
}
