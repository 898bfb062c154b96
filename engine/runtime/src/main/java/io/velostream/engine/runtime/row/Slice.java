package io.velostream.engine.runtime.row;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A mutable view on bytes, mostly UTF-8 text. It is a register: whoever fills it says how long the bytes stay. */
public final class Slice implements Comparable<Slice> {

    private static final byte[] NOTHING = {};

    /** The bytes' array. */
    public byte[] array = NOTHING;

    /** Index of the first byte. */
    public int start;

    /** Index after the last byte. */
    public int end;

    /** An empty slice. */
    public Slice() {}

    /** A slice of the text's UTF-8 form. */
    public Slice(String text) {
        set(text);
    }

    /** Points to other bytes. */
    public void set(byte[] newArray, int from, int to) {
        array = newArray;
        start = from;
        end = to;
    }

    /** Takes the text's UTF-8 form; this allocates. */
    public void set(String text) {
        array = text.getBytes(StandardCharsets.UTF_8);
        start = 0;
        end = array.length;
    }

    /** Number of bytes. */
    public int length() {
        return end - start;
    }

    /** Order by code points, which for UTF-8 is the order of the unsigned bytes. */
    @Override
    public int compareTo(Slice other) {
        return Arrays.compareUnsigned(array, start, end, other.array, other.start, other.end);
    }

    /** The bytes as text; this allocates. */
    @Override
    public String toString() {
        return new String(array, start, end - start, StandardCharsets.UTF_8);
    }
}
