package io.velostream.engine.runtime.row;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that are appended to. A writer that knows its size asks for room once with {@link #ensure}, writes into the
 * array from {@link #position()} on and moves the position.
 */
public class GrowingBuffer {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final int MAX_VARINT = 10;

    /** Up to so many bytes {@link #put(byte[], int, int)} copies as words. */
    public static final int SHORT = 2 * Long.BYTES;

    private byte[] buffer;
    private int position;

    /**
     * @param capacity first size in bytes
     */
    public GrowingBuffer(int capacity) {
        buffer = new byte[capacity];
    }

    /** The bytes. The array is replaced when it grows: ask again after {@link #ensure}. */
    public final byte[] buffer() {
        return buffer;
    }

    /** Where the next byte goes. */
    public final int position() {
        return position;
    }

    /** Moves the write position after bytes were written into the buffer. */
    public final void position(int newPosition) {
        position = newPosition;
    }

    /** Makes room for so many more bytes and returns the buffer in force. */
    public final byte[] ensure(int bytes) {
        if (buffer.length - position < bytes) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, Math.addExact(position, bytes)));
        }
        return buffer;
    }

    /** Appends one byte. */
    public final void put(int value) {
        ensure(1)[position++] = (byte) value;
    }

    /** Appends a part of an array; a short one with readable bytes behind it goes in two words, without a call. */
    public final void put(byte[] bytes, int from, int to) {
        int length = to - from;
        if (length <= SHORT && bytes.length - from >= SHORT) {
            byte[] target = ensure(SHORT);
            long first = (long) LONGS.get(bytes, from);
            long second = (long) LONGS.get(bytes, from + Long.BYTES);
            LONGS.set(target, position, first);
            LONGS.set(target, position + Long.BYTES, second);
        } else {
            System.arraycopy(bytes, from, ensure(length), position, length);
        }
        position += length;
    }

    /** Appends eight bytes, the highest first. */
    public final void putLong(long value) {
        LONGS.set(ensure(Long.BYTES), position, value);
        position += Long.BYTES;
    }

    /** Appends a number in as few bytes as it needs; small ones, of either sign, take one. */
    public final void putVarint(long value) {
        long rest = value << 1 ^ value >> 63;
        byte[] bytes = ensure(MAX_VARINT);
        int at = position;
        while ((rest & ~0x7fL) != 0) {
            bytes[at++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[at++] = (byte) rest;
        position = at;
    }

    /** Appends a length and the bytes. */
    public final void putSized(byte[] bytes, int from, int to) {
        putVarint(to - (long) from);
        put(bytes, from, to);
    }

    /** Appends bytes that may be absent, for {@link ByteCursor#getSizedOrNull}. */
    public final void putSizedOrNull(byte @Nullable [] bytes) {
        if (bytes == null) {
            putVarint(ByteCursor.ABSENT);
        } else {
            putSized(bytes, 0, bytes.length);
        }
    }

    /** A copy of what was appended. */
    public final byte[] toArray() {
        return Arrays.copyOf(buffer, position);
    }

    /** Empties the buffer, which keeps its capacity. */
    public void clear() {
        position = 0;
    }
}
