package io.velostream.engine.format;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The text before a member's value, such as {@code ,"amount":}, compared in one or two words where it has up to sixteen
 * bytes. The text to compare with has sixteen bytes behind it that can be read.
 */
final class MemberPrefix {

    /** Matches nothing. */
    static final MemberPrefix NONE = new MemberPrefix();

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int WORD = 8;

    /** Length in bytes. */
    final int length;

    private final byte[] bytes;
    private final long first;
    private final long firstMask;
    private final long second;
    private final long secondMask;

    private MemberPrefix() {
        this.bytes = new byte[0];
        this.length = 0;
        this.first = 1;
        this.firstMask = 0;
        this.second = 0;
        this.secondMask = 0;
    }

    MemberPrefix(byte[] bytes) {
        this.bytes = bytes;
        this.length = bytes.length;
        byte[] padded = Arrays.copyOf(bytes, Math.max(2 * WORD, bytes.length));
        this.first = (long) LONGS.get(padded, 0);
        this.second = (long) LONGS.get(padded, WORD);
        this.firstMask = mask(length);
        this.secondMask = mask(length - WORD);
    }

    private static long mask(int count) {
        return count <= 0 ? 0 : count >= WORD ? -1L : (1L << (count << 3)) - 1;
    }

    /** Whether the text at the position begins with this. */
    boolean matches(byte[] text, int from) {
        if (((long) LONGS.get(text, from) & firstMask) != first) {
            return false;
        }
        if (length <= WORD) {
            return true;
        }
        if (((long) LONGS.get(text, from + WORD) & secondMask) != second) {
            return false;
        }
        return length <= 2 * WORD || text.length - from >= length && rest(text, from);
    }

    private boolean rest(byte[] text, int from) {
        return Arrays.equals(bytes, 2 * WORD, length, text, from + 2 * WORD, from + length);
    }
}
