package io.velostream.bench.ceiling;

import java.nio.charset.StandardCharsets;

/** Decodes what a {@link JsonScanner} found. */
final class JsonText {
    private static final double[] POWERS = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22
    };
    private static final int EXACT_DIGITS = 15;

    private JsonText() {}

    /** The UTF-8 bytes of a string's content with its (valid) escapes decoded. */
    static byte[] unescape(byte[] text, int from, int to) {
        StringBuilder decoded = new StringBuilder(to - from);
        String raw = new String(text, from, to - from, StandardCharsets.UTF_8);
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c != '\\') {
                decoded.append(c);
                continue;
            }
            c = raw.charAt(++i);
            switch (c) {
                case 'n' -> decoded.append('\n');
                case 't' -> decoded.append('\t');
                case 'r' -> decoded.append('\r');
                case 'b' -> decoded.append('\b');
                case 'f' -> decoded.append('\f');
                case 'u' -> {
                    decoded.append((char) Integer.parseInt(raw, i + 1, i + 5, 16));
                    i += 4;
                }
                default -> decoded.append(c);
            }
        }
        return decoded.toString().getBytes(StandardCharsets.UTF_8);
    }

    /**
     * A valid JSON number as a double. Up to 15 digits without an exponent are exact by one division (Clinger, 1990); the rest
     * takes the library's way.
     */
    static double number(byte[] text, int from, int to) {
        int p = from;
        boolean negative = text[p] == '-';
        if (negative) {
            p++;
        }
        long digits = 0;
        int count = 0;
        int fraction = -1;
        for (; p < to; p++) {
            byte b = text[p];
            if (b == '.') {
                fraction = 0;
            } else if (b >= '0' && b <= '9') {
                digits = digits * 10 + (b - '0');
                count++;
                if (fraction >= 0) {
                    fraction++;
                }
            } else {
                return Double.parseDouble(new String(text, from, to - from, StandardCharsets.US_ASCII));
            }
        }
        if (count > EXACT_DIGITS) {
            return Double.parseDouble(new String(text, from, to - from, StandardCharsets.US_ASCII));
        }
        double value = fraction > 0 ? digits / POWERS[fraction] : digits;
        return negative ? -value : value;
    }

    /** A valid JSON number as a whole number. */
    static long integer(byte[] text, int from, int to) {
        int p = from;
        boolean negative = text[p] == '-';
        if (negative) {
            p++;
        }
        if (to - p > 18) {
            return Long.parseLong(new String(text, from, to - from, StandardCharsets.US_ASCII));
        }
        long value = 0;
        for (; p < to; p++) {
            int digit = text[p] - '0';
            if (digit < 0 || digit > 9) {
                throw new IllegalArgumentException(
                        "No whole number: " + new String(text, from, to - from, StandardCharsets.US_ASCII));
            }
            value = value * 10 + digit;
        }
        return negative ? -value : value;
    }
}
