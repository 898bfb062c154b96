package io.velostream.engine.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.velostream.engine.admin.Api.Answer;
import io.velostream.engine.admin.JobFiles;
import io.velostream.engine.job.JobDocument;
import io.velostream.engine.job.JobJson;
import io.velostream.engine.job.TestDocuments;
import io.velostream.engine.process.EngineProcess.Output;
import io.velostream.local.kafka.LocalKafka;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged engine as a pod runs it: real process, real broker, real files. */
class EngineProcessTest {

    /** Held, since the log manager forgets the level of a logger that nobody refers to. */
    private static final List<Logger> QUIET = Stream.of("org.apache.kafka", "kafka", "state.change.logger")
            .map(Logger::getLogger)
            .peek(logger -> logger.setLevel(Level.SEVERE))
            .toList();

    private static final Duration SOON = Duration.ofMinutes(2);
    private static final String SQL = """
            CREATE STREAM orders (id BIGINT, amount DOUBLE) WITH ('topic' = 'orders', 'format' = 'json');
            CREATE STREAM large AS SELECT id FROM orders WHERE amount >= 100
              WITH ('large.topic' = 'large', 'large.format' = 'json');
            """;

    @TempDir
    Path folder;

    private static JobDocument document(long sequence) {
        return TestDocuments.job("sales").sequence(sequence).sql(SQL).build();
    }

    private static String json(JobDocument document) {
        return new String(JobJson.writeDocument(document), StandardCharsets.UTF_8);
    }

    private static String[] largeIds(long to) {
        return LongStream.range(100, to).mapToObj(id -> "{\"id\":" + id + "}").toArray(String[]::new);
    }

    private static void awaitReady(EngineProcess engine) {
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(engine.anybody().get("/ready").status()).isEqualTo(200));
    }

    private static void awaitState(EngineProcess engine, String state) {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(engine.admin()
                                .get("/admin/jobs/sales")
                                .json()
                                .path("state")
                                .asText())
                        .isEqualTo(state));
    }

    @Test
    void seesRecordsThroughDrainRestartAndTermination() throws Exception {
        try (LocalKafka kafka = LocalKafka.builder().start()) {
            kafka.createTopic("orders", 3);
            Topics topics = new Topics(kafka.bootstrapServers());
            topics.produceOrders(0, 1000);
            topics.produce(List.of("{broken"));

            try (EngineProcess engine = EngineProcess.start(folder, kafka.bootstrapServers())) {
                awaitReady(engine);

                Answer put = engine.admin().put("/admin/jobs/sales", json(document(1)));
                assertThat(put.status()).as(put.body()).isEqualTo(200);
                awaitState(engine, "RUNNING");
                await().atMost(SOON)
                        .untilAsserted(
                                () -> assertThat(topics.values("large")).containsExactlyInAnyOrder(largeIds(1000)));
                await().atMost(SOON).untilAsserted(() -> {
                    assertThat(engine.metric("velo_streams_records_processed_total{source=\"kafka\"}"))
                            .isEqualTo(1001);
                    assertThat(engine.metric("velo_streams_records_failed_total{source=\"kafka\"}"))
                            .isEqualTo(1);
                    assertThat(engine.metric("velo_streams_query_results_produced_total"))
                            .isEqualTo(900);
                });

                Answer drained = engine.admin().post("/admin/processing/drain?timeout=1m");
                assertThat(drained.status()).as(drained.body()).isEqualTo(200);
                assertThat(drained.json().path("state").asText()).isEqualTo("drained");
                assertThat(committed(drained.json().at("/jobs/0"))).isEqualTo(1001);
                topics.produceOrders(1000, 1500);
                assertThat(engine.admin().post("/admin/processing/restart").status())
                        .isEqualTo(202);
                await().atMost(SOON)
                        .untilAsserted(
                                () -> assertThat(topics.values("large")).containsExactlyInAnyOrder(largeIds(1500)));

                assertThat(engine.terminate(Duration.ofSeconds(60))).isEqualTo(128 + 15);
                assertThat(engine.log()).allSatisfy(EngineProcessTest::isLogLine);
                assertThat(engine.log()).noneMatch(line -> line.contains(EngineProcess.TOKEN));
            }

            JobFiles.write(folder.resolve("jobs").resolve("3"), document(2));
            topics.produceOrders(1500, 1700);
            try (EngineProcess engine = EngineProcess.start(folder, kafka.bootstrapServers())) {
                await().atMost(SOON)
                        .untilAsserted(
                                () -> assertThat(topics.values("large")).containsExactlyInAnyOrder(largeIds(1700)));
                assertThat(engine.admin()
                                .get("/admin/jobs/sales")
                                .json()
                                .path("sequence")
                                .asLong())
                        .isEqualTo(2);
            }
        }
    }

    private static long committed(JsonNode job) {
        long sum = 0;
        for (JsonNode offset : job.path("offsets")) {
            sum += offset.path("offset").asLong();
        }
        return sum;
    }

    private static void isLogLine(String line) throws Exception {
        JsonNode event = JsonMapper.builder().build().readTree(line);
        assertThat(event.path("timestamp").asText()).matches("[0-9-]{10}T[0-9:]{8}\\.[0-9]{3}Z");
        assertThat(event.path("level").asText()).isIn("ERROR", "WARN", "INFO", "DEBUG", "TRACE");
        assertThat(event.has("message")).isTrue();
    }

    @Test
    void waitsForKafkaAndRecoversByItself() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        try (EngineProcess engine = EngineProcess.start(folder, "127.0.0.1:" + port)) {
            assertThat(engine.anybody().get("/ready?scope=pod").status()).isEqualTo(200);
            Answer ready = engine.anybody().get("/ready");
            assertThat(ready.status()).isEqualTo(503);
            assertThat(ready.json().at("/checks/kafka").asBoolean()).isFalse();
            assertThat(engine.admin()
                            .put("/admin/jobs/sales", json(document(1)))
                            .status())
                    .isEqualTo(200);
            awaitState(engine, "WAITING");

            try (LocalKafka kafka = LocalKafka.builder().port(port).start()) {
                kafka.createTopic("orders", 3);
                Topics topics = new Topics(kafka.bootstrapServers());
                topics.produceOrders(0, 300);

                awaitReady(engine);
                await().atMost(SOON)
                        .untilAsserted(
                                () -> assertThat(topics.values("large")).containsExactlyInAnyOrder(largeIds(300)));
            }

            await().atMost(SOON)
                    .untilAsserted(() ->
                            assertThat(engine.anybody().get("/ready").status()).isEqualTo(503));
            assertThat(engine.anybody().get("/health").status()).isEqualTo(200);
        }
    }

    @Test
    void startsWithoutANameForKafka() throws Exception {
        try (EngineProcess engine = EngineProcess.start(folder, "kafka.invalid:9092")) {
            assertThat(engine.anybody().get("/ready?scope=pod").status()).isEqualTo(200);
            assertThat(engine.anybody().get("/ready").status()).isEqualTo(503);
            assertThat(engine.admin()
                            .put("/admin/jobs/sales", json(document(1)))
                            .status())
                    .isEqualTo(200);

            awaitState(engine, "WAITING");
        }
    }

    @Test
    void answersAtOnceWithoutAServer() throws Exception {
        Path good = Files.writeString(folder.resolve("good.yaml"), "kafka: {bootstrap_servers: 'k:9092'}\n");
        Path bad = Files.writeString(folder.resolve("bad.yaml"), "kafka:\n  bootstrap_servers: k\nprocesing: {}\n");

        Output version = EngineProcess.run(folder, "--version");
        Output valid = EngineProcess.run(folder, "--config-check", good.toString());
        Output refused = EngineProcess.run(folder, "--config-check", bad.toString());
        Output started = EngineProcess.run(folder, "--config", bad.toString());
        Output nothing = EngineProcess.run(folder);

        assertThat(version.exitCode()).isZero();
        assertThat(version.out()).matches("[0-9]+\\.[0-9]+\\.[0-9]+(-[A-Za-z0-9.]+)?\n");
        assertThat(valid.exitCode()).isZero();
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err().lines())
                .containsExactly(
                        bad
                                + ":2: kafka.bootstrap_servers: \"k\" is not allowed, allowed: host:port, several joined by commas",
                        bad + ":3: procesing: is not a key of this file; did you mean `processing`?");
        assertThat(started).isEqualTo(new Output(1, "", refused.err()));
        assertThat(nothing.exitCode()).isEqualTo(2);
        assertThat(nothing.err()).contains("--config FILE").contains("VELO_CONFIG");
    }
}
