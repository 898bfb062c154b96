package io.velostream.engine.format;

import io.velostream.engine.runtime.operator.RecordFailure;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Walks over JSON text (RFC 8259) and checks it, without building anything. The text is copied into a buffer of the
 * scanner's own with zero bytes behind it: a zero is valid nowhere in JSON, so no step needs to look for the end.
 *
 * <p>Positions are indexes into {@link #buffer}. Each {@code …} method takes the position of a token's start and
 * returns the one after its end.
 */
final class JsonScanner {

    static final String MALFORMED = "MALFORMED_JSON";
    static final int MAX_DEPTH = 500;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int PADDING = 16;
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = ONES << 7;
    private static final long QUOTES = ONES * '"';
    private static final long BACKSLASHES = ONES * '\\';
    private static final long SPACES = ONES * ' ';

    /** The text, zero bytes behind it. */
    byte[] buffer = new byte[512];

    /** Length of the text. */
    int length;

    /** Whether the string scanned last has escapes. */
    boolean escaped;

    /** The number scanned last: its digits as an integer, point left out; right if at most 18 digits. */
    long mantissa;

    /** How many digits the number has without leading zeros. */
    int digits;

    /** How many of the digits are behind the point. */
    int fraction;

    /** Whether the number has an exponent. */
    boolean exponent;

    /** Whether the number has a minus. */
    boolean negative;

    /** Takes the text to scan. */
    void load(byte[] text) {
        load(text, 0, text.length);
    }

    /** Takes a part of an array as the text to scan. */
    void load(byte[] text, int from, int to) {
        int bytes = to - from;
        if (buffer.length < bytes + PADDING) {
            buffer = new byte[Math.max(bytes + PADDING, buffer.length * 2)];
        }
        System.arraycopy(text, from, buffer, 0, bytes);
        LONGS.set(buffer, bytes, 0L);
        LONGS.set(buffer, bytes + 8, 0L);
        length = bytes;
    }

    RecordFailure malformed(int position, String expected) {
        return new RecordFailure(MALFORMED, "The value is not valid JSON at byte " + position + ": " + expected + ".");
    }

    /** Skips white space. */
    int space(int from) {
        byte[] text = buffer;
        int p = from;
        while (true) {
            byte c = text[p];
            if (c > ' ' || (c != ' ' && c != '\n' && c != '\r' && c != '\t')) {
                return p;
            }
            p++;
        }
    }

    /** Skips a value of any kind. */
    int value(int from, int depth) {
        return switch (buffer[from]) {
            case '"' -> string(from + 1);
            case '{' -> object(from, depth);
            case '[' -> array(from, depth);
            case 't' -> literalTrue(from);
            case 'f' -> literalFalse(from);
            case 'n' -> literalNull(from);
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number(from);
            default -> throw malformed(from, "a value is expected");
        };
    }

    private int object(int from, int depth) {
        checkDepth(from, depth);
        int p = space(from + 1);
        if (buffer[p] == '}') {
            return p + 1;
        }
        while (true) {
            p = value(name(p), depth + 1);
            p = space(p);
            if (buffer[p] == '}') {
                return p + 1;
            }
            if (buffer[p] != ',') {
                throw malformed(p, "',' or '}' is expected after a member");
            }
            p = space(p + 1);
        }
    }

    /** Skips a member's name with its colon, and stops at the value. */
    int name(int from) {
        if (buffer[from] != '"') {
            throw malformed(from, "a member's name in quotes is expected");
        }
        int p = space(string(from + 1));
        if (buffer[p] != ':') {
            throw malformed(p, "':' is expected after a member's name");
        }
        return space(p + 1);
    }

    private int array(int from, int depth) {
        checkDepth(from, depth);
        int p = space(from + 1);
        if (buffer[p] == ']') {
            return p + 1;
        }
        while (true) {
            p = space(value(p, depth + 1));
            if (buffer[p] == ']') {
                return p + 1;
            }
            if (buffer[p] != ',') {
                throw malformed(p, "',' or ']' is expected after an element");
            }
            p = space(p + 1);
        }
    }

    private void checkDepth(int position, int depth) {
        if (depth >= MAX_DEPTH) {
            throw malformed(position, "values are nested deeper than " + MAX_DEPTH);
        }
    }

    int literalTrue(int from) {
        byte[] text = buffer;
        if (text[from + 1] == 'r' && text[from + 2] == 'u' && text[from + 3] == 'e') {
            return from + 4;
        }
        throw malformed(from, "a value is expected");
    }

    int literalFalse(int from) {
        byte[] text = buffer;
        if (text[from + 1] == 'a' && text[from + 2] == 'l' && text[from + 3] == 's' && text[from + 4] == 'e') {
            return from + 5;
        }
        throw malformed(from, "a value is expected");
    }

    int literalNull(int from) {
        byte[] text = buffer;
        if (text[from + 1] == 'u' && text[from + 2] == 'l' && text[from + 3] == 'l') {
            return from + 4;
        }
        throw malformed(from, "a value is expected");
    }

    /** Scans a string whose opening quote is before {@code from}; the closing one is before the returned position. */
    int string(int from) {
        byte[] text = buffer;
        escaped = false;
        int p = from;
        while (true) {
            long word = (long) LONGS.get(text, p);
            long special = specials(word);
            if (special == 0) {
                p += 8;
                continue;
            }
            p += Long.numberOfTrailingZeros(special) >>> 3;
            byte c = text[p];
            if (c == '"') {
                return p + 1;
            }
            p = special(p, c);
        }
    }

    /**
     * The highest bit of each byte that is a quote, a backslash, a control character or beyond ASCII. A byte may be marked
     * wrongly, but only behind one that is marked rightly.
     */
    private static long specials(long word) {
        long quote = word ^ QUOTES;
        long backslash = word ^ BACKSLASHES;
        return (((quote - ONES) & ~quote) | ((backslash - ONES) & ~backslash) | ((word - SPACES) & ~word) | word)
                & HIGHS;
    }

    /** Whether any of eight bytes of a string is not simply itself. */
    static boolean isSpecial(long word) {
        return specials(word) != 0;
    }

    private int special(int p, byte c) {
        if (c == '\\') {
            escaped = true;
            return escape(p + 1);
        }
        if (c < 0) {
            return Utf8.sequence(buffer, p, this);
        }
        throw malformed(p, p >= length ? "the text ends within a string" : "a control character within a string");
    }

    private int escape(int p) {
        return switch (buffer[p]) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> p + 1;
            case 'u' -> hexadecimal(p + 1);
            default -> throw malformed(p, "an unknown escape");
        };
    }

    private int hexadecimal(int from) {
        for (int p = from; p < from + 4; p++) {
            if (Character.digit(buffer[p], 16) < 0) {
                throw malformed(p, "four hexadecimal digits are expected after \\u");
            }
        }
        return from + 4;
    }

    /** Scans a number and notes its parts. */
    int number(int from) {
        byte[] text = buffer;
        int p = from;
        negative = text[p] == '-';
        if (negative) {
            p++;
        }
        int c = text[p] - '0';
        if (c < 0 || c > 9) {
            throw malformed(p, "a digit is expected");
        }
        fraction = 0;
        exponent = false;
        int first = p;
        long word = (long) LONGS.get(text, p);
        int found = Digits.count(word);
        if (c == 0 && found > 1) {
            throw malformed(p + 1, "a number must not begin with 0");
        }
        long value = Digits.value(word, found);
        p += found;
        while (found == Digits.WORD) {
            word = (long) LONGS.get(text, p);
            found = Digits.count(word);
            if (found > 0) {
                value = value * Digits.power(found) + Digits.value(word, found);
                p += found;
            }
        }
        mantissa = value;
        digits = c == 0 ? 0 : p - first;
        byte next = text[p];
        if (next == '.') {
            p = fraction(p + 1);
            next = text[p];
        }
        return next == 'e' || next == 'E' ? exponent(p + 1) : p;
    }

    private int fraction(int from) {
        byte[] text = buffer;
        long value = mantissa;
        int count = digits;
        int p = from;
        int found;
        do {
            long word = (long) LONGS.get(text, p);
            found = Digits.count(word);
            if (found > 0) {
                count = value == 0 ? found - Digits.leadingZeros(word, found) : count + found;
                value = value * Digits.power(found) + Digits.value(word, found);
                p += found;
            }
        } while (found == Digits.WORD);
        if (p == from) {
            throw malformed(p, "a digit is expected after the point");
        }
        fraction = p - from;
        mantissa = value;
        digits = count;
        return p;
    }

    private int exponent(int from) {
        byte[] text = buffer;
        exponent = true;
        int p = from;
        if (text[p] == '+' || text[p] == '-') {
            p++;
        }
        int c = text[p] - '0';
        if (c < 0 || c > 9) {
            throw malformed(p, "a digit is expected in the exponent");
        }
        while (c >= 0 && c <= 9) {
            c = text[++p] - '0';
        }
        return p;
    }

    /** A copy of a part of the text. */
    byte[] copy(int from, int to) {
        return Arrays.copyOfRange(buffer, from, to);
    }
}
