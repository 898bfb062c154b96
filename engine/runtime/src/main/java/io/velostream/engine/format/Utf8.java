package io.velostream.engine.format;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Checks UTF-8 (RFC 3629): no overlong forms, no surrogates, nothing beyond U+10FFFF. */
final class Utf8 {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long HIGHS = 0x8080808080808080L;

    private Utf8() {}

    /** Checks the sequence of more than one byte that begins at {@code p} and returns the position after it. */
    static int sequence(byte[] text, int p, JsonScanner scanner) {
        int bytes = length(text, p, text.length);
        if (bytes == 0) {
            throw scanner.malformed(p, "bytes that are not UTF-8");
        }
        return p + bytes;
    }

    /** Whether all bytes of the range are valid UTF-8. */
    static boolean isValid(byte[] text, int from, int to) {
        int p = from;
        while (to - p >= Long.BYTES && ((long) LONGS.get(text, p) & HIGHS) == 0) {
            p += Long.BYTES;
        }
        while (p < to) {
            if (text[p] >= 0) {
                p++;
            } else {
                int bytes = length(text, p, to);
                if (bytes == 0) {
                    return false;
                }
                p += bytes;
            }
        }
        return true;
    }

    /** Length of the sequence of more than one byte at {@code p}, or 0 when it is invalid. */
    private static int length(byte[] text, int p, int end) {
        int lead = text[p] & 0xff;
        if (lead < 0xc2 || lead > 0xf4) {
            return 0;
        }
        int bytes = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
        if (p + bytes > end) {
            return 0;
        }
        int second = text[p + 1] & 0xff;
        int least = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
        int most = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
        if (second < least || second > most) {
            return 0;
        }
        for (int i = 2; i < bytes; i++) {
            if ((text[p + i] & 0xc0) != 0x80) {
                return 0;
            }
        }
        return bytes;
    }
}
