package io.velostream.bench.ceiling;

import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * COUNT(*), COUNT and SUM of the amount by group. The groups that changed since the last call of {@link #eachDirty} are
 * remembered for the changelog.
 */
final class Sums {
    private static final byte[] NULL_KEY = {};

    private final KeyIndex keys = new KeyIndex();
    private long[] counts = new long[1024];
    private long[] amounts = new long[1024];
    private double[] totals = new double[1024];
    private boolean[] dirty = new boolean[1024];
    private int[] dirtyGroups = new int[1024];
    private int dirtySize;

    /** The group of this key, made when new. An empty slice stands for NULL. */
    int group(byte[] text, int from, int to) {
        int group = keys.add(text, from, to);
        if (group == counts.length) {
            grow();
        }
        return group;
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
        return keys.size();
    }

    byte[] key(int group) {
        return keys.key(group);
    }

    boolean isNull(int group) {
        return keys.key(group).length == 0;
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

    private void grow() {
        int larger = counts.length * 2;
        counts = Arrays.copyOf(counts, larger);
        amounts = Arrays.copyOf(amounts, larger);
        totals = Arrays.copyOf(totals, larger);
        dirty = Arrays.copyOf(dirty, larger);
        dirtyGroups = Arrays.copyOf(dirtyGroups, larger);
    }
}
