package io.velostream.engine.admin;

import io.velostream.engine.admin.access.AdminAccess;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who changed what when, as lines of the logger {@code io.velostream.audit} and, for the last hundred, to be asked for. What
 * is handed over must not be secret.
 */
@Singleton
public class AuditLog {

    private static final Logger LOG = LoggerFactory.getLogger("io.velostream.audit");
    private static final int KEPT = 100;
    private static final int LONGEST_NAME = 100;

    private final Clock clock;
    private final Deque<Entry> entries = new ArrayDeque<>();

    AuditLog(Clock clock) {
        this.clock = clock;
    }

    /**
     * One change, or one that was refused.
     *
     * @param who the kind of token, the address and, where the operator says so, its name
     * @param action such as {@code PUT /admin/config}
     * @param taken whether it was
     * @param details what changed, or why it was refused
     */
    public record Entry(Instant at, String who, String action, boolean taken, List<String> details) {
        public Entry {
            details = List.copyOf(details);
        }
    }

    /** Writes one down. */
    void write(RoutingContext request, boolean taken, List<String> details) {
        Entry entry = new Entry(
                clock.instant(),
                who(request),
                request.request().method().name() + " " + request.normalizedPath(),
                taken,
                details.stream().map(AuditLog::oneLine).toList());
        synchronized (entries) {
            entries.addFirst(entry);
            while (entries.size() > KEPT) {
                entries.removeLast();
            }
        }
        LOG.info(
                "Audit: {} by {} was {}: {}",
                entry.action(),
                entry.who(),
                taken ? "taken" : "refused",
                entry.details().isEmpty() ? "nothing is different" : String.join("; ", entry.details()));
    }

    /** The last ones, the newest first. */
    public List<Entry> entries() {
        synchronized (entries) {
            return List.copyOf(entries);
        }
    }

    /** Who asks, as far as a shared token tells. */
    static String who(RoutingContext request) {
        String token = AdminAccess.of(request).name().toLowerCase(Locale.ROOT);
        String who = "the " + token + " token from "
                + request.request().remoteAddress().hostAddress();
        @Nullable String operator = request.request().getHeader(Maintenance.OPERATOR_HEADER);
        return operator == null ? who : who + " (operator " + plain(operator) + ")";
    }

    private static String oneLine(String detail) {
        return detail.replaceAll("\\p{Cntrl}", "?");
    }

    /** A name that a client says of itself cannot pretend to be a line of the log. */
    private static String plain(String name) {
        String cut = name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name;
        return cut.replaceAll("[^A-Za-z0-9._/@:-]", "?");
    }
}
