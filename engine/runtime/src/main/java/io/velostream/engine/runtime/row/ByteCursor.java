package io.velostream.engine.runtime.row;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads what {@link GrowingBuffer} has written. */
public final class ByteCursor {

    /** The length of bytes that are absent. */
    static final int ABSENT = -1;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private byte[] bytes = {};
    private int position;
    private int end;

    /** Begins at a part of an array. */
    public void reset(byte[] newBytes, int from, int to) {
        bytes = newBytes;
        position = from;
        end = to;
    }

    /** The array that is read. */
    public byte[] bytes() {
        return bytes;
    }

    /** Where the next byte is. */
    public int position() {
        return position;
    }

    /** Whether nothing is left. */
    public boolean atEnd() {
        return position >= end;
    }

    /** One byte. */
    public byte get() {
        return bytes[position++];
    }

    /** Eight bytes, the highest first. */
    public long getLong() {
        long value = (long) LONGS.get(bytes, position);
        position += Long.BYTES;
        return value;
    }

    /** A number as {@link GrowingBuffer#putVarint} writes it. */
    public long getVarint() {
        long rest = 0;
        int shift = 0;
        byte b;
        do {
            b = bytes[position++];
            rest |= (b & 0x7fL) << shift;
            shift += 7;
        } while (b < 0);
        return rest >>> 1 ^ -(rest & 1);
    }

    /** Steps over so many bytes. */
    public void skip(int bytes) {
        position += bytes;
    }

    /** Steps over bytes with their length before them; returns where they begin, and the position is their end. */
    public int skipSized() {
        int length = (int) getVarint();
        int from = position;
        position += length;
        return from;
    }

    /** A copy of bytes as {@link GrowingBuffer#putSizedOrNull} writes them. */
    public byte @Nullable [] getSizedOrNull() {
        int length = (int) getVarint();
        if (length == ABSENT) {
            return null;
        }
        int from = position;
        position += length;
        return Arrays.copyOfRange(bytes, from, position);
    }
}
