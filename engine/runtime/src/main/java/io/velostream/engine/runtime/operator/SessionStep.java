package io.velostream.engine.runtime.operator;

import io.velostream.engine.runtime.row.Row;

/**
 * GROUP BY in sessions: a row goes into the session of its key that is at most the gap away; one that lies between two
 * sessions makes one of both. A row is late when no session takes it and the one that it would begin has closed already.
 *
 * <p>A late row that the next window takes is treated as if it had come at the earliest moment that is still open. A row
 * that fails leaves its sessions as they were.
 */
final class SessionStep extends Step {

    private final StageContext context;
    private final Sessions sessions;
    private final SessionTiming timing;
    private final LateRows late;
    private final Step next;

    SessionStep(Sessions sessions, SessionTiming timing, LateRows late, StageContext context, Step next) {
        this.context = context;
        this.sessions = sessions;
        this.timing = timing;
        this.late = late;
        this.next = next;
    }

    @Override
    void process(Row row) {
        sessions.prepare(row);
        long event = context.origin.eventTime;
        if (timing.closesAt(event) > context.watermark || sessions.isExpected(event)) {
            sessions.add(event);
        } else {
            addLate(event);
        }
    }

    private void addLate(long event) {
        if (timing.droppedAt(event) > context.watermark) {
            late.counted();
            sessions.add(event);
        } else if (late.goToNext()) {
            late.counted();
            sessions.add(context.watermark - timing.grace());
        } else {
            late.refused();
        }
    }

    @Override
    void advance() {
        sessions.close();
        next.advance();
    }

    @Override
    void endOfBatch() {
        sessions.compact();
        next.endOfBatch();
    }
}
