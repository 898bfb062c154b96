package io.velostream.engine.runtime.topology;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The snapshots of one store of one task. Two are kept, so that a damaged one costs the way from the one before it and not
 * from the beginning.
 */
final class SnapshotDirectory {

    private static final Logger LOG = LoggerFactory.getLogger(SnapshotDirectory.class);
    private static final String SUFFIX = ".snapshot";
    private static final int KEPT = 2;

    /**
     * Half of the time for which a compacted changelog keeps tombstones ({@code delete.retention.ms}, one day): from an
     * older snapshot on, a removal might not be in the changelog any more, and what was removed would come back.
     */
    static final Duration OLDEST = Duration.ofHours(12);

    private final Path directory;

    SnapshotDirectory(Path directory) {
        this.directory = directory;
    }

    /** A snapshot that may be used. */
    record Found(Path file, SnapshotFile.Header header) {}

    /** The newest whole snapshot that is not too old; what is damaged, old or unfinished is deleted on the way. */
    Optional<Found> newest(long nowMillis) throws IOException {
        Files.createDirectories(directory);
        deleteUnfinished();
        Optional<Found> newest = Optional.empty();
        for (Path file : files()) {
            if (newest.isPresent()) {
                break;
            }
            newest = usable(file, nowMillis);
            if (newest.isEmpty()) {
                Files.deleteIfExists(file);
            }
        }
        return newest;
    }

    private static Optional<Found> usable(Path file, long nowMillis) {
        try {
            SnapshotFile.Header header = SnapshotFile.verify(file);
            if (nowMillis - header.writtenAtMillis() > OLDEST.toMillis()) {
                LOG.info("Snapshot {} is too old and is not used", file);
                return Optional.empty();
            }
            return Optional.of(new Found(file, header));
        } catch (IOException e) {
            LOG.warn("Snapshot {} is not used: {}", file, e.getMessage());
            return Optional.empty();
        }
    }

    /** Writes one more and deletes those beyond the kept ones. */
    void write(SnapshotFile.Header header, EntryBuffer entries) throws IOException {
        Files.createDirectories(directory);
        SnapshotFile.write(directory.resolve("%020d%s".formatted(header.offset(), SUFFIX)), header, entries);
        List<Path> all = files();
        for (Path old : all.subList(Math.min(KEPT, all.size()), all.size())) {
            Files.deleteIfExists(old);
        }
    }

    /** Deletes all: what they hold cannot be trusted. */
    void clear() throws IOException {
        deleteUnfinished();
        for (Path file : files()) {
            Files.deleteIfExists(file);
        }
    }

    private void deleteUnfinished() throws IOException {
        for (Path file : list(".tmp")) {
            Files.deleteIfExists(file);
        }
    }

    /** The snapshots, the newest first: names are offsets of equal width. */
    private List<Path> files() throws IOException {
        return list(SUFFIX);
    }

    private List<Path> list(String suffix) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> listed = Files.list(directory)) {
            return listed.filter(file -> file.getFileName().toString().endsWith(suffix))
                    .sorted(Comparator.reverseOrder())
                    .toList();
        }
    }
}
