package io.velostream.engine.format;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A member that records have at one place: the text before its value, such as {@code ,"amount":}, and what it means. The
 * text is compared in one or two words where it has up to sixteen bytes; the text to compare with has sixteen bytes behind
 * it that can be read.
 */
final class KnownMember {

    /** Matches nothing. */
    static KnownMember none() {
        return new KnownMember();
    }

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int WORD = 8;

    /** Length of the text in bytes. */
    final int length;

    /** What a reader does with the value. */
    final Target target;

    /** How often in a row another text stood here. */
    int misses;

    private final byte[] bytes;
    private final long first;
    private final long firstMask;
    private final long second;
    private final long secondMask;

    private KnownMember() {
        this.bytes = new byte[0];
        this.length = 0;
        this.target = Target.SKIP;
        this.first = 1;
        this.firstMask = 0;
        this.second = 0;
        this.secondMask = 0;
    }

    KnownMember(byte[] bytes, Target target) {
        this.bytes = bytes;
        this.target = target;
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
