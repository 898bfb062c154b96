package io.velostream.engine.runtime.operator;

import io.velostream.engine.plan.physical.StageOperator;
import io.velostream.engine.plan.physical.StageOperator.Emit;
import io.velostream.engine.runtime.aggregate.GroupLayout;
import io.velostream.engine.runtime.row.Row;
import io.velostream.engine.runtime.state.SessionTable;
import io.velostream.engine.runtime.state.Timers;
import org.apache.kafka.common.header.Headers;

/** The sessions of all keys: rows go into them, sessions become one, and their own rows come out. */
final class Sessions {

    private final StageContext context;
    private final GroupKeys keys;
    private final GroupLayout layout;
    private final SessionTable sessions;
    private final SessionTiming timing;
    private final WindowLimit limit;
    private final Timers timers = new Timers();
    private final Emit emit;
    private final Step next;
    private final Row out;
    private boolean untimed;

    Sessions(
            StageOperator.Aggregate plan,
            GroupLayout layout,
            SessionTable sessions,
            SessionTiming timing,
            WindowLimit limit,
            StageContext context,
            Step next) {
        this.context = context;
        this.keys = new GroupKeys(plan.keys(), context.origin);
        this.layout = layout;
        this.sessions = sessions;
        this.timing = timing;
        this.limit = limit;
        this.emit = plan.emit();
        this.next = next;
        this.out = new Row(plan.layout().columns().size(), context.origin);
    }

    /** The sessions have come from elsewhere: their timers are set before the first is needed. */
    void mustTime() {
        untimed = true;
    }

    /** Computes key and arguments of a row; nothing has changed when that fails. */
    void prepare(Row row) {
        keys.encode(row);
        layout.prepare(row);
    }

    /** Whether the prepared row's key has a session that takes an event of that moment. */
    boolean isExpected(long event) {
        return nextTaking(first(), event) != SessionTable.NONE;
    }

    private int first() {
        return sessions.first(keys.buffer(), 0, keys.length());
    }

    private int count() {
        int count = 0;
        for (int session = first(); session != SessionTable.NONE; session = sessions.next(session)) {
            count++;
        }
        return count;
    }

    private int nextTaking(int from, long event) {
        int session = from;
        while (session != SessionTable.NONE
                && !timing.takes(sessions.firstEvent(session), sessions.lastEvent(session), event)) {
            session = sessions.next(session);
        }
        return session;
    }

    /** Puts the prepared row into its session: a new one, one that grows, or one made of two. */
    void add(long event) {
        int one = nextTaking(first(), event);
        int other = one == SessionTable.NONE ? one : nextTaking(sessions.next(one), event);
        boolean isNew = one == SessionTable.NONE;
        int session;
        if (isNew) {
            limit.check(count());
            session = sessions.add(keys.buffer(), 0, keys.length());
            sessions.bounds(session, event, event);
            layout.apply(sessions.table(), session);
            time(session);
        } else if (other == SessionTable.NONE) {
            session = one;
            layout.check(sessions.table(), session);
            layout.apply(sessions.table(), session);
            sessions.bounds(
                    session,
                    Math.min(sessions.firstEvent(session), event),
                    Math.max(sessions.lastEvent(session), event));
        } else {
            session = sessions.firstEvent(one) <= sessions.firstEvent(other) ? join(one, other) : join(other, one);
        }
        sessions.table().markDirty(session);
        boolean isClosed = timing.closesAt(sessions.lastEvent(session)) <= context.watermark;
        if (sessions.isClosed(session) && !isClosed) {
            time(session);
        }
        sessions.setClosed(session, isClosed);
        if (emit == Emit.CHANGES || (emit == Emit.FIRST && isNew)) {
            write(session);
        } else if (emit == Emit.FINAL && isClosed) {
            writeFinal(session);
        }
    }

    /** Makes one session of two with the prepared row between them; both stay as they are when that fails. */
    private int join(int earlier, int later) {
        int joined = sessions.add(keys.buffer(), 0, keys.length());
        try {
            layout.merge(sessions.table(), joined, sessions.table(), earlier);
            layout.merge(sessions.table(), joined, sessions.table(), later);
            layout.check(sessions.table(), joined);
        } catch (RecordFailure failure) {
            sessions.remove(joined);
            throw failure;
        }
        layout.apply(sessions.table(), joined);
        sessions.bounds(joined, sessions.firstEvent(earlier), sessions.lastEvent(later));
        sessions.remove(earlier);
        sessions.remove(later);
        time(joined);
        return joined;
    }

    private void time(int session) {
        long due = timing.closesAt(sessions.lastEvent(session));
        timers.add(due, sessions.number(session), session);
        context.wakeAt = Math.min(context.wakeAt, due);
    }

    private void write(int session) {
        keys.decode(sessions.table().keys(), sessions.keyFrom(session), sessions.keyTo(session), out);
        layout.results(sessions.table(), session, out, keys.size());
        out.setLong(out.width() - 2, sessions.firstEvent(session));
        out.setLong(out.width() - 1, timing.end(sessions.lastEvent(session)));
        next.process(out);
    }

    private void writeFinal(int session) {
        long eventTime = context.origin.eventTime;
        Headers headers = context.origin.headers.current();
        context.origin.eventTime = timing.end(sessions.lastEvent(session)) - 1;
        try {
            write(session);
        } finally {
            context.origin.eventTime = eventTime;
            context.origin.headers.begin(headers);
        }
    }

    /** Closes and forgets sessions as the watermark says, by their end, and tells when there is more to do. */
    void close() {
        if (untimed) {
            timeAll();
        }
        long watermark = context.watermark;
        while (timers.nextMoment() <= watermark) {
            long moment = timers.nextMoment();
            long number = timers.nextOrder();
            int session = timers.take();
            if (sessions.isThere(session, number)) {
                due(session, number, moment);
            }
        }
        context.wakeAt = timers.nextMoment();
    }

    /** A session that has grown since its timer was set waits for its new end, so that others that end before it go first. */
    private void due(int session, long number, long moment) {
        long due = nextDue(session);
        if (due > moment) {
            timers.add(due, number, session);
        } else if (sessions.isClosed(session)) {
            sessions.remove(session);
        } else {
            sessions.setClosed(session, true);
            sessions.table().markDirty(session);
            if (emit == Emit.FINAL) {
                writeOwn(session);
            }
            timers.add(nextDue(session), number, session);
        }
    }

    /** When a session is next to be closed or forgotten. */
    private long nextDue(int session) {
        long lastEvent = sessions.lastEvent(session);
        return sessions.isClosed(session) ? timing.droppedAt(lastEvent) : timing.closesAt(lastEvent);
    }

    private void writeOwn(int session) {
        try {
            writeFinal(session);
        } catch (RecordFailure failure) {
            context.counters.recordsFailed++;
            context.emitter().groupFailed(failure);
        }
    }

    /** Gives up the room of sessions that have ended. */
    void compact() {
        if (sessions.compact()) {
            timeAll();
        }
    }

    /** Sets the timers of all sessions anew: after a restart, or when their indexes have changed. */
    private void timeAll() {
        untimed = false;
        timers.clear();
        for (int session : sessions.table().inOrder()) {
            timers.add(nextDue(session), sessions.number(session), session);
        }
        context.wakeAt = timers.nextMoment();
    }
}
