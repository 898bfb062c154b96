package io.velostream.engine.format;

import io.velostream.engine.runtime.row.Slice;

/** Holds the decoded form of JSON strings with escapes until it is cleared. */
final class EscapeBuffer {

    private static final int REPLACEMENT = 0xfffd;

    private byte[] buffer = new byte[64];
    private int position;

    /** Forgets what was decoded; slices that point here are void. */
    void clear() {
        position = 0;
    }

    /**
     * Decodes the inside of a string that the scanner has accepted. Half a surrogate pair, which has no UTF-8 form,
     * becomes U+FFFD.
     */
    void decode(byte[] text, int from, int to, Slice into) {
        // Decoding never makes it longer. A grown buffer is a new one: earlier slices keep the old.
        if (buffer.length - position < to - from) {
            buffer = new byte[Math.max(buffer.length * 2, to - from)];
            position = 0;
        }
        int start = position;
        int at = start;
        int p = from;
        while (p < to) {
            byte c = text[p++];
            if (c != '\\') {
                buffer[at++] = c;
                continue;
            }
            byte escape = text[p++];
            if (escape == 'u') {
                int unit = hex(text, p);
                p += 4;
                int codePoint = unit;
                if (Character.isHighSurrogate((char) unit) && isLowSurrogate(text, p, to)) {
                    codePoint = Character.toCodePoint((char) unit, (char) hex(text, p + 2));
                    p += 6;
                } else if (Character.isSurrogate((char) unit)) {
                    codePoint = REPLACEMENT;
                }
                at = encode(codePoint, at);
            } else {
                buffer[at++] = simple(escape);
            }
        }
        position = at;
        into.set(buffer, start, at);
    }

    private static boolean isLowSurrogate(byte[] text, int p, int to) {
        return p + 6 <= to
                && text[p] == '\\'
                && text[p + 1] == 'u'
                && Character.isLowSurrogate((char) hex(text, p + 2));
    }

    private static int hex(byte[] text, int p) {
        return Character.digit(text[p], 16) << 12
                | Character.digit(text[p + 1], 16) << 8
                | Character.digit(text[p + 2], 16) << 4
                | Character.digit(text[p + 3], 16);
    }

    private static byte simple(byte escape) {
        return switch (escape) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> escape;
        };
    }

    private int encode(int codePoint, int at) {
        if (codePoint < 0x80) {
            buffer[at] = (byte) codePoint;
            return at + 1;
        }
        if (codePoint < 0x800) {
            buffer[at] = (byte) (0xc0 | codePoint >> 6);
            buffer[at + 1] = (byte) (0x80 | (codePoint & 0x3f));
            return at + 2;
        }
        if (codePoint < 0x10000) {
            buffer[at] = (byte) (0xe0 | codePoint >> 12);
            buffer[at + 1] = (byte) (0x80 | (codePoint >> 6 & 0x3f));
            buffer[at + 2] = (byte) (0x80 | (codePoint & 0x3f));
            return at + 3;
        }
        buffer[at] = (byte) (0xf0 | codePoint >> 18);
        buffer[at + 1] = (byte) (0x80 | (codePoint >> 12 & 0x3f));
        buffer[at + 2] = (byte) (0x80 | (codePoint >> 6 & 0x3f));
        buffer[at + 3] = (byte) (0x80 | (codePoint & 0x3f));
        return at + 4;
    }
}
