package io.velostream.engine.stats.history;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is normal for this pod: the figures that somebody declared to be. Kept in a file on the state volume. */
public final class Baselines {

    private static final Logger LOG = LoggerFactory.getLogger(Baselines.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path file;

    /**
     * The figures of one stretch of time.
     *
     * @param figures by {@link Figure#key}
     */
    public record Baseline(Instant updatedAt, Instant from, Instant to, Map<String, Amount> figures) {
        public Baseline {
            figures = Map.copyOf(figures);
        }
    }

    private record Stored(long updatedAt, long from, long to, Map<String, Amount> figures) {}

    /** Those that are kept in a directory. */
    public Baselines(Path directory) {
        this.file = directory.resolve("baselines.json");
    }

    /** The ones in force. */
    public synchronized Optional<Baseline> current() {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            Stored stored = JSON.readValue(Files.readAllBytes(file), new TypeReference<>() {});
            return Optional.of(new Baseline(
                    Instant.ofEpochMilli(stored.updatedAt()),
                    Instant.ofEpochMilli(stored.from()),
                    Instant.ofEpochMilli(stored.to()),
                    stored.figures()));
        } catch (IOException | RuntimeException e) {
            LOG.warn("The baselines {} cannot be read: {}", file, e.getMessage());
            return Optional.empty();
        }
    }

    /**
     * Puts others in force.
     *
     * @throws IOException when they could not be written; the earlier ones are still in force
     */
    public synchronized void replace(Baseline baseline) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Path next = file.resolveSibling("baselines.next");
        Files.write(
                next,
                JSON.writeValueAsBytes(new Stored(
                        baseline.updatedAt().toEpochMilli(),
                        baseline.from().toEpochMilli(),
                        baseline.to().toEpochMilli(),
                        new TreeMap<>(baseline.figures()))));
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
