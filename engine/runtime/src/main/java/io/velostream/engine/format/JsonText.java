package io.velostream.engine.format;

import io.velostream.engine.runtime.row.GrowingBuffer;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes text as a JSON string. */
public final class JsonText {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final int LONGEST_ESCAPE = 6;

    private JsonText() {}

    /** Appends text in quotes, with what JSON wants escaped. */
    public static void quote(byte[] text, int from, int to, GrowingBuffer out) {
        byte[] buffer = out.ensure((to - from) * LONGEST_ESCAPE + 2);
        int at = out.position();
        buffer[at++] = '"';
        int plain = plain(text, from, to, buffer, at);
        at += plain - from;
        for (int p = plain; p < to; p++) {
            byte c = text[p];
            if ((c >= ' ' && c != '"' && c != '\\') || c < 0) {
                buffer[at++] = c;
            } else {
                at = escape(c, buffer, at);
            }
        }
        buffer[at++] = '"';
        out.position(at);
    }

    /** Copies words from the beginning as long as nothing in them wants escaping; returns the first position not copied. */
    private static int plain(byte[] text, int from, int to, byte[] into, int at) {
        int p = from;
        while (to - p >= Long.BYTES) {
            long word = (long) LONGS.get(text, p);
            if (JsonScanner.isSpecial(word)) {
                return p;
            }
            LONGS.set(into, at + p - from, word);
            p += Long.BYTES;
        }
        return p;
    }

    /** Appends text in quotes. */
    public static void quote(String text, GrowingBuffer out) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        quote(bytes, 0, bytes.length, out);
    }

    private static int escape(byte c, byte[] buffer, int at) {
        buffer[at] = '\\';
        byte letter = switch (c) {
            case '"', '\\' -> c;
            case '\b' -> 'b';
            case '\f' -> 'f';
            case '\n' -> 'n';
            case '\r' -> 'r';
            case '\t' -> 't';
            default -> 'u';
        };
        buffer[at + 1] = letter;
        if (letter != 'u') {
            return at + 2;
        }
        buffer[at + 2] = '0';
        buffer[at + 3] = '0';
        buffer[at + 4] = HEX[c >> 4];
        buffer[at + 5] = HEX[c & 0xf];
        return at + 6;
    }
}
