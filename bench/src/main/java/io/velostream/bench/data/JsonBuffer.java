package io.velostream.bench.data;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Builds one JSON text in bytes that are used again. */
final class JsonBuffer {
    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private byte[] buffer = new byte[512];
    private int length;

    void clear() {
        length = 0;
    }

    byte[] toArray() {
        return Arrays.copyOf(buffer, length);
    }

    /** A multiple of a quarter that is not negative, with two digits behind the point. */
    void quarters(int quarters) {
        number(quarters / 4);
        ascii(
                switch (quarters & 3) {
                    case 0 -> ".00";
                    case 1 -> ".25";
                    case 2 -> ".50";
                    default -> ".75";
                });
    }

    /** Text whose last character is a Unicode escape. */
    void lastEscaped(String text) {
        int last = text.length() - 1;
        ascii(text.substring(0, last));
        unicode(text.charAt(last));
    }

    void name(boolean spaced, String name) {
        ascii(spaced ? " ,\n\t\"" : ",\"");
        ascii(name);
        ascii(spaced ? "\" : " : "\":");
    }

    void quoted(@Nullable String text, boolean escapeAll) {
        if (text == null) {
            ascii("null");
            return;
        }
        put('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                put('\\');
                put(c);
            } else if (c == '\n') {
                ascii("\\n");
            } else if (c == '\t') {
                ascii("\\t");
            } else if (c == '/' && escapeAll) {
                ascii("\\/");
            } else if (c < 0x80) {
                put(c);
            } else if (escapeAll) {
                unicode(c);
            } else {
                boolean pair = Character.isHighSurrogate(c);
                utf8(text.substring(i, pair ? i + 2 : i + 1));
                i += pair ? 1 : 0;
            }
        }
        put('"');
    }

    void unicode(char c) {
        ascii("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
            put(HEX[c >>> shift & 15]);
        }
    }

    private void utf8(String text) {
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            put((char) (b & 0xFF));
        }
    }

    void number(long value) {
        long rest = value;
        int digits = 1;
        for (long n = rest; n >= 10; n /= 10) {
            digits++;
        }
        room(digits);
        for (int i = length + digits - 1; i >= length; i--) {
            buffer[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length += digits;
    }

    @SuppressWarnings("deprecation") // The one copy from Latin-1 text to bytes that makes no intermediate array.
    void ascii(String text) {
        room(text.length());
        text.getBytes(0, text.length(), buffer, length);
        length += text.length();
    }

    void put(char c) {
        room(1);
        buffer[length++] = (byte) c;
    }

    private void room(int bytes) {
        if (length + bytes > buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, length + bytes));
        }
    }
}
