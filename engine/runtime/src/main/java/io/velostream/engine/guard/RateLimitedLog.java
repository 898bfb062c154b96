package io.velostream.engine.guard;

import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.MDC;

/**
 * Logs what may happen for every record at most once an interval and kind, and says how often it happened in between.
 * The first line of a kind is immediate.
 */
public final class RateLimitedLog {

    private static final long INTERVAL_MILLIS = 10_000;

    private static final class Kind {
        private long loggedAt = Long.MIN_VALUE / 2;
        private long suppressed;
    }

    private final Logger log;
    private final InstantSource clock;
    private final Map<String, Kind> kinds = new ConcurrentHashMap<>();

    /** Writes to the given log by the given clock. */
    public RateLimitedLog(Logger log, InstantSource clock) {
        this.log = log;
        this.clock = clock;
    }

    /**
     * Warns, or counts.
     *
     * @param kind what is limited together; from a bounded set, such as a query with an error code
     */
    public void warn(String kind, String message) {
        warn(kind, () -> message);
    }

    /** The same with a message that is only made when it is written. */
    public void warn(String kind, Supplier<String> message) {
        warn(kind, Map.of(), message);
    }

    /**
     * The same with what structured logs show beside the message.
     *
     * @param context by the names of docs/reference/logs.md
     */
    public void warn(String kind, Map<String, String> context, Supplier<String> message) {
        Kind seen = kinds.computeIfAbsent(kind, key -> new Kind());
        long suppressed;
        synchronized (seen) {
            long now = clock.millis();
            if (now - seen.loggedAt < INTERVAL_MILLIS) {
                seen.suppressed++;
                return;
            }
            seen.loggedAt = now;
            suppressed = seen.suppressed;
            seen.suppressed = 0;
        }
        context.forEach(MDC::put);
        try {
            if (suppressed > 0) {
                log.warn("{} ({} more like it since the last line)", message.get(), suppressed);
            } else {
                log.warn("{}", message.get());
            }
        } finally {
            context.keySet().forEach(MDC::remove);
        }
    }
}
