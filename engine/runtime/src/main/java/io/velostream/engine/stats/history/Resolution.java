package io.velostream.engine.stats.history;

import java.time.Duration;

/**
 * How finely a stretch of the past is kept. The newest day is kept by minutes, the newest week by ten minutes, all of it by
 * hours.
 */
enum Resolution {
    MINUTE(Duration.ofMinutes(1), Duration.ofDays(1)),
    TEN_MINUTES(Duration.ofMinutes(10), Duration.ofDays(7)),
    HOUR(Duration.ofHours(1), Duration.ofDays(366));

    private final Duration width;
    private final Duration reach;

    Resolution(Duration width, Duration reach) {
        this.width = width;
        this.reach = reach;
    }

    long millis() {
        return width.toMillis();
    }

    long seconds() {
        return width.toSeconds();
    }

    /** Which bucket a moment belongs to. */
    long slot(long millis) {
        return Math.floorDiv(millis, width.toMillis());
    }

    /** How many buckets are kept. */
    int capacity(Duration retention) {
        Duration kept = reach.compareTo(retention) < 0 ? reach : retention;
        return Math.toIntExact(Math.max(1, Math.ceilDiv(kept.toMillis(), width.toMillis()))) + 1;
    }
}
