package io.velostream.engine.runtime.state;

import io.velostream.engine.runtime.row.GrowingBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The sessions of all keys: a table of sessions, each with its cells for aggregates and its bounds, and a table of keys,
 * each with the chain of its sessions. A session is an index that stays in force until {@link #compact}.
 *
 * <p>A session's own key is the group key followed by a number that no other session ever had, so that a session that
 * grows or swallows another keeps its entry in the changelog.
 */
public final class SessionTable {

    /** What {@link #first} and {@link #next} return where there is none. */
    public static final int NONE = -1;

    private static final int OWN_CELLS = 4;

    private final int first;
    private final int last;
    private final int next;
    private final int closed;
    private final int objects;
    private GroupTable sessions;
    private GroupTable keys;
    private long nextNumber;
    private List<byte[]> removed = new ArrayList<>();
    private final GrowingBuffer ownKey = new GrowingBuffer(64);

    /**
     * @param cells cells of the aggregates
     * @param objects objects of the aggregates
     */
    public SessionTable(int cells, int objects) {
        this.first = cells;
        this.last = cells + 1;
        this.next = cells + 2;
        this.closed = cells + 3;
        this.objects = objects;
        this.sessions = newSessions();
        this.keys = new GroupTable(1, 0);
    }

    private GroupTable newSessions() {
        return new GroupTable(first + OWN_CELLS, objects);
    }

    /** The table that the sessions' aggregates are in. */
    public GroupTable table() {
        return sessions;
    }

    /** One of the sessions of a key, or {@link #NONE}; the others follow by {@link #next}. */
    public int first(byte[] key, int from, int to) {
        int group = keys.find(key, from, to);
        return group == GroupTable.ABSENT ? NONE : (int) keys.cells()[keys.base(group)] - 1;
    }

    /** The next session of the same key, or {@link #NONE}. */
    public int next(int session) {
        return (int) cell(session, next) - 1;
    }

    private long cell(int session, int cell) {
        return sessions.cells()[sessions.base(session) + cell];
    }

    private void cell(int session, int cell, long value) {
        sessions.cells()[sessions.base(session) + cell] = value;
    }

    /** The moment of the session's first event. */
    public long firstEvent(int session) {
        return cell(session, first);
    }

    /** The moment of the session's last event. */
    public long lastEvent(int session) {
        return cell(session, last);
    }

    /** Sets the moments of the first and the last event. */
    public void bounds(int session, long firstEvent, long lastEvent) {
        cell(session, first, firstEvent);
        cell(session, last, lastEvent);
    }

    /** Whether the session's result was written, and the session is only kept for corrections. */
    public boolean isClosed(int session) {
        return cell(session, closed) != 0;
    }

    /** Notes whether the session's result was written. */
    public void setClosed(int session, boolean isClosed) {
        cell(session, closed, isClosed ? 1 : 0);
    }

    /** The number of the session. */
    public long number(int session) {
        return sessions.ordinal(session);
    }

    /** Whether this is still the session of that number. */
    public boolean isThere(int session, long number) {
        return session < sessions.size() && !sessions.isRemoved(session) && sessions.ordinal(session) == number;
    }

    /** Where the group key of a session begins in the array of {@link GroupTable#keys}. */
    public int keyFrom(int session) {
        return sessions.keyFrom(session);
    }

    /** Where the group key of a session ends. */
    public int keyTo(int session) {
        return sessions.keyTo(session) - Long.BYTES;
    }

    /** Begins a session of a key. */
    public int add(byte[] key, int from, int to) {
        ownKey.clear();
        ownKey.put(key, from, to);
        ownKey.putLong(nextNumber);
        int session = sessions.restore(ownKey.buffer(), 0, ownKey.position(), nextNumber);
        sessions.markNew(session);
        nextNumber++;
        link(session, key, from, to);
        return session;
    }

    private void link(int session, byte[] key, int from, int to) {
        int group = keys.findOrAdd(key, from, to);
        cell(session, next, keys.cells()[keys.base(group)]);
        keys.cells()[keys.base(group)] = session + 1L;
    }

    private void unlink(int session) {
        int group = keys.find(sessions.keys(), keyFrom(session), keyTo(session));
        int at = (int) keys.cells()[keys.base(group)] - 1;
        if (at == session) {
            keys.cells()[keys.base(group)] = cell(session, next);
            if (cell(session, next) == 0) {
                keys.remove(group);
            }
            return;
        }
        while (next(at) != session) {
            at = next(at);
        }
        cell(at, next, cell(session, next));
    }

    /** Ends a session; where the changelog has it, it is removed there at the next flush. */
    public void remove(int session) {
        unlink(session);
        if (sessions.isLogged(session)) {
            removed.add(
                    java.util.Arrays.copyOfRange(sessions.keys(), sessions.keyFrom(session), sessions.keyTo(session)));
        }
        sessions.remove(session);
    }

    /** The own keys of sessions that the changelog still has. */
    public List<byte[]> takeRemoved() {
        List<byte[]> taken = removed;
        removed = new ArrayList<>();
        return taken;
    }

    /** A session that changelog or snapshot hold under that own key; its cells are 0. */
    public int restore(byte[] own, int from, int to) {
        int known = sessions.find(own, from, to);
        if (known != GroupTable.ABSENT) {
            unlink(known);
        }
        java.nio.ByteBuffer tail = java.nio.ByteBuffer.wrap(own, to - Long.BYTES, Long.BYTES);
        long number = tail.getLong();
        nextNumber = Math.max(nextNumber, number + 1);
        int session = sessions.restore(own, from, to, number);
        link(session, own, from, to - Long.BYTES);
        return session;
    }

    /** A session that the changelog no longer has. */
    public void forget(byte[] own, int from, int to) {
        int known = sessions.find(own, from, to);
        if (known != GroupTable.ABSENT) {
            unlink(known);
            sessions.remove(known);
        }
    }

    /** Gives up the room of ended sessions when there are many; tells whether sessions have other indexes now. */
    public boolean compact() {
        if (!sessions.isSparse() && !keys.isSparse()) {
            return false;
        }
        sessions = sessions.compacted();
        keys = new GroupTable(1, 0);
        for (int session = 0; session < sessions.size(); session++) {
            link(session, sessions.keys(), keyFrom(session), keyTo(session));
        }
        return true;
    }

    /** Drops everything, without a trace for the changelog. */
    public void clear() {
        sessions = newSessions();
        keys = new GroupTable(1, 0);
        removed.clear();
        nextNumber = 0;
    }

    /** Bytes that the tables have allocated. */
    public long bytes() {
        return sessions.bytes() + keys.bytes();
    }
}
