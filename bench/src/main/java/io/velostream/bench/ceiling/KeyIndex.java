package io.velostream.bench.ceiling;

import java.util.Arrays;

/** Numbers keys from 0 in the order in which they come: an open-addressing table keyed by byte slices. */
final class KeyIndex {
    /** What {@link #find} returns for a key that is not there. */
    static final int ABSENT = -1;

    private byte[][] keys = new byte[1024][];
    private long[] hashes = new long[1024];
    private int[] slots = newSlots(4096);
    private int size;

    /** The number of this key, given now when it is new. */
    int add(byte[] text, int from, int to) {
        long hash = hash(text, from, to);
        int slot = slot(text, from, to, hash);
        return slots[slot] < 0 ? add(text, from, to, hash, slot) : slots[slot];
    }

    /** The number of this key, or {@link #ABSENT}. */
    int find(byte[] text, int from, int to) {
        return slots[slot(text, from, to, hash(text, from, to))];
    }

    int size() {
        return size;
    }

    byte[] key(int number) {
        return keys[number];
    }

    private int slot(byte[] text, int from, int to, long hash) {
        int mask = slots.length - 1;
        for (int i = (int) hash & mask; ; i = i + 1 & mask) {
            int number = slots[i];
            if (number < 0) {
                return i;
            }
            byte[] key = keys[number];
            if (hashes[number] == hash && Arrays.equals(key, 0, key.length, text, from, to)) {
                return i;
            }
        }
    }

    private int add(byte[] text, int from, int to, long hash, int slot) {
        if (size == hashes.length) {
            keys = Arrays.copyOf(keys, size * 2);
            hashes = Arrays.copyOf(hashes, size * 2);
        }
        int number = size++;
        keys[number] = Arrays.copyOfRange(text, from, to);
        hashes[number] = hash;
        slots[slot] = number;
        if (size * 2 > slots.length) {
            rehash();
        }
        return number;
    }

    private void rehash() {
        slots = newSlots(slots.length * 2);
        int mask = slots.length - 1;
        for (int number = 0; number < size; number++) {
            int i = (int) hashes[number] & mask;
            while (slots[i] >= 0) {
                i = i + 1 & mask;
            }
            slots[i] = number;
        }
    }

    private static int[] newSlots(int length) {
        int[] slots = new int[length];
        Arrays.fill(slots, ABSENT);
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
