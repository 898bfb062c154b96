package io.velostream.engine.runtime.operator;

import io.velostream.engine.plan.physical.StageOperator.Window;

/**
 * When sessions of one key begin, grow together, close and are forgotten. A session's window is {@code [first event,
 * last event + gap)}, but an event exactly at its end still belongs to it. It closes when the watermark reaches end +
 * grace. How long it is kept for corrections, {@link LateRows} says.
 *
 * <p>Example with a gap of 30 seconds: events at 10:00:00 and 10:00:30 are one session, which a watermark of 10:01:00
 * closes. An event at 10:01:05 begins another. One at 10:00:50 that comes while both are open makes all of them one.
 */
record SessionTiming(long gap, long grace, long kept) {

    static SessionTiming of(Window.Session window, LateRows late) {
        long gap = window.gap().toMillis();
        return new SessionTiming(gap, window.grace().toMillis(), late.keptAfter(gap));
    }

    /** The end of a session's window. */
    long end(long lastEvent) {
        return lastEvent + gap;
    }

    /** The watermark that closes a session. */
    long closesAt(long lastEvent) {
        return lastEvent + gap + grace;
    }

    /** The watermark at which a session is forgotten. */
    long droppedAt(long lastEvent) {
        return lastEvent + gap + grace + kept;
    }

    /** Whether an event belongs to the session between two others. */
    boolean takes(long firstEvent, long lastEvent, long event) {
        return event >= firstEvent - gap && event <= lastEvent + gap;
    }
}
