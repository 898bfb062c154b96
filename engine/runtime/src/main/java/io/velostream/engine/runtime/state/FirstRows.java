package io.velostream.engine.runtime.state;

/**
 * The first row of each key: an open-addressing table that holds no keys, since each row knows its own. An entry is the key's
 * hash beside the row.
 */
final class FirstRows {

    /** No row. */
    static final int NONE = -1;

    private static final int FIRST_CAPACITY = 32;

    private final Keys keys;
    private long[] entries = new long[FIRST_CAPACITY];
    private int size;

    /** Knows the rows' keys. */
    interface Keys {
        /** Whether the row has this key. */
        boolean isKey(int row, byte[] key, int from, int to);
    }

    FirstRows(Keys keys) {
        this.keys = keys;
    }

    /** The first row of a key, or {@link #NONE}. */
    int find(byte[] key, int from, int to) {
        long entry = entries[place(key, from, to)];
        return (int) entry - 1;
    }

    /** Sets the first row of a key, which may be new. */
    void put(byte[] key, int from, int to, int row) {
        int place = place(key, from, to);
        if (entries[place] == 0) {
            if (++size * 4L > entries.length * 3L) {
                grow();
                place = place(key, from, to);
            }
        }
        entries[place] = ((long) GroupTable.hash(key, from, to) << 32) | (row + 1);
    }

    /** Takes a key out; its row is still there. The entries behind it move up, so that none is cut off. */
    void remove(byte[] key, int from, int to) {
        int mask = entries.length - 1;
        int hole = place(key, from, to);
        if (entries[hole] == 0) {
            return;
        }
        size--;
        int at = hole;
        while (true) {
            at = (at + 1) & mask;
            long entry = entries[at];
            if (entry == 0) {
                break;
            }
            int home = (int) (entry >>> 32) & mask;
            if (((at - home) & mask) >= ((at - hole) & mask)) {
                entries[hole] = entry;
                hole = at;
            }
        }
        entries[hole] = 0;
    }

    private int place(byte[] key, int from, int to) {
        int hash = GroupTable.hash(key, from, to);
        int mask = entries.length - 1;
        int place = hash & mask;
        while (true) {
            long entry = entries[place];
            if (entry == 0 || (int) (entry >>> 32) == hash && keys.isKey((int) entry - 1, key, from, to)) {
                return place;
            }
            place = (place + 1) & mask;
        }
    }

    private void grow() {
        long[] before = entries;
        entries = new long[Math.multiplyExact(before.length, 2)];
        int mask = entries.length - 1;
        for (long entry : before) {
            if (entry != 0) {
                int place = (int) (entry >>> 32) & mask;
                while (entries[place] != 0) {
                    place = (place + 1) & mask;
                }
                entries[place] = entry;
            }
        }
    }

    /** Bytes that the table has allocated. */
    long bytes() {
        return 8L * entries.length;
    }
}
