package io.velostream.engine.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.velostream.engine.job.JobStatus.JobState;
import io.velostream.local.kafka.LocalKafka;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** INSERT INTO … VALUES on a real broker: once, whatever restarts and however many pods try. */
class InsertedRowsKafkaTest {

    private static final int PARTITIONS = 3;

    private static LocalKafka kafka;

    @TempDir
    Path state;

    @BeforeAll
    static void startBroker() {
        kafka = LocalKafka.builder().start();
    }

    @AfterAll
    static void stopBroker() {
        kafka.close();
    }

    private static String sql(String values) {
        return """
            CREATE STREAM items (id BIGINT, name STRING) WITH ('topic' = 'items', 'format' = 'json');
            CREATE STREAM copies AS SELECT id, name FROM items
            WITH ('copies.topic' = 'copies', 'copies.format' = 'json', 'items.auto.offset.reset' = 'earliest');
            INSERT INTO items VALUES %s;
            """.formatted(values);
    }

    private static List<String> values(String topic, int expected) {
        return JobTestBed.read(kafka, topic, PARTITIONS, expected).stream()
                .map(row -> JobTestBed.text(row.value()))
                .toList();
    }

    @Test
    void rowsAreWrittenOnceByTwoPodsAndOverARestart() {
        String before = sql("(1, 'a'), (2, 'b')");
        try (var pod = JobTestBed.sqlPod(kafka, 0, state);
                var other = JobTestBed.sqlPod(kafka, 1, state)) {
            pod.apply(TestDocuments.job("seed").sql(before).parallelism(2).build());
            other.apply(TestDocuments.job("seed").sql(before).parallelism(2).build());

            assertThat(values("copies", 2))
                    .containsExactlyInAnyOrder("{\"id\":1,\"name\":\"a\"}", "{\"id\":2,\"name\":\"b\"}");
        }
        try (var pod = JobTestBed.sqlPod(kafka, 0, state)) {
            pod.apply(TestDocuments.job("seed")
                    .sql(sql("(1, 'a'), (3, 'c')"))
                    .sequence(2)
                    .parallelism(2)
                    .build());

            assertThat(values("items", 4))
                    .containsExactlyInAnyOrder(
                            "{\"id\":1,\"name\":\"a\"}",
                            "{\"id\":2,\"name\":\"b\"}",
                            "{\"id\":1,\"name\":\"a\"}",
                            "{\"id\":3,\"name\":\"c\"}");
        }
    }

    @Test
    void aTextOfRowsAloneIsARunningJob() {
        String sql = """
            CREATE STREAM alone (id BIGINT) WITH ('topic' = 'alone', 'format' = 'json');
            INSERT INTO alone VALUES (1);
            """;
        try (var pod = JobTestBed.sqlPod(kafka, 0, state)) {
            pod.apply(TestDocuments.job("rows").sql(sql).build());

            await().atMost(Duration.ofSeconds(60))
                    .until(() -> pod.status("rows").orElseThrow().state() == JobState.RUNNING);
            assertThat(values("alone", 1)).containsExactly("{\"id\":1}");
        }
    }
}
