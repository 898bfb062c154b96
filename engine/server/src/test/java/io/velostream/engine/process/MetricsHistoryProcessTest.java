package io.velostream.engine.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The history of the metrics over the end of a process and the start of the next on the same volume. */
class MetricsHistoryProcessTest {

    private static final String NO_BROKER = "127.0.0.1:1";
    private static final String MEMORY = "/admin/metrics/export?days=30&metric=velo_streams_memory_peak_bytes";

    @TempDir
    Path folder;

    @Test
    void outlivesItsProcess() throws Exception {
        long measuredBefore;
        try (EngineProcess engine = EngineProcess.start(folder, NO_BROKER)) {
            await().atMost(Duration.ofMinutes(1)).until(() -> newest(engine) > 0);
            measuredBefore = newest(engine);
            assertThat(engine.admin()
                            .post("/admin/performance/update-baselines")
                            .status())
                    .isEqualTo(200);
            engine.terminate(Duration.ofSeconds(60));
        }
        long ended = Instant.now().getEpochSecond();

        try (EngineProcess engine = EngineProcess.start(folder, NO_BROKER)) {
            JsonNode points = engine.admin().get(MEMORY).json().at("/series/0/points");
            assertThat(points.get(0).get(0).asLong()).isLessThanOrEqualTo(measuredBefore);
            assertThat(engine.admin()
                            .get("/admin/performance/weekly-report")
                            .json()
                            .at("/figures/memory_percent/baseline/mean")
                            .asDouble())
                    .isPositive();
            await().atMost(Duration.ofMinutes(2)).until(() -> newest(engine) + 60 >= ended);
            assertThat(engine.log()).noneMatch(line -> line.contains("metrics history") && line.contains("WARN"));
        }
    }

    private static long newest(EngineProcess engine) {
        JsonNode points = engine.admin().get(MEMORY).json().at("/series/0/points");
        return points.isEmpty() ? 0 : points.get(points.size() - 1).get(0).asLong();
    }
}
