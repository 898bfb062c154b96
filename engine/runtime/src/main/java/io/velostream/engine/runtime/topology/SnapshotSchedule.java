package io.velostream.engine.runtime.topology;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When one store writes snapshots, and the thread that does it: at intervals, and never two at once. Stores begin at
 * different moments of the interval, so that a pod does not write all of them together.
 */
final class SnapshotSchedule {

    /** Time between two snapshots of a store, unless a test says otherwise ({@code velo.snapshot.millis}). */
    private static final Duration INTERVAL = Duration.ofMillis(Long.getLong("velo.snapshot.millis", 60_000));

    private static final Logger LOG = LoggerFactory.getLogger(SnapshotSchedule.class);
    private static final Executor WRITER = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "snapshots");
        thread.setDaemon(true);
        return thread;
    });

    /** Writes one snapshot. */
    @FunctionalInterface
    interface Writing {
        void run() throws IOException;
    }

    private final InstantSource clock;
    private long nextAt;
    private CompletableFuture<Void> running = CompletableFuture.completedFuture(null);

    SnapshotSchedule(InstantSource clock) {
        this.clock = clock;
        this.nextAt =
                clock.millis() + ThreadLocalRandom.current().nextLong(INTERVAL.toMillis() / 2, INTERVAL.toMillis() + 1);
    }

    long now() {
        return clock.millis();
    }

    boolean isDue() {
        return clock.millis() >= nextAt && running.isDone();
    }

    /** Lets the writing thread do it. A failure is logged: the changelog holds everything. */
    void write(Writing writing) {
        nextAt = clock.millis() + INTERVAL.toMillis();
        running = CompletableFuture.runAsync(
                        () -> {
                            try {
                                writing.run();
                            } catch (IOException e) {
                                throw new UncheckedIOException(e);
                            }
                        },
                        WRITER)
                .whenComplete((done, thrown) -> {
                    if (thrown != null) {
                        LOG.warn("A snapshot could not be written: {}", thrown.getMessage());
                    }
                });
    }

    /** Waits for the writing in progress, so that it does not write into a directory that is handed on. */
    void awaitWritten() {
        try {
            running.join();
        } catch (CompletionException e) {
            LOG.debug("The last snapshot had failed", e);
        }
    }

    void failed(String store, IOException e) {
        LOG.warn("The last snapshot of store {} could not be written: {}", store, e.getMessage());
    }
}
