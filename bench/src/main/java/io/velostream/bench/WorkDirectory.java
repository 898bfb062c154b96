package io.velostream.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** A directory of this run's own, deleted at its end. */
final class WorkDirectory implements AutoCloseable {
    private static final Path MEMORY = Path.of("/dev/shm");

    /** Input, output, changelog and repartition topics of one query, roughly. */
    private static final long BYTES_PER_RECORD = 800;

    private final Path path;

    private WorkDirectory(Path path) {
        this.path = path;
    }

    /**
     * Makes a directory below the wanted one; otherwise in memory when the data has room there, else below the JVM's temporary
     * directory.
     */
    static WorkDirectory create(Optional<Path> wanted, long records) throws IOException {
        Path base = wanted.orElseGet(() -> hasRoom(records) ? MEMORY : Path.of(System.getProperty("java.io.tmpdir")));
        Files.createDirectories(base);
        WorkDirectory directory = new WorkDirectory(Files.createTempDirectory(base, "velostream-bench-"));
        Runtime.getRuntime().addShutdownHook(new Thread(directory::delete, "work-directory"));
        return directory;
    }

    Path path() {
        return path;
    }

    private static boolean hasRoom(long records) {
        try {
            return Files.isWritable(MEMORY) && Files.getFileStore(MEMORY).getUsableSpace() > records * BYTES_PER_RECORD;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        delete();
    }

    private void delete() {
        if (!Files.exists(path)) {
            return;
        }
        try (Stream<Path> all = Files.walk(path)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        } catch (IOException | UncheckedIOException e) {
            System.err.println("The directory " + path + " could not be deleted; delete it by hand: " + e.getMessage());
        }
    }
}
