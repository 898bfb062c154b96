package io.velostream.bench.ceiling;

import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * COUNT(*), COUNT and SUM of the amount by group: an open-addressing table keyed by byte slices. The groups that changed since
 * the last call of {@link #eachDirty} are remembered for the changelog.
 */
final class Sums {
    private static final byte[] NULL_KEY = {};

    private byte[][] keys = new byte[1024][];
    private long[] hashes = new long[1024];
    private long[] counts = new long[1024];
    private long[] amounts = new long[1024];
    private double[] totals = new double[1024];
    private boolean[] dirty = new boolean[1024];
    private int[] slots = newSlots(4096);
    private int[] dirtyGroups = new int[1024];
    private int dirtySize;
    private int size;

    /** The group of this key, made when new. An empty slice stands for NULL. */
    int group(byte[] text, int from, int to) {
        long hash = hash(text, from, to);
        int mask = slots.length - 1;
        for (int i = (int) hash & mask; ; i = i + 1 & mask) {
            int group = slots[i];
            if (group < 0) {
                return add(text, from, to, hash, i);
            }
            byte[] key = keys[group];
            if (hashes[group] == hash && Arrays.equals(key, 0, key.length, text, from, to)) {
                return group;
            }
        }
    }

    /** The group of NULL. */
    int nullGroup() {
        return group(NULL_KEY, 0, 0);
    }

    void add(int group, boolean hasAmount, double amount) {
        counts[group]++;
        if (hasAmount) {
            amounts[group]++;
            totals[group] += amount;
        }
        if (!dirty[group]) {
            dirty[group] = true;
            dirtyGroups[dirtySize++] = group;
        }
    }

    int size() {
        return size;
    }

    byte[] key(int group) {
        return keys[group];
    }

    boolean isNull(int group) {
        return keys[group].length == 0;
    }

    long count(int group) {
        return counts[group];
    }

    long amounts(int group) {
        return amounts[group];
    }

    double total(int group) {
        return totals[group];
    }

    /** Passes each group that changed since the last call. */
    void eachDirty(IntConsumer action) {
        for (int i = 0; i < dirtySize; i++) {
            dirty[dirtyGroups[i]] = false;
            action.accept(dirtyGroups[i]);
        }
        dirtySize = 0;
    }

    private int add(byte[] text, int from, int to, long hash, int slot) {
        if (size == counts.length) {
            int larger = size * 2;
            keys = Arrays.copyOf(keys, larger);
            hashes = Arrays.copyOf(hashes, larger);
            counts = Arrays.copyOf(counts, larger);
            amounts = Arrays.copyOf(amounts, larger);
            totals = Arrays.copyOf(totals, larger);
            dirty = Arrays.copyOf(dirty, larger);
            dirtyGroups = Arrays.copyOf(dirtyGroups, larger);
        }
        int group = size++;
        keys[group] = Arrays.copyOfRange(text, from, to);
        hashes[group] = hash;
        slots[slot] = group;
        if (size * 2 > slots.length) {
            rehash();
        }
        return group;
    }

    private void rehash() {
        slots = newSlots(slots.length * 2);
        int mask = slots.length - 1;
        for (int group = 0; group < size; group++) {
            int i = (int) hashes[group] & mask;
            while (slots[i] >= 0) {
                i = i + 1 & mask;
            }
            slots[i] = group;
        }
    }

    private static int[] newSlots(int length) {
        int[] slots = new int[length];
        Arrays.fill(slots, -1);
        return slots;
    }

    private static long hash(byte[] text, int from, int to) {
        long h = 0xCBF29CE484222325L;
        for (int i = from; i < to; i++) {
            h = (h ^ text[i]) * 0x100000001B3L;
        }
        return h ^ (h >>> 29);
    }
}
