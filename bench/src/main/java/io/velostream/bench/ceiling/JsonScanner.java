package io.velostream.bench.ceiling;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Finds the wanted members of a JSON object in one pass over its bytes and remembers where their values lie. The whole text is
 * checked against RFC 8259, also what nobody wants; of equal names the last one counts; names may hold escapes.
 *
 * <p>Strings are skipped eight bytes at a time (Mycroft's zero-byte test).
 */
final class JsonScanner {
    /** What a wanted member's value is. */
    enum Kind {
        MISSING,
        NULL,
        TRUE,
        FALSE,
        NUMBER,
        STRING,
        /** A string with at least one escape. */
        ESCAPED,
        OBJECT,
        ARRAY
    }

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH = 0x8080808080808080L;
    private static final long QUOTES = ONES * '"';
    private static final long BACKSLASHES = ONES * '\\';
    private static final long BLANKS = ONES * ' ';
    private static final int DEEPEST = 500;

    private final byte[][] names;
    private final int[] starts;
    private final int[] ends;
    private final Kind[] kinds;
    private byte[] text = {};
    private int end;
    private boolean escapes;
    private Kind kind = Kind.MISSING;

    /** A scanner for these members; they are asked for by position. */
    JsonScanner(String... names) {
        this.names = new byte[names.length][];
        for (int i = 0; i < names.length; i++) {
            this.names[i] = names[i].getBytes(StandardCharsets.UTF_8);
        }
        starts = new int[names.length];
        ends = new int[names.length];
        kinds = new Kind[names.length];
    }

    /**
     * Reads one value.
     *
     * @throws IllegalArgumentException when it is no JSON object
     */
    void scan(byte[] json) {
        text = json;
        end = json.length;
        Arrays.fill(kinds, Kind.MISSING);
        int p = blank(0);
        if (at(p) != '{') {
            throw malformed(p);
        }
        p = blank(members(p + 1, 0, true));
        if (p != end) {
            throw malformed(p);
        }
    }

    Kind kind(int position) {
        return kinds[position];
    }

    /** Where the value starts; inside the quotes for strings. */
    int start(int position) {
        return starts[position];
    }

    /** Where the value ends, exclusively; inside the quotes for strings. */
    int end(int position) {
        return ends[position];
    }

    private int members(int from, int depth, boolean top) {
        int p = blank(from);
        if (at(p) == '}') {
            return p + 1;
        }
        while (true) {
            if (at(p) != '"') {
                throw malformed(p);
            }
            int nameStart = p + 1;
            int nameEnd = string(nameStart);
            int slot = top ? slot(nameStart, nameEnd) : -1;
            p = blank(nameEnd + 1);
            if (at(p) != ':') {
                throw malformed(p);
            }
            int start = blank(p + 1);
            p = value(start, depth);
            if (slot >= 0) {
                boolean quoted = kind == Kind.STRING || kind == Kind.ESCAPED;
                kinds[slot] = kind;
                starts[slot] = quoted ? start + 1 : start;
                ends[slot] = quoted ? p - 1 : p;
            }
            p = blank(p);
            byte b = at(p);
            if (b == '}') {
                return p + 1;
            }
            if (b != ',') {
                throw malformed(p);
            }
            p = blank(p + 1);
        }
    }

    private int slot(int from, int to) {
        if (escapes) {
            byte[] name = JsonText.unescape(text, from, to);
            for (int i = 0; i < names.length; i++) {
                if (Arrays.equals(names[i], name)) {
                    return i;
                }
            }
            return -1;
        }
        int length = to - from;
        for (int i = 0; i < names.length; i++) {
            byte[] name = names[i];
            if (name.length == length && name[0] == text[from] && Arrays.equals(name, 0, length, text, from, to)) {
                return i;
            }
        }
        return -1;
    }

    /** Skips a value, sets its kind and returns the position behind it. */
    private int value(int p, int depth) {
        switch (at(p)) {
            case '"' -> {
                int close = string(p + 1);
                kind = escapes ? Kind.ESCAPED : Kind.STRING;
                return close + 1;
            }
            case '{' -> {
                int behind = members(p + 1, deeper(depth, p), false);
                kind = Kind.OBJECT;
                return behind;
            }
            case '[' -> {
                int behind = elements(p + 1, deeper(depth, p));
                kind = Kind.ARRAY;
                return behind;
            }
            case 't' -> {
                return literal(p, "true", Kind.TRUE);
            }
            case 'f' -> {
                return literal(p, "false", Kind.FALSE);
            }
            case 'n' -> {
                return literal(p, "null", Kind.NULL);
            }
            default -> {
                int behind = number(p);
                kind = Kind.NUMBER;
                return behind;
            }
        }
    }

    private int deeper(int depth, int p) {
        if (depth == DEEPEST) {
            throw malformed(p);
        }
        return depth + 1;
    }

    private int elements(int from, int depth) {
        int p = blank(from);
        if (at(p) == ']') {
            return p + 1;
        }
        while (true) {
            p = blank(value(p, depth));
            byte b = at(p);
            if (b == ']') {
                return p + 1;
            }
            if (b != ',') {
                throw malformed(p);
            }
            p = blank(p + 1);
        }
    }

    private int literal(int p, String word, Kind found) {
        for (int i = 0; i < word.length(); i++) {
            if (at(p + i) != word.charAt(i)) {
                throw malformed(p + i);
            }
        }
        kind = found;
        return p + word.length();
    }

    private int number(int from) {
        int p = at(from) == '-' ? from + 1 : from;
        if (at(p) == '0') {
            p++;
        } else {
            p = digits(p);
        }
        if (p < end && text[p] == '.') {
            p = digits(p + 1);
        }
        if (p < end && (text[p] | 0x20) == 'e') {
            p++;
            if (at(p) == '+' || at(p) == '-') {
                p++;
            }
            p = digits(p);
        }
        return p;
    }

    private int digits(int from) {
        int p = from;
        while (p < end && text[p] >= '0' && text[p] <= '9') {
            p++;
        }
        if (p == from) {
            throw malformed(p);
        }
        return p;
    }

    /** Skips a string's content and returns the position of its closing quote; says in {@code escapes} whether it has any. */
    private int string(int from) {
        escapes = false;
        int p = from;
        while (true) {
            while (p + Long.BYTES <= end) {
                long word = (long) LONG.get(text, p);
                long hits = zeroBytes(word ^ QUOTES) | zeroBytes(word ^ BACKSLASHES) | (word - BLANKS & ~word & HIGH);
                if (hits != 0) {
                    p += Long.numberOfTrailingZeros(hits) >>> 3;
                    break;
                }
                p += Long.BYTES;
            }
            byte b = at(p);
            if (b == '"') {
                return p;
            }
            if (b == '\\') {
                escapes = true;
                p = escape(p + 1);
            } else if (b >= 0 && b < ' ') {
                throw malformed(p);
            } else {
                p++;
            }
        }
    }

    private static long zeroBytes(long word) {
        return word - ONES & ~word & HIGH;
    }

    private int escape(int p) {
        switch (at(p)) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> {
                return p + 1;
            }
            case 'u' -> {
                for (int i = 1; i <= 4; i++) {
                    if (Character.digit(at(p + i), 16) < 0) {
                        throw malformed(p + i);
                    }
                }
                return p + 5;
            }
            default -> throw malformed(p);
        }
    }

    private int blank(int from) {
        int p = from;
        while (p < end && text[p] <= ' ' && (text[p] == ' ' || text[p] == '\n' || text[p] == '\r' || text[p] == '\t')) {
            p++;
        }
        return p;
    }

    private byte at(int p) {
        if (p >= end) {
            throw malformed(p);
        }
        return text[p];
    }

    private IllegalArgumentException malformed(int p) {
        return new IllegalArgumentException(
                "Malformed JSON at byte " + p + ": " + new String(text, 0, end, StandardCharsets.UTF_8));
    }
}
