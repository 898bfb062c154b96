package io.velostream.engine.runtime.row;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/** Writes whole and scaled numbers as decimal digits without garbage. */
public final class IntegerText {

    /** Bytes that a long can take, with sign. */
    public static final int MAX_LONG = 20;

    /** Bytes that a number of 38 digits can take, with sign, point and a leading zero. */
    public static final int MAX_DECIMAL = 42;

    private static final byte[] TENS = new byte[100];
    private static final byte[] ONES = new byte[100];
    private static final byte[] MIN_LONG = Long.toString(Long.MIN_VALUE).getBytes(StandardCharsets.US_ASCII);
    private static final long[] POWERS = new long[19];

    static {
        for (int i = 0; i < 100; i++) {
            TENS[i] = (byte) ('0' + i / 10);
            ONES[i] = (byte) ('0' + i % 10);
        }
        POWERS[0] = 1;
        for (int i = 1; i < POWERS.length; i++) {
            POWERS[i] = POWERS[i - 1] * 10;
        }
    }

    private IntegerText() {}

    /** 10 to the exponent, which is 0 to 18. */
    public static long powerOfTen(int exponent) {
        return POWERS[exponent];
    }

    /** Number of decimal digits of a number that is not negative; 1 for 0. */
    public static int digits(long value) {
        // 1233 / 4096 is a little more than log10(2): the guess is right or one too large.
        int guess = ((Long.SIZE - Long.numberOfLeadingZeros(value | 1)) * 1233) >>> 12;
        return value < POWERS[guess] ? Math.max(guess, 1) : guess + 1;
    }

    /** Writes a long at {@code at} and returns the position after it; at most {@link #MAX_LONG} bytes. */
    public static int write(long value, byte[] into, int at) {
        if (value == Long.MIN_VALUE) {
            System.arraycopy(MIN_LONG, 0, into, at, MIN_LONG.length);
            return at + MIN_LONG.length;
        }
        int position = at;
        long rest = value;
        if (rest < 0) {
            into[position++] = '-';
            rest = -rest;
        }
        int digits = digits(rest);
        writeDigits(rest, into, position, digits);
        return position + digits;
    }

    /** Writes exactly so many digits of a number that is not negative, with leading zeros. */
    public static void writeDigits(long value, byte[] into, int at, int digits) {
        int position = at + digits;
        long rest = value;
        while (position - at >= 2) {
            long quotient = rest / 100;
            int pair = (int) (rest - quotient * 100);
            into[--position] = ONES[pair];
            into[--position] = TENS[pair];
            rest = quotient;
        }
        if (position > at) {
            into[at] = (byte) ('0' + rest % 10);
        }
    }

    /** Writes {@code unscaled × 10^-scale} with exactly {@code scale} digits after the point. */
    public static int writeScaled(long unscaled, int scale, byte[] into, int at) {
        if (scale == 0) {
            return write(unscaled, into, at);
        }
        if (scale > 18 || unscaled == Long.MIN_VALUE) {
            return writeScaled(BigInteger.valueOf(unscaled), scale, into, at);
        }
        int position = at;
        long rest = unscaled;
        if (rest < 0) {
            into[position++] = '-';
            rest = -rest;
        }
        long whole = rest / POWERS[scale];
        position = write(whole, into, position);
        into[position++] = '.';
        writeDigits(rest - whole * POWERS[scale], into, position, scale);
        return position + scale;
    }

    /** Writes an unscaled number of 128 bits; in 64 bits it takes the fast way. */
    public static int writeScaled(long high, long low, int scale, byte[] into, int at) {
        if (high == low >> 63) {
            return writeScaled(low, scale, into, at);
        }
        return writeScaled(Wide.toBigInteger(high, low), scale, into, at);
    }

    /** Writes a number of any size; at most {@link #MAX_DECIMAL} bytes for 38 digits. */
    public static int writeScaled(BigInteger unscaled, int scale, byte[] into, int at) {
        String digits = unscaled.abs().toString();
        int position = at;
        if (unscaled.signum() < 0) {
            into[position++] = '-';
        }
        int whole = digits.length() - scale;
        if (whole <= 0) {
            into[position++] = '0';
        }
        for (int i = 0; i < whole; i++) {
            into[position++] = (byte) digits.charAt(i);
        }
        if (scale > 0) {
            into[position++] = '.';
            for (int i = whole; i < 0; i++) {
                into[position++] = '0';
            }
            for (int i = Math.max(0, whole); i < digits.length(); i++) {
                into[position++] = (byte) digits.charAt(i);
            }
        }
        return position;
    }
}
