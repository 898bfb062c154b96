package io.velostream.bench.ceiling;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Builds one output value in a buffer that is used again. */
final class ByteWriter {
    private static final double LARGEST_PLAIN = 1e13;

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

    /** Writes the number so that reading it gives the same double; hundredths without detour. */
    void number(double value) {
        long hundredths = (long) (value * 100);
        if (value < LARGEST_PLAIN && value > -LARGEST_PLAIN && value >= 0 && hundredths / 100.0 == value) {
            integer(hundredths / 100);
            int rest = (int) (hundredths % 100);
            room(3);
            bytes[length++] = '.';
            bytes[length++] = (byte) ('0' + rest / 10);
            bytes[length++] = (byte) ('0' + rest % 10);
        } else {
            put(constant(Double.toString(value)));
        }
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
