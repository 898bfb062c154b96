package io.velostream.engine.stats.history;

import io.velostream.engine.stats.history.MetricsHistory.Sample;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fills a history every five seconds and writes it to its file every five minutes and at the end. */
public final class HistoryRecorder implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HistoryRecorder.class);
    private static final long SAMPLE_SECONDS = 5;
    private static final Duration SAVE = Duration.ofMinutes(5);

    private final MetricsHistory history;
    private final Supplier<List<Sample>> samples;
    private final InstantSource clock;
    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("metrics-history").factory());

    private boolean saidFailure;

    /**
     * Records from a source of samples.
     *
     * @param samples all that is to be kept, as of now
     */
    public HistoryRecorder(MetricsHistory history, Supplier<List<Sample>> samples, InstantSource clock) {
        this.history = history;
        this.samples = samples;
        this.clock = clock;
    }

    /** Takes the earlier history over and begins to record. */
    public void start() {
        history.load();
        var _ = scheduler.scheduleWithFixedDelay(this::sample, SAMPLE_SECONDS, SAMPLE_SECONDS, TimeUnit.SECONDS);
        var _ = scheduler.scheduleWithFixedDelay(this::keep, SAVE.toSeconds(), SAVE.toSeconds(), TimeUnit.SECONDS);
    }

    private void sample() {
        try {
            history.record(clock.millis(), samples.get());
        } catch (RuntimeException e) {
            LOG.error("A sample for the metrics history could not be taken", e);
        }
    }

    private void keep() {
        try {
            history.forget(clock.millis() - history.retention().toMillis());
            history.save();
            saidFailure = false;
        } catch (IOException | RuntimeException e) {
            if (!saidFailure) {
                saidFailure = true;
                LOG.warn("The metrics history cannot be written and is kept in memory alone: {}", e.toString());
            }
        }
    }

    /** Takes a last sample and writes the file. */
    @Override
    public void close() {
        scheduler.shutdown();
        try {
            if (!scheduler.awaitTermination(5, TimeUnit.SECONDS)) {
                LOG.warn("The metrics history is still being written; its last minutes are lost");
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        sample();
        keep();
    }
}
