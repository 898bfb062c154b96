package io.velostream.engine.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.velostream.engine.job.JobDocument;
import io.velostream.engine.job.JobJson;
import io.velostream.engine.job.TestDocuments;
import io.velostream.local.kafka.LocalKafka;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An engine with a heap of 256 MiB takes more keys than would fit: each key has a kilobyte, so that the keys alone are
 * larger than the heap's share for state. It says so, and every row is right.
 */
class KeyExplosionProcessTest {

    private static final List<Logger> QUIET = Stream.of("org.apache.kafka", "kafka", "state.change.logger")
            .map(Logger::getLogger)
            .peek(logger -> logger.setLevel(Level.SEVERE))
            .toList();

    private static final Duration LONG = Duration.ofMinutes(4);
    private static final String PADDING = "x".repeat(1016);
    private static final int KEY_DIGITS = 8;
    private static final String VIOLATIONS = "velo_streams_resource_limit_violations_total{resource=\"memory\"}";
    private static final long HOUR = 3_600_000;

    @TempDir
    Path folder;

    private static String event(int key, long time) {
        return "{\"k\":\"%08d%s\",\"ts\":%d}".formatted(key, PADDING, time);
    }

    private static String json(String sql) {
        JobDocument document = TestDocuments.job("explosion").sql(sql).build();
        return new String(JobJson.writeDocument(document), StandardCharsets.UTF_8);
    }

    private static void submit(EngineProcess engine, String sql) {
        await().atMost(LONG)
                .untilAsserted(() ->
                        assertThat(engine.anybody().get("/ready").status()).isEqualTo(200));
        assertThat(engine.admin().put("/admin/jobs/explosion", json(sql)).status())
                .isEqualTo(200);
    }

    private static void awaitSpilled(EngineProcess engine) {
        await().atMost(LONG).untilAsserted(() -> {
            assertThat(engine.isAlive()).isTrue();
            assertThat(engine.metric("velo_streams_job_state_spilled_groups{job=\"explosion\",query=\"counted\"}"))
                    .isGreaterThan(10_000);
        });
    }

    private static void saidSo(EngineProcess engine) {
        assertThat(engine.metric(VIOLATIONS)).isPositive();
        assertThat(engine.log()).anyMatch(line -> line.contains("Resource exhausted") && line.contains("went to disk"));
        assertThat(engine.log()).noneMatch(line -> line.contains("OutOfMemoryError"));
    }

    /** Checks the running counts of each key as they come, and returns how many rows there are. */
    private static int[] counts(Topics topics, int keys) {
        int[] counts = new int[keys];
        topics.forEachValue("counted", value -> {
            int from = value.indexOf("\"k\":\"") + 5;
            int key = Integer.parseInt(value.substring(from, from + KEY_DIGITS));
            assertThat(value).endsWith(PADDING + "\",\"n\":" + ++counts[key] + "}");
        });
        return counts;
    }

    @Test
    void countsEveryKeyAcrossAKill() throws Exception {
        int keys = 220_000;
        String sql = """
                CREATE STREAM events (k STRING, ts BIGINT) WITH ('topic' = 'events', 'format' = 'json');
                CREATE TABLE counted AS SELECT k, COUNT(*) AS n FROM events GROUP BY k EMIT CHANGES
                  WITH ('counted.topic' = 'counted', 'counted.format' = 'json');
                """;
        try (LocalKafka kafka = LocalKafka.builder().start()) {
            kafka.createTopic("events", 1);
            Topics topics = new Topics(kafka.bootstrapServers());
            topics.produce("events", IntStream.range(0, keys).mapToObj(key -> event(key, key)));
            topics.produce("events", IntStream.range(0, keys / 10).mapToObj(key -> event(key * 10, key)));
            try (EngineProcess engine = EngineProcess.start(folder, kafka.bootstrapServers())) {
                submit(engine, sql);
                awaitSpilled(engine);
                saidSo(engine);
                engine.kill();
            }

            topics.produce("events", IntStream.range(0, keys / 10).mapToObj(key -> event(key * 10 + 5, key)));
            try (EngineProcess engine = EngineProcess.start(folder, kafka.bootstrapServers())) {
                submit(engine, sql);

                await().atMost(LONG).pollInterval(Duration.ofSeconds(3)).untilAsserted(() -> {
                    assertThat(engine.isAlive()).as("alive").isTrue();
                    assertThat(engine.metric("velo_streams_backlog_size{topic=\"events\"}"))
                            .isZero();
                    assertThat(IntStream.of(counts(topics, keys)).sum()).isEqualTo(keys + keys / 5);
                });
                saidSo(engine);
            }
            int[] counts = counts(topics, keys);
            for (int key = 0; key < keys; key++) {
                assertThat(counts[key]).as("key %d", key).isEqualTo(key % 5 == 0 ? 2 : 1);
            }
        }
    }

    @Test
    void closesAWindowThatIsLargerThanMemory() throws Exception {
        int keys = 120_000;
        String sql = """
                CREATE STREAM events (k STRING, ts BIGINT)
                  WITH ('topic' = 'events', 'format' = 'json', 'event.time.field' = 'ts');
                CREATE TABLE counted AS SELECT k, COUNT(*) AS n FROM events
                  GROUP BY k WINDOW TUMBLING(1h) EMIT FINAL
                  WITH ('counted.topic' = 'counted', 'counted.format' = 'json');
                """;
        try (LocalKafka kafka = LocalKafka.builder().start()) {
            kafka.createTopic("events", 1);
            Topics topics = new Topics(kafka.bootstrapServers());
            topics.produce("events", IntStream.range(0, keys).mapToObj(key -> event(key, HOUR + key)));
            try (EngineProcess engine = EngineProcess.start(folder, kafka.bootstrapServers())) {
                submit(engine, sql);
                awaitSpilled(engine);
                topics.produce("events", Stream.of(event(keys - 1, 3 * HOUR)));

                await().atMost(LONG).pollInterval(Duration.ofSeconds(3)).untilAsserted(() -> {
                    assertThat(engine.isAlive()).as("alive").isTrue();
                    assertThat(counts(topics, keys)).containsOnly(1);
                });
                saidSo(engine);
            }
        }
    }
}
