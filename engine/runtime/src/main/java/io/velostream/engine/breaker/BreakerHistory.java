package io.velostream.engine.breaker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.velostream.engine.breaker.BreakerChange.Cause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every change of every breaker for 62 days, at most 10,000 of them, in memory and, one JSON object a line, in a file, so
 * that a month's statistics outlive a restart. A file that cannot be read or written costs the statistics, nothing else.
 */
public final class BreakerHistory {

    private static final Logger LOG = LoggerFactory.getLogger(BreakerHistory.class);
    private static final Duration KEPT = Duration.ofDays(62);
    private static final int MOST = 10_000;
    private static final JsonMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();

    private final Optional<Path> file;
    private final InstantSource clock;
    private final Deque<BreakerChange> changes = new ArrayDeque<>();
    private int written;
    private boolean warned;

    private BreakerHistory(Optional<Path> file, InstantSource clock) {
        this.file = file;
        this.clock = clock;
    }

    /** One that ends with the process. */
    public static BreakerHistory inMemory(InstantSource clock) {
        return new BreakerHistory(Optional.empty(), clock);
    }

    /** One that goes on where the file ends; a breaker that was open when the process ended counts as open until now. */
    public static BreakerHistory in(Path file, InstantSource clock) {
        BreakerHistory history = new BreakerHistory(Optional.of(file), clock);
        history.load(file);
        return history;
    }

    private synchronized void load(Path from) {
        if (!Files.exists(from)) {
            return;
        }
        try {
            for (String line : Files.readAllLines(from)) {
                parse(line).ifPresent(changes::add);
            }
        } catch (IOException e) {
            warn(e);
        }
        Map<String, BreakerState> last = new LinkedHashMap<>();
        changes.forEach(change -> last.put(change.name(), change.state()));
        last.forEach((name, state) -> {
            if (state != BreakerState.CLOSED) {
                changes.add(new BreakerChange(
                        clock.instant(), name, BreakerState.CLOSED, Cause.RESTART, "the pod began anew"));
            }
        });
        forgetOld();
        rewrite(from);
    }

    /** The last line may have been cut off by the end of the process. */
    private static Optional<BreakerChange> parse(String line) {
        try {
            return Optional.ofNullable(JSON.readValue(line, BreakerChange.class));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    synchronized void add(BreakerChange change) {
        changes.add(change);
        forgetOld();
        file.ifPresent(path -> {
            if (written > 2 * MOST) {
                rewrite(path);
            } else {
                append(path, change);
            }
        });
    }

    /** In the order of time. */
    synchronized List<BreakerChange> changes() {
        return List.copyOf(changes);
    }

    private void forgetOld() {
        Instant oldest = clock.instant().minus(KEPT);
        while (changes.size() > MOST
                || !changes.isEmpty() && changes.getFirst().at().isBefore(oldest)) {
            changes.removeFirst();
        }
    }

    private void append(Path to, BreakerChange change) {
        try {
            Files.createDirectories(to.toAbsolutePath().getParent());
            Files.writeString(to, line(change), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            written++;
        } catch (IOException e) {
            warn(e);
        }
    }

    private void rewrite(Path to) {
        Path next = to.resolveSibling(to.getFileName() + ".new");
        StringBuilder lines = new StringBuilder();
        try {
            for (BreakerChange change : changes) {
                lines.append(line(change));
            }
            Files.writeString(next, lines);
            Files.move(next, to, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            written = changes.size();
        } catch (IOException e) {
            warn(e);
        }
    }

    private static String line(BreakerChange change) throws JsonProcessingException {
        return JSON.writeValueAsString(change) + "\n";
    }

    private void warn(IOException e) {
        if (!warned) {
            LOG.warn("The history of the circuit breakers is not kept on disk: {}", e.toString());
            warned = true;
        }
    }
}
