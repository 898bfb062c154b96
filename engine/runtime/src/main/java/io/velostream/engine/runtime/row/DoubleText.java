package io.velostream.engine.runtime.row;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/**
 * Writes a double as the shortest decimal that reads back as the same double, as {@link Double#toString(double)} does,
 * without garbage and with plain digits from 1e-7 up to 1e21.
 *
 * <p>The algorithm is Raffaello Giulietti's Schubfach ("The Schubfach way to render doubles", 2020), with its table of
 * powers of ten computed when the class loads.
 */
public final class DoubleText {

    /** Bytes that a double can take. */
    public static final int MAX_DOUBLE = 32;

    private static final int PRECISION = 53;
    private static final int Q_MIN = -1074;
    private static final long C_MIN = 1L << (PRECISION - 1);
    private static final int EXPONENT_MASK = 0x7ff;
    private static final long FRACTION_MASK = C_MIN - 1;
    private static final long MASK_63 = Long.MAX_VALUE;
    /** Below it a number of hundredths has at most 15 digits. */
    private static final double MOST_HUNDREDTHS = 1e13;

    private static final int MIN_POWER = -292;
    private static final int MAX_POWER = 324;
    /** For each power p of ten: floor(10^p × 2^r) + 1 of 126 bits, as a high and a low half of 63 bits. */
    private static final long[] POWERS = powers();

    private DoubleText() {}

    /**
     * Writes a finite double at {@code at} and returns the position after it; at most {@link #MAX_DOUBLE} bytes.
     *
     * @throws ArithmeticException for NaN and infinities, which have no number text
     */
    public static int write(double value, byte[] into, int at) {
        long bits = Double.doubleToRawLongBits(value);
        long fraction = bits & FRACTION_MASK;
        int exponent = (int) (bits >>> (PRECISION - 1)) & EXPONENT_MASK;
        if (exponent == EXPONENT_MASK) {
            throw new ArithmeticException("not a finite number");
        }
        int position = at;
        if (bits < 0) {
            into[position++] = '-';
        }
        if (exponent > 0) {
            int minusQ = -Q_MIN + 1 - exponent;
            long c = C_MIN | fraction;
            if (0 < minusQ && minusQ < PRECISION) {
                long whole = c >> minusQ;
                if (whole << minusQ == c) {
                    position = IntegerText.write(whole, into, position);
                    into[position++] = '.';
                    into[position++] = '0';
                    return position;
                }
                double magnitude = Math.abs(value);
                long hundredths = (long) (magnitude * 100 + 0.5);
                if (magnitude < MOST_HUNDREDTHS && hundredths / 100.0 == magnitude) {
                    return hundredths(hundredths, into, position);
                }
            }
            return shortest(-minusQ, c, 0, into, position);
        }
        if (fraction == 0) {
            into[position++] = '0';
            into[position++] = '.';
            into[position++] = '0';
            return position;
        }
        return fraction < 3
                ? shortest(Q_MIN, 10 * fraction, -1, into, position)
                : shortest(Q_MIN, fraction, 0, into, position);
    }

    /**
     * Writes an amount of at most two decimals. The division rounds once, so the amount reads back as this double; no two
     * decimals of up to 15 digits read back as the same one, so none shorter does.
     */
    private static int hundredths(long number, byte[] into, int at) {
        long whole = number / 100;
        int rest = (int) (number - whole * 100);
        int tens = rest / 10;
        int ones = rest - tens * 10;
        int position = IntegerText.write(whole, into, at);
        into[position++] = '.';
        into[position++] = (byte) ('0' + tens);
        if (ones != 0) {
            into[position++] = (byte) ('0' + ones);
        }
        return position;
    }

    private static int shortest(int q, long c, int dk, byte[] into, int at) {
        int out = (int) c & 1;
        long cb = c << 2;
        long cbr = cb + 2;
        long cbl;
        int k;
        if (c != C_MIN || q == Q_MIN) {
            cbl = cb - 2;
            k = floorLog10Pow2(q);
        } else {
            cbl = cb - 1;
            k = floorLog10ThreeQuartersPow2(q);
        }
        int h = q + floorLog2Pow10(-k) + 2;
        long g1 = POWERS[(-k - MIN_POWER) << 1];
        long g0 = POWERS[(-k - MIN_POWER) << 1 | 1];
        long vb = roundToOdd(g1, g0, cb << h);
        long vbl = roundToOdd(g1, g0, cbl << h);
        long vbr = roundToOdd(g1, g0, cbr << h);
        long s = vb >> 2;
        if (s >= 100) {
            long sp10 = 10 * Math.multiplyHigh(s, 115_292_150_460_684_698L << 4);
            long tp10 = sp10 + 10;
            boolean upin = vbl + out <= sp10 << 2;
            boolean wpin = (tp10 << 2) + out <= vbr;
            if (upin != wpin) {
                return digits(upin ? sp10 : tp10, k + dk, into, at);
            }
        }
        long t = s + 1;
        boolean uin = vbl + out <= s << 2;
        boolean win = (t << 2) + out <= vbr;
        if (uin != win) {
            return digits(uin ? s : t, k + dk, into, at);
        }
        long cmp = vb - ((s + t) << 1);
        return digits(cmp < 0 || (cmp == 0 && (s & 1) == 0) ? s : t, k + dk, into, at);
    }

    private static long roundToOdd(long g1, long g0, long cp) {
        long x1 = Math.multiplyHigh(g0, cp);
        long y0 = g1 * cp;
        long y1 = Math.multiplyHigh(g1, cp);
        long z = (y0 >>> 1) + x1;
        long w = y1 + (z >>> 63);
        return w | (((z & MASK_63) + MASK_63) >>> 63);
    }

    private static int digits(long number, int exponent, byte[] into, int at) {
        long f = number;
        int e = exponent;
        if (f % 100_000_000 == 0) {
            f /= 100_000_000;
            e += 8;
        }
        while (f % 10 == 0) {
            f /= 10;
            e++;
        }
        int length = IntegerText.digits(f);
        int point = length + e;
        int position = at;
        if (point > 21 || point < -6) {
            return scientific(f, length, point - 1, into, position);
        }
        if (point <= 0) {
            into[position++] = '0';
            into[position++] = '.';
            for (int i = point; i < 0; i++) {
                into[position++] = '0';
            }
            IntegerText.writeDigits(f, into, position, length);
            return position + length;
        }
        if (e >= 0) {
            IntegerText.writeDigits(f, into, position, length);
            position += length;
            for (int i = 0; i < e; i++) {
                into[position++] = '0';
            }
            into[position++] = '.';
            into[position++] = '0';
            return position;
        }
        long power = IntegerText.powerOfTen(-e);
        long whole = f / power;
        IntegerText.writeDigits(whole, into, position, point);
        position += point;
        into[position++] = '.';
        IntegerText.writeDigits(f - whole * power, into, position, -e);
        return position - e;
    }

    private static int scientific(long f, int length, int exponent, byte[] into, int at) {
        IntegerText.writeDigits(f, into, at + 1, length);
        into[at] = into[at + 1];
        into[at + 1] = '.';
        int position = at + 1 + length;
        if (length == 1) {
            into[position++] = '0';
        }
        into[position++] = 'E';
        return IntegerText.write(exponent, into, position);
    }

    private static int floorLog10Pow2(int e) {
        return (int) ((e * 661_971_961_083L) >> 41);
    }

    private static int floorLog10ThreeQuartersPow2(int e) {
        return (int) ((e * 661_971_961_083L - 274_743_187_321L) >> 41);
    }

    private static int floorLog2Pow10(int e) {
        return (int) ((e * 913_124_641_741L) >> 38);
    }

    private static long[] powers() {
        int count = MAX_POWER - MIN_POWER + 1;
        long[] table = new long[count << 1];
        BigInteger low = BigInteger.ONE.shiftLeft(63).subtract(BigInteger.ONE);
        for (int k = MIN_POWER; k <= MAX_POWER; k++) {
            int shift = 125 - floorLog2Pow10(k);
            BigInteger g;
            if (k >= 0) {
                BigInteger power = BigInteger.TEN.pow(k);
                g = shift >= 0 ? power.shiftLeft(shift) : power.shiftRight(-shift);
            } else {
                g = BigInteger.ONE.shiftLeft(shift).divide(BigInteger.TEN.pow(-k));
            }
            g = g.add(BigInteger.ONE);
            int index = (k - MIN_POWER) << 1;
            table[index] = g.shiftRight(63).longValue();
            table[index | 1] = g.and(low).longValue();
        }
        return table;
    }

    /** The text of a finite double. */
    public static String text(double value) {
        byte[] buffer = new byte[MAX_DOUBLE];
        return new String(buffer, 0, write(value, buffer, 0), StandardCharsets.US_ASCII);
    }
}
