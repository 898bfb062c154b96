package io.velostream.engine.runtime.operator;

import io.velostream.engine.runtime.aggregate.GroupLayout;
import io.velostream.engine.runtime.row.ByteCursor;
import io.velostream.engine.runtime.row.GrowingBuffer;
import io.velostream.engine.runtime.state.GroupTable;
import io.velostream.engine.runtime.state.SessionTable;
import org.jspecify.annotations.Nullable;

/**
 * The durable form of sessions and of the time that the stage has seen.
 *
 * <p>Entries, all of version 1: {@code s} + group key + the session's number → first and last event, whether it was
 * closed, and its accumulators; and those of {@link TimeState}. A session is written whole when it changed since the
 * last flush, and removed when it ended or became part of another.
 */
final class SessionState implements StageState {

    private static final byte SESSION = 's';

    private final GroupLayout layout;
    private final SessionTable sessions;
    private final Sessions running;
    private final TimeState time;
    private final StageContext context;
    private final GrowingBuffer key = new GrowingBuffer(64);
    private final GrowingBuffer value = new GrowingBuffer(128);
    private final ByteCursor cursor = new ByteCursor();

    SessionState(GroupLayout layout, SessionTable sessions, Sessions running, TimeState time, StageContext context) {
        this.layout = layout;
        this.sessions = sessions;
        this.running = running;
        this.time = time;
        this.context = context;
    }

    @Override
    public void flush(Changes changes) {
        for (byte[] own : sessions.takeRemoved()) {
            changes.entry(entryKey(own, 0, own.length), null);
        }
        GroupTable table = sessions.table();
        for (int i = 0; i < table.dirtyCount(); i++) {
            int session = table.dirty(i);
            if (!table.isRemoved(session)) {
                write(session, changes);
            }
        }
        table.clean();
        time.flush(changes);
    }

    @Override
    public void all(Changes changes) {
        for (int session : sessions.table().inOrder()) {
            write(session, changes);
        }
        time.all(changes);
    }

    private void write(int session, Changes changes) {
        GroupTable table = sessions.table();
        value.clear();
        value.put(TimeState.VERSION);
        value.putVarint(sessions.firstEvent(session));
        value.putVarint(sessions.lastEvent(session));
        value.put(sessions.isClosed(session) ? 1 : 0);
        layout.write(table, session, value);
        changes.entry(entryKey(table.keys(), table.keyFrom(session), table.keyTo(session)), value.toArray());
    }

    private byte[] entryKey(byte[] own, int from, int to) {
        key.clear();
        key.put(SESSION);
        key.put(own, from, to);
        return key.toArray();
    }

    @Override
    public void restore(byte[] entryKey, byte @Nullable [] entryValue) {
        if (entryKey[0] != SESSION) {
            time.restore(entryKey, entryValue);
        } else if (entryValue == null) {
            sessions.forget(entryKey, 1, entryKey.length);
        } else {
            TimeState.open(cursor, entryValue);
            int session = sessions.restore(entryKey, 1, entryKey.length);
            long firstEvent = cursor.getVarint();
            sessions.bounds(session, firstEvent, cursor.getVarint());
            sessions.setClosed(session, cursor.get() != 0);
            layout.read(sessions.table(), session, cursor);
        }
        running.mustTime();
        context.wakeAt = Long.MIN_VALUE;
    }

    @Override
    public void clear() {
        sessions.clear();
        running.mustTime();
        time.clear();
    }

    @Override
    public long bytes() {
        return sessions.bytes();
    }

    @Override
    public long groups() {
        return sessions.table().live();
    }
}
