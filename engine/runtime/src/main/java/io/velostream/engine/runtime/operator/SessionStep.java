package io.velostream.engine.runtime.operator;

import io.velostream.engine.plan.physical.SourceSpec.LateData;
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
    private final StageReader reader;
    private final Sessions sessions;
    private final SessionTiming timing;
    private final LateData lateData;
    private final Step next;

    SessionStep(
            Sessions sessions,
            SessionTiming timing,
            LateData lateData,
            StageContext context,
            StageReader reader,
            Step next) {
        this.context = context;
        this.reader = reader;
        this.sessions = sessions;
        this.timing = timing;
        this.lateData = lateData;
        this.next = next;
    }

    @Override
    void process(Row row) {
        sessions.prepare(row);
        long event = context.origin.eventTime;
        if (timing.closesAt(event) > context.watermark || sessions.isExpected(event)) {
            sessions.add(event);
        } else {
            late(event);
        }
    }

    private void late(long event) {
        switch (lateData) {
            case INCLUDE_IN_NEXT_WINDOW -> {
                context.counters.lateProcessed++;
                sessions.add(context.watermark - timing.grace());
            }
            case UPDATE_PREVIOUS -> {
                if (timing.droppedAt(event) > context.watermark) {
                    context.counters.lateProcessed++;
                    sessions.add(event);
                } else {
                    context.counters.lateDropped++;
                }
            }
            case DEAD_LETTER -> {
                context.counters.lateDropped++;
                reader.late(context.emitter(), context.batch(), context.index, context.watermark);
            }
            case DROP -> context.counters.lateDropped++;
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
