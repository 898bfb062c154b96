package io.velostream.engine.job;

import static io.velostream.engine.job.JobTestBed.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.velostream.local.kafka.LocalKafka;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Joins over twelve partitions, both sides sent to where their key is, with a restart of the pod in the middle. */
class JoinJobKafkaTest {

    private static final int PARTITIONS = 12;
    private static final int CUSTOMERS = 500;
    private static final long START = 1_700_002_800_000L;
    private static final ObjectMapper JSON = new ObjectMapper();

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
    void everyOrderMeetsItsCustomerThoughTheTableIsReadAtTheSameTime() {
        kafka.createTopic("orders", PARTITIONS);
        kafka.createTopic("customers", 3);
        String sql = """
                CREATE TABLE customers (cid BIGINT PRIMARY KEY, name STRING)
                WITH ('topic' = 'customers', 'format' = 'json');
                CREATE STREAM orders (id BIGINT, cid BIGINT) WITH ('topic' = 'orders', 'format' = 'json');
                CREATE STREAM named AS SELECT o.id, c.name FROM orders o JOIN customers c ON o.cid = c.cid
                WITH ('named.topic' = 'named', 'named.format' = 'json');
                CREATE STREAM known AS
                SELECT id, (SELECT COUNT(*) FROM customers) AS n FROM orders WHERE cid IN (SELECT cid FROM customers)
                WITH ('known.topic' = 'known', 'known.format' = 'json');
                """;
        // The orders are there before the table is read: none of them may be joined with nothing.
        orders(0, 3_000);
        customers();
        try (var pod = JobTestBed.sqlPod(kafka, 0, state)) {
            pod.apply(TestDocuments.job("named").sql(sql).parallelism(2).build());
            assertThat(JobTestBed.read(kafka, "named", 3, 3_000)).hasSize(3_000);
        }
        orders(3_000, 6_000);
        try (var pod = JobTestBed.sqlPod(kafka, 0, state)) {
            pod.apply(TestDocuments.job("named").sql(sql).parallelism(2).build());

            List<JsonNode> rows = rows("named", 6_000);
            assertThat(rows.stream().map(row -> row.get("id").asInt()))
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.range(0, 6_000).boxed().toList());
            assertThat(rows)
                    .allSatisfy(row -> assertThat(row.get("name").asText())
                            .isEqualTo("customer " + row.get("id").asInt() % CUSTOMERS));
            List<JsonNode> known = rows("known", 6_000);
            assertThat(known.stream().map(row -> row.get("id").asInt()))
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.range(0, 6_000).boxed().toList());
            assertThat(known).allSatisfy(row -> assertThat(row.get("n").asInt()).isEqualTo(CUSTOMERS));
        }
    }

    @Test
    void everyViewIsThereOnceWithItsClickOrAlone() {
        kafka.createTopic("views", PARTITIONS);
        kafka.createTopic("clicks", 5);
        String sql = """
                CREATE STREAM views (id BIGINT, ad STRING, ts TIMESTAMP)
                WITH ('topic' = 'views', 'format' = 'json', 'event.time.field' = 'ts',
                      'watermark.max_out_of_orderness' = '10s', 'watermark.idle_timeout' = '10m');
                CREATE STREAM clicks (id BIGINT, ad STRING, ts TIMESTAMP)
                WITH ('topic' = 'clicks', 'format' = 'json', 'event.time.field' = 'ts',
                      'watermark.max_out_of_orderness' = '10s', 'watermark.idle_timeout' = '10m');
                CREATE STREAM seen AS
                SELECT v.id AS view_id, c.id AS click FROM views v LEFT JOIN clicks c ON v.ad = c.ad AND v.id = c.id
                  WITHIN INTERVAL '1' MINUTE
                WITH ('seen.topic' = 'seen', 'seen.format' = 'json');
                """;
        send("views", PARTITIONS, 0, 3_000, 1, 0);
        send("clicks", 5, 0, 1_500, 2, 20_000);
        try (var pod = JobTestBed.sqlPod(kafka, 0, state)) {
            pod.apply(TestDocuments.job("seen").sql(sql).parallelism(2).build());
            assertThat(JobTestBed.read(kafka, "seen", 3, 1_000)).hasSizeGreaterThanOrEqualTo(750);
        }
        send("clicks", 5, 1_500, 3_000, 2, 20_000);
        send("views", PARTITIONS, 3_000, 6_000, 1, 0);
        send("clicks", 5, 3_000, 6_000, 2, 20_000);
        closing("views", PARTITIONS);
        closing("clicks", 5);
        try (var pod = JobTestBed.sqlPod(kafka, 0, state)) {
            pod.apply(TestDocuments.job("seen").sql(sql).parallelism(2).build());

            Map<Integer, Integer> times = new HashMap<>();
            for (JsonNode row : rows("seen", 6_000)) {
                int id = row.get("view_id").asInt();
                times.merge(id, 1, Integer::sum);
                assertThat(row.get("click").isNull()).as("click of view %s", id).isEqualTo(id % 2 != 0);
            }
            assertThat(times.keySet())
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.range(0, 6_000).boxed().toList());
            assertThat(times.values()).containsOnly(1);
        }
    }

    @Test
    void everyOrderMeetsItsPaymentThoughItStaysWhereItIs() {
        kafka.createTopic("placed", PARTITIONS);
        kafka.createTopic("payments", 5);
        String sql = """
                CREATE STREAM placed (id BIGINT KEY, ts TIMESTAMP)
                WITH ('topic' = 'placed', 'format' = 'json', 'key.format' = 'text', 'event.time.field' = 'ts',
                      'watermark.max_out_of_orderness' = '10s', 'watermark.idle_timeout' = '10m');
                CREATE STREAM payments (id BIGINT, ad STRING, ts TIMESTAMP)
                WITH ('topic' = 'payments', 'format' = 'json', 'event.time.field' = 'ts',
                      'watermark.max_out_of_orderness' = '10s', 'watermark.idle_timeout' = '10m');
                CREATE STREAM paid AS
                SELECT o.id AS order_id, p.ad FROM placed o JOIN payments p ON o.id = p.id WITHIN INTERVAL '1' MINUTE
                WITH ('paid.topic' = 'paid', 'paid.format' = 'json');
                """;
        placed(0, 3_000);
        send("payments", 5, 0, 1_500, 1, 20_000);
        try (var pod = JobTestBed.sqlPod(kafka, 0, state)) {
            pod.apply(TestDocuments.job("paid").sql(sql).parallelism(2).build());
            assertThat(JobTestBed.read(kafka, "paid", 3, 1_500)).hasSize(1_500);
        }
        send("payments", 5, 1_500, 3_000, 1, 20_000);
        placed(3_000, 6_000);
        send("payments", 5, 3_000, 6_000, 1, 20_000);
        try (var pod = JobTestBed.sqlPod(kafka, 0, state)) {
            pod.apply(TestDocuments.job("paid").sql(sql).parallelism(2).build());

            List<JsonNode> rows = rows("paid", 6_000);
            assertThat(rows.stream().map(row -> row.get("order_id").asInt()))
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.range(0, 6_000).boxed().toList());
            assertThat(rows)
                    .allSatisfy(row -> assertThat(row.get("ad").asText())
                            .isEqualTo("a" + row.get("order_id").asInt() % 70));
        }
    }

    @Test
    void aCustomerWhoMovesLeavesTheCountOfTheTier() {
        kafka.createTopic("members", 4);
        String sql = """
                CREATE TABLE members (cid BIGINT PRIMARY KEY, tier STRING) WITH ('topic' = 'members', 'format' = 'json');
                CREATE TABLE tiers AS SELECT tier, COUNT(*) AS n FROM members GROUP BY tier
                WITH ('tiers.topic' = 'tiers', 'tiers.format' = 'json');
                """;
        members(0, 300, "gold");
        try (var pod = JobTestBed.sqlPod(kafka, 0, state)) {
            pod.apply(TestDocuments.job("members").sql(sql).build());
            assertThat(JobTestBed.read(kafka, "tiers", 3, 300)).hasSize(300);
        }
        members(0, 100, "silver");
        try (var pod = JobTestBed.sqlPod(kafka, 0, state)) {
            pod.apply(TestDocuments.job("members").sql(sql).build());

            Map<String, Integer> last = new HashMap<>();
            rows("tiers", 500)
                    .forEach(row ->
                            last.put(row.get("tier").asText(), row.get("n").asInt()));
            assertThat(last).containsOnly(Map.entry("gold", 200), Map.entry("silver", 100));
        }
    }

    private static void orders(int from, int to) {
        try (var producer = producer()) {
            for (int id = from; id < to; id++) {
                send(
                        producer,
                        "orders",
                        id % PARTITIONS,
                        START + id,
                        null,
                        "{\"id\":%d,\"cid\":%d}".formatted(id, id % CUSTOMERS));
            }
        }
    }

    /** Orders under their number, where Kafka's own producers put them. */
    private static void placed(int from, int to) {
        try (var producer = producer()) {
            for (int id = from; id < to; id++) {
                producer.send(new ProducerRecord<>(
                        "placed",
                        null,
                        START + id * 40L,
                        bytes("" + id),
                        bytes("{\"id\":%d,\"ts\":%d}".formatted(id, START + id * 40L))));
            }
        }
    }

    private static void customers() {
        try (var producer = producer()) {
            for (int cid = 0; cid < CUSTOMERS; cid++) {
                producer.send(new ProducerRecord<>(
                        "customers",
                        null,
                        START,
                        bytes("" + cid),
                        bytes("{\"cid\":%d,\"name\":\"customer %d\"}".formatted(cid, cid))));
            }
        }
    }

    private static void members(int from, int to, String tier) {
        try (var producer = producer()) {
            for (int cid = from; cid < to; cid++) {
                producer.send(new ProducerRecord<>(
                        "members",
                        null,
                        START,
                        bytes("" + cid),
                        bytes("{\"cid\":%d,\"tier\":\"%s\"}".formatted(cid, tier))));
            }
        }
    }

    private static void send(String topic, int partitions, int from, int to, int step, long delay) {
        try (var producer = producer()) {
            for (int id = from; id < to; id += step) {
                long time = START + id * 40L + delay;
                send(
                        producer,
                        topic,
                        id % partitions,
                        time,
                        null,
                        "{\"id\":%d,\"ad\":\"a%d\",\"ts\":%d}".formatted(id, id % 70, time));
            }
        }
    }

    /** Moves time on in every partition, so that every view but these is over. */
    private static void closing(String topic, int partitions) {
        long horizon = START + 86_400_000L;
        try (var producer = producer()) {
            for (int partition = 0; partition < partitions; partition++) {
                send(producer, topic, partition, horizon, null, "{\"id\":-1,\"ad\":null,\"ts\":%d}".formatted(horizon));
            }
        }
    }

    private static void send(
            KafkaProducer<byte[], byte[]> producer, String topic, int partition, long time, byte[] key, String value) {
        producer.send(new ProducerRecord<>(topic, partition, time, key, bytes(value)));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
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
                .filter(row -> !row.has("view_id") || row.get("view_id").asInt() >= 0)
                .toList();
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
