package io.velostream.engine.admin.access;

import io.velostream.engine.admin.problem.Problem;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs refused requests without letting a flood of them flood the log: one line a second, the others counted. */
@Singleton
class RefusalLog {

    private static final Logger LOG = LoggerFactory.getLogger(RefusalLog.class);
    private static final long INTERVAL_MILLIS = 1000;

    private final Clock clock;
    private final AtomicLong nextLine = new AtomicLong(Long.MIN_VALUE);
    private final AtomicLong unsaid = new AtomicLong();

    RefusalLog(Clock clock) {
        this.clock = clock;
    }

    void refused(RoutingContext request, Problem problem) {
        long now = clock.millis();
        long due = nextLine.get();
        if (now < due || !nextLine.compareAndSet(due, now + INTERVAL_MILLIS)) {
            unsaid.incrementAndGet();
            return;
        }
        long more = unsaid.getAndSet(0);
        LOG.warn(
                "Refused {} {} from {} with {}: {}{}",
                request.request().method(),
                request.normalizedPath(),
                request.request().remoteAddress(),
                problem.status(),
                problem.detail(),
                more == 0 ? "" : " (and " + more + " more since the last line)");
    }
}
