package io.velostream.engine.runtime.state;

import io.velostream.engine.runtime.row.ByteCursor;
import io.velostream.engine.runtime.row.GrowingBuffer;
import java.util.Arrays;

/**
 * The groups of one {@link GroupTable} that were moved to disk. A group that is asked for comes back into memory; its
 * entry on disk stays behind, stale, until the group is moved again. So what the table holds counts, and the disk only
 * says what the table does not hold. The changelog has every group that is here.
 *
 * <p>An entry: the group's key → its place among the groups, its cells and objects.
 */
final class ColdGroups {

    private final ColdStorage storage;
    private final GroupCodec codec;
    private final StateSize account;
    private final ColdTable disk;
    private final GrowingBuffer value = new GrowingBuffer(128);
    private final ByteCursor cursor = new ByteCursor();
    private long count;

    ColdGroups(ColdStorage storage, GroupCodec codec, StateSize account) {
        this.storage = storage;
        this.codec = codec;
        this.account = account;
        this.disk = storage.open();
    }

    /** Groups that are on disk and not in memory. */
    long count() {
        return count;
    }

    private void counted(long change) {
        count += change;
        account.addSpilled(change);
    }

    /** Brings a group of a key that the table does not hold back into it. */
    int recall(GroupTable table, byte[] key, int from, int to) {
        if (count == 0) {
            return GroupTable.ABSENT;
        }
        byte[] found = disk.get(Arrays.copyOfRange(key, from, to));
        if (found == null) {
            return GroupTable.ABSENT;
        }
        counted(-1);
        cursor.reset(found, 0, found.length);
        int group = table.addLogged(key, from, to, cursor.getVarint());
        codec.read(table, group, cursor);
        return group;
    }

    /** Whether a key that the table does not hold has a group here. */
    boolean contains(byte[] key, int from, int to) {
        return count > 0 && disk.get(Arrays.copyOfRange(key, from, to)) != null;
    }

    /** Moves a group to disk; {@link #moved} must follow before anything is asked for. */
    void move(GroupTable table, int group) {
        value.clear();
        value.putVarint(table.ordinal(group));
        codec.write(table, group, value);
        disk.put(Arrays.copyOfRange(table.keys(), table.keyFrom(group), table.keyTo(group)), value.toArray());
        counted(1);
    }

    /** Ends the moving of groups. */
    void moved() {
        disk.flush();
    }

    /** Forgets the group of a key that the table does not hold and is about to get anew. */
    void replaced(byte[] key, int from, int to) {
        byte[] known = Arrays.copyOfRange(key, from, to);
        if (count > 0 && disk.get(known) != null) {
            disk.remove(known);
            counted(-1);
        }
    }

    /** Forgets the stale entry of a group that leaves the table. */
    void removed(GroupTable table, int group) {
        disk.remove(Arrays.copyOfRange(table.keys(), table.keyFrom(group), table.keyTo(group)));
    }

    /** Visits the groups on disk, in no order. */
    void forEach(GroupTable table, GroupTable.Visitor visitor) {
        if (count == 0) {
            return;
        }
        GroupTable one = table.emptyLike();
        disk.forEach((key, entry) -> {
            if (!table.holds(key)) {
                cursor.reset(entry, 0, entry.length);
                visit(one, key, 0, cursor.getVarint(), visitor);
            }
        });
    }

    /**
     * Visits all groups of the table, those in memory too, in the order in which they first came. Those on disk are
     * sorted there first.
     */
    void forEachInOrder(GroupTable table, GroupTable.Visitor visitor) {
        try (ColdTable sorted = storage.open()) {
            sort(table, sorted);
            int[] warm = table.inOrder();
            int[] next = {0};
            GroupTable one = table.emptyLike();
            sorted.forEach((place, entry) -> {
                cursor.reset(place, 0, place.length);
                long ordinal = cursor.getLong();
                while (next[0] < warm.length && table.ordinal(warm[next[0]]) < ordinal) {
                    visitor.visit(table, warm[next[0]++]);
                }
                cursor.reset(entry, 0, entry.length);
                visit(one, place, Long.BYTES, ordinal, visitor);
            });
            while (next[0] < warm.length) {
                visitor.visit(table, warm[next[0]++]);
            }
        }
    }

    private void sort(GroupTable table, ColdTable sorted) {
        GrowingBuffer place = new GrowingBuffer(64);
        disk.forEach((key, entry) -> {
            if (!table.holds(key)) {
                cursor.reset(entry, 0, entry.length);
                place.clear();
                place.putLong(cursor.getVarint());
                place.put(key, 0, key.length);
                sorted.put(place.toArray(), Arrays.copyOfRange(entry, cursor.position(), entry.length));
            }
        });
        sorted.flush();
    }

    /** The cursor stands at the group's cells. */
    private void visit(GroupTable one, byte[] key, int keyFrom, long ordinal, GroupTable.Visitor visitor) {
        one.empty();
        int group = one.addLogged(key, keyFrom, key.length, ordinal);
        codec.read(one, group, cursor);
        visitor.visit(one, group);
    }

    /** Drops everything on disk. */
    void close() {
        counted(-count);
        disk.close();
    }
}
