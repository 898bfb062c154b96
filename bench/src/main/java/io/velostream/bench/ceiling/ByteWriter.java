package io.velostream.bench.ceiling;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Builds one output value in a buffer that is used again. */
final class ByteWriter {
    private static final double LARGEST_PLAIN = 1e10;

    private byte[] bytes = new byte[512];
    private int length;

    static byte[] constant(String ascii) {
        return ascii.getBytes(StandardCharsets.US_ASCII);
    }

    void clear() {
        length = 0;
    }

    byte[] copy() {
        return Arrays.copyOf(bytes, length);
    }

    int length() {
        return length;
    }

    void copyTo(byte[] into, int start) {
        System.arraycopy(bytes, 0, into, start, length);
    }

    void put(ByteWriter from) {
        put(from.bytes, 0, from.length);
    }

    void put(byte[] from) {
        put(from, 0, from.length);
    }

    void put(byte[] from, int start, int end) {
        room(end - start);
        System.arraycopy(from, start, bytes, length, end - start);
        length += end - start;
    }

    void integer(long value) {
        long rest = value;
        if (rest < 0) {
            room(1);
            bytes[length++] = '-';
            rest = -rest;
        }
        int digits = 1;
        for (long n = rest; n >= 10; n /= 10) {
            digits++;
        }
        room(digits);
        for (int i = length + digits - 1; i >= length; i--) {
            bytes[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length += digits;
    }

    /** Writes the number so that reading it gives the same double; two or five digits behind the point without detour. */
    void number(double value) {
        boolean plain = value >= 0 && value < LARGEST_PLAIN;
        long hundredths = (long) (value * 100);
        long fives = (long) (value * 100_000);
        if (plain && hundredths / 100.0 == value) {
            integer(hundredths / 100);
            fraction((int) (hundredths % 100), 2);
        } else if (plain && fives / 100_000.0 == value) {
            integer(fives / 100_000);
            fraction((int) (fives % 100_000), 5);
        } else {
            put(constant(Double.toString(value)));
        }
    }

    private void fraction(int digits, int count) {
        room(count + 1);
        bytes[length] = '.';
        int rest = digits;
        for (int i = length + count; i > length; i--) {
            bytes[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length += count + 1;
    }

    /** Writes a fixed-width number for changelogs. */
    void binary(long value) {
        room(Long.BYTES);
        ByteBuffer.wrap(bytes).putLong(length, value);
        length += Long.BYTES;
    }

    private void room(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }
}
