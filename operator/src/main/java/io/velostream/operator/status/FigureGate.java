package io.velostream.operator.status;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Lets figures alone cause a write of a resource's status at most once a minute. What it remembers may be lost: the worst is one
 * write too many. Safe for use by several threads.
 */
public final class FigureGate {

    private static final Duration EVERY = Duration.ofMinutes(1);
    private static final int MOST_RESOURCES = 10_000;

    private final Clock clock;
    private final ConcurrentMap<String, Instant> lastWrites = new ConcurrentHashMap<>();

    public FigureGate(Clock clock) {
        this.clock = clock;
    }

    /** Whether the figures of a resource may be written although nothing else changed. */
    public boolean isOpen(String uid) {
        Instant last = lastWrites.get(uid);
        return last == null || !clock.instant().isBefore(last.plus(EVERY));
    }

    /** Remembers that a status was written, figures and all. */
    public void written(String uid) {
        if (lastWrites.size() > MOST_RESOURCES) {
            lastWrites.clear();
        }
        lastWrites.put(uid, clock.instant());
    }
}
