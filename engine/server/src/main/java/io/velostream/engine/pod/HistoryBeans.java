package io.velostream.engine.pod;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.velostream.engine.config.EngineConfig;
import io.velostream.engine.config.PodResources;
import io.velostream.engine.stats.EngineMeters;
import io.velostream.engine.stats.history.Baselines;
import io.velostream.engine.stats.history.HistoryRecorder;
import io.velostream.engine.stats.history.MetricsHistory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

/** Makes the history of the pod's metrics, and has it recorded while the pod runs. */
@ApplicationScoped
class HistoryBeans {

    /** A series takes about 52 KiB once its retention is full; together they may take a sixty-fourth of the heap. */
    private static final long BYTES_OF_A_SERIES = 52 << 10;

    private static final long SHARE_OF_THE_HEAP = 64;
    private static final long FEWEST = 60;
    private static final long MOST = 400;

    @Produces
    @Singleton
    MetricsHistory history(PodEnvironment environment, EngineConfig config) {
        long fitting = PodResources.ofThisProcess().heapBytes() / SHARE_OF_THE_HEAP / BYTES_OF_A_SERIES;
        return new MetricsHistory(
                directory(environment), Duration.ofDays(config.metrics().retentionDays()), (int)
                        Math.clamp(fitting, FEWEST, MOST));
    }

    @Produces
    @Singleton
    Baselines baselines(PodEnvironment environment) {
        return new Baselines(directory(environment));
    }

    @Produces
    @Singleton
    HistoryRecorder recorder(MetricsHistory history, EngineMeters meters, Clock clock) {
        return new HistoryRecorder(history, meters::samples, clock);
    }

    private static Path directory(PodEnvironment environment) {
        return environment.stateDirectory().resolve("metrics-history");
    }

    void start(@Observes StartupEvent started, HistoryRecorder recorder) {
        recorder.start();
    }

    void stop(@Observes ShutdownEvent stopping, HistoryRecorder recorder) {
        recorder.close();
    }
}
