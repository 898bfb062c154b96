package io.velostream.engine.format;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What a scanned number is worth: a fast way for the usual ones, an exact one for exponents and long numbers. */
final class NumberToken {

    private static final int FAST_DIGITS = 18;
    private static final long EXACT_DOUBLE = 1L << 53;
    private static final double[] POWERS = new double[23];

    /** Beyond this many digits a number is not worth computing exactly: no type of ours holds it. */
    private static final int ABSURD = 1000;

    static {
        POWERS[0] = 1;
        for (int i = 1; i < POWERS.length; i++) {
            POWERS[i] = POWERS[i - 1] * 10;
        }
    }

    private NumberToken() {}

    /** Whether the number is written as an integer that fits 64 bits; then {@link #integer} is right. */
    static boolean isLong(JsonScanner number) {
        return !number.exponent
                && number.fraction == 0
                && (number.digits <= FAST_DIGITS || (number.digits == FAST_DIGITS + 1 && fits(number)));
    }

    /** A mantissa of 19 digits is right as an unsigned number. */
    private static boolean fits(JsonScanner number) {
        return number.mantissa >= 0 || (number.negative && number.mantissa == Long.MIN_VALUE);
    }

    /** The integer that {@link #isLong} has found. */
    static long integer(JsonScanner number) {
        return number.negative ? -number.mantissa : number.mantissa;
    }

    /** Whether mantissa and fraction are the whole truth. */
    static boolean isShort(JsonScanner number) {
        return !number.exponent && number.digits <= FAST_DIGITS && number.fraction <= FAST_DIGITS;
    }

    /** The nearest double; infinite when there is none. */
    static double toDouble(JsonScanner number, int from, int to) {
        if (!number.exponent
                && number.digits <= FAST_DIGITS
                && number.mantissa <= EXACT_DOUBLE
                && number.fraction < POWERS.length) {
            // Both are exact, so one division rounds once (Clinger, "How to read floating point numbers accurately").
            double value = number.mantissa / POWERS[number.fraction];
            return number.negative ? -value : value;
        }
        return Double.parseDouble(new String(number.buffer, from, to - from, StandardCharsets.US_ASCII));
    }

    /** The exact value, or null for one of absurd size. */
    static @Nullable BigDecimal exact(byte[] text, int from, int to) {
        if (to - from > ABSURD) {
            return null;
        }
        return exact(new String(text, from, to - from, StandardCharsets.UTF_8));
    }

    /** The exact value of text, or null when it is no number or one of absurd size. */
    static @Nullable BigDecimal exact(String text) {
        try {
            BigDecimal value = new BigDecimal(text.strip());
            return Math.abs((long) value.precision() - value.scale()) > ABSURD || Math.abs(value.scale()) > ABSURD
                    ? null
                    : value;
        } catch (NumberFormatException notANumber) {
            return null;
        }
    }
}
