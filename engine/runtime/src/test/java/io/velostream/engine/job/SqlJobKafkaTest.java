package io.velostream.engine.job;

import static io.velostream.engine.job.JobTestBed.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.velostream.engine.job.JobStatus.JobState;
import io.velostream.local.kafka.LocalKafka;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Text of SQL to rows in Kafka, through every layer, on two pods that come and go. */
class SqlJobKafkaTest {

    private static final int PARTITIONS = 12;
    private static final int ACCOUNTS = 100;
    private static final long START = 1_700_002_800_000L;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SQL = """
            CREATE STREAM payments (id BIGINT, account STRING, cents BIGINT, ts TIMESTAMP)
            WITH ('topic' = 'payments', 'format' = 'json', 'event.time.field' = 'ts',
                  'watermark.max_out_of_orderness' = '1s');

            CREATE STREAM large AS SELECT id, cents FROM payments WHERE cents >= 500 EMIT CHANGES
            WITH ('large.topic' = 'large', 'large.format' = 'json');

            CREATE TABLE counts AS
            SELECT account, COUNT(*) AS n FROM payments GROUP BY account EMIT CHANGES
            WITH ('counts.topic' = 'counts', 'counts.format' = 'json');

            CREATE TABLE minutes AS
            SELECT account, _window_start AS minute, COUNT(*) AS n FROM payments
            GROUP BY account WINDOW TUMBLING(1m) EMIT FINAL
            WITH ('minutes.topic' = 'minutes', 'minutes.format' = 'json');
            """;

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

    @Test
    void everyRowIsThereOnceWhilePodsComeAndGo() {
        kafka.createTopic("payments", PARTITIONS);
        try (var first = JobTestBed.sqlPod(kafka, 0, state);
                var second = JobTestBed.sqlPod(kafka, 1, state)) {
            var applied = first.apply(job(1).replicas(1).parallelism(2).build());
            assertThat(applied).isInstanceOf(JobRegistry.Applied.Accepted.class);
            pay(0, 3_000);
            await().atMost(60, TimeUnit.SECONDS)
                    .until(() -> first.status("payments").orElseThrow().state() == JobState.RUNNING);
            first.apply(job(2).replicas(2).parallelism(4).build());
            second.apply(job(2).replicas(2).parallelism(4).build());
            pay(3_000, 6_000);
            await().atMost(60, TimeUnit.SECONDS)
                    .until(() -> second.status("payments").orElseThrow().units().stream()
                            .anyMatch(unit -> !unit.tasks().isEmpty()));
            first.apply(job(3).replicas(2).drainedOrdinals(0).parallelism(2).build());
            second.apply(job(3).replicas(2).drainedOrdinals(0).parallelism(2).build());
            pay(6_000, 9_000);
            close(9_000);

            List<JsonNode> large = rows("large", 4_500);
            assertThat(large.stream().map(row -> row.get("id").asInt()))
                    .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 9_000)
                            .filter(id -> id % 1_000 >= 500)
                            .boxed()
                            .toList());
            assertEachAccountCountsUp(rows("counts", 9_000 + PARTITIONS));
            assertEachMinuteIsRight(rows("minutes", expectedMinutes().size()));
            await().atMost(30, TimeUnit.SECONDS)
                    .until(() -> first.status("payments").orElseThrow().state() == JobState.DRAINED);
        }
    }

    @Test
    void buriesARecordWhoseRowTheBrokerWouldNotTakeAndGoesOn() {
        kafka.createTopic("notes", 1);
        kafka.createTopic("doubled", 1);
        String sql = """
                CREATE STREAM notes (id BIGINT, note STRING) WITH ('topic' = 'notes', 'format' = 'json');
                CREATE STREAM doubled AS SELECT id, CONCAT(note, note) AS note FROM notes EMIT CHANGES
                WITH ('doubled.topic' = 'doubled', 'doubled.format' = 'json');
                """;
        try (var pod = JobTestBed.sqlPod(kafka, 0, state)) {
            pod.apply(TestDocuments.job("notes").sql(sql).build());

            note(1, 10);
            note(2, 700_000);
            note(3, 400_000);
            note(4, 10);

            assertThat(JobTestBed.read(kafka, "doubled", 1, 3).stream()
                            .map(row -> json(text(row.value())).get("id").asInt()))
                    .containsExactly(1, 3, 4);
            var letters = JobTestBed.read(kafka, "velostream.shop.notes.dlq", 3, 1);
            assertThat(letters).hasSize(1);
            assertThat(json(text(letters.getFirst().value())).get("id").asInt()).isEqualTo(2);
            assertThat(letters.getFirst().headers())
                    .anySatisfy(header -> assertThat(text(header.value())).isEqualTo("ROW_TOO_LARGE"));
            assertThat(pod.status("notes").orElseThrow().units().getFirst().rebuilds())
                    .isZero();
        }
    }

    private static void note(int id, int length) {
        String json = "{\"id\":%d,\"note\":\"%s\"}".formatted(id, "x".repeat(length));
        try (var producer = producer()) {
            producer.send(new ProducerRecord<>("notes", json.getBytes(StandardCharsets.UTF_8)));
        }
    }

    private static TestDocuments job(long sequence) {
        return TestDocuments.job("payments").sql(SQL).sequence(sequence);
    }

    private static void pay(int from, int to) {
        try (var producer = producer()) {
            for (int id = from; id < to; id++) {
                long eventTime = START + id * 40L;
                String json = "{\"id\":%d,\"account\":\"a%d\",\"cents\":%d,\"ts\":%d}"
                        .formatted(id, id % ACCOUNTS, id % 1_000, eventTime);
                producer.send(new ProducerRecord<>(
                        "payments", id % PARTITIONS, eventTime, null, json.getBytes(StandardCharsets.UTF_8)));
            }
        }
    }

    /** Moves time on in every partition, so that every window but the last ones closes. */
    private static void close(int id) {
        long horizon = START + id * 40L + 3_600_000;
        try (var producer = producer()) {
            for (int partition = 0; partition < PARTITIONS; partition++) {
                String json = "{\"id\":-1,\"account\":\"closing\",\"cents\":0,\"ts\":%d}".formatted(horizon);
                producer.send(new ProducerRecord<>(
                        "payments", partition, horizon, null, json.getBytes(StandardCharsets.UTF_8)));
            }
        }
    }

    private static KafkaProducer<byte[], byte[]> producer() {
        return new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", kafka.bootstrapServers(), "linger.ms", 5),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    private static List<JsonNode> rows(String topic, int expected) {
        return JobTestBed.read(kafka, topic, 3, expected).stream()
                .map(record -> json(text(record.value())))
                .toList();
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void assertEachAccountCountsUp(List<JsonNode> rows) {
        Map<String, List<Long>> counts = new HashMap<>();
        rows.forEach(row -> counts.computeIfAbsent(row.get("account").asText(), key -> new ArrayList<>())
                .add(row.get("n").asLong()));
        assertThat(counts).hasSize(ACCOUNTS + 1);
        counts.forEach((account, sequence) -> assertThat(sequence)
                .as("counts of %s", account)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, sequence.size()).boxed().toList()));
    }

    private static void assertEachMinuteIsRight(List<JsonNode> rows) {
        Map<String, Long> found = new HashMap<>();
        rows.forEach(row -> assertThat(found.put(
                        row.get("account").asText() + "@" + row.get("minute").asLong(),
                        row.get("n").asLong()))
                .as("a second row for %s", row)
                .isNull());
        assertThat(found).isEqualTo(expectedMinutes());
    }

    private static Map<String, Long> expectedMinutes() {
        Map<String, Long> minutes = new HashMap<>();
        for (int id = 0; id < 9_000; id++) {
            long minute = (START + id * 40L) / 60_000 * 60_000;
            minutes.merge("a" + id % ACCOUNTS + "@" + minute, 1L, Long::sum);
        }
        return minutes;
    }
}
