package io.velostream.cli.dlq;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.velostream.engine.job.JobDocument;
import io.velostream.engine.job.JobDocument.DeliveryGuarantee;
import io.velostream.engine.job.JobDocument.DesiredState;
import io.velostream.engine.job.JobDocument.ErrorHandling;
import io.velostream.engine.job.JobDocument.ErrorStrategy;
import io.velostream.engine.job.JobDocument.StartFrom;
import io.velostream.engine.job.JobDocument.StartType;
import io.velostream.engine.job.JobDocument.TopicDefaults;
import io.velostream.engine.job.JobDocument.Watermark;
import io.velostream.engine.job.PodSettings;
import io.velostream.engine.job.StreamsJobRegistry;
import io.velostream.engine.plan.SqlCompiler;
import io.velostream.engine.runtime.operator.StageCompiler;
import io.velostream.local.kafka.LocalKafka;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The commands against a real broker and the letters of a real job. */
class DlqCommandKafkaTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static LocalKafka kafka;

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void startBroker() {
        kafka = LocalKafka.builder().start();
    }

    @AfterAll
    static void stopBroker() {
        kafka.close();
    }

    @Test
    void aMalformedRecordIsListedRepairedAndReplayedAndItsRowComesOut() throws IOException {
        kafka.createTopic("orders", 2);
        send("orders", 1, "{\"id\":1,\"amount\":5}");
        send("orders", 1, "{\"id\":2,\"amount\":");
        send("orders", 1, "{\"id\":3,\"amount\":7}");
        try (StreamsJobRegistry pod = pod()) {
            pod.apply(job("orders-job", """
                    CREATE STREAM orders (id BIGINT, amount DOUBLE) WITH ('topic' = 'orders', 'format' = 'json');
                    CREATE STREAM paid AS SELECT id, amount FROM orders
                      WITH ('paid.topic' = 'paid', 'paid.format' = 'json');
                    """));
            await().atMost(Duration.ofSeconds(90)).untilAsserted(() -> {
                assertThat(ids("paid")).containsExactly(1L, 3L);
                assertThat(read("velostream.shop.orders-job.dlq")).hasSize(1);
            });

            JsonNode listed = JSON.readTree(ran(0, "list", "orders-job", "--format", "json"));
            String id = listed.path("id").asText();
            String table = ran(0, "list", "shop/orders-job", "--error", "MALFORMED", "--since", "1h");
            String none = ran(0, "list", "orders-job", "--query", "other");
            JsonNode whole = JSON.readTree(ran(0, "show", "orders-job", id, "--format", "json"));
            byte[] raw = raw("show", "orders-job", id, "--raw", "value");
            Path repaired = Files.writeString(folder.resolve("v.json"), new String(raw, UTF_8) + "6}");
            String dry = ran(0, "replay", "orders-job", id, "--value-file", repaired.toString(), "--dry-run");
            assertThat(ids("paid")).containsExactly(1L, 3L);
            String replayed = ran(0, "replay", "orders-job", id, "--value-file", repaired.toString());
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(ids("paid")).containsExactly(1L, 3L, 2L));
            String second = ran(0, "replay", "orders-job", "--all");
            String after = ran(0, "list", "orders-job", "--format", "json");

            assertThat(listed.path("topic").asText()).isEqualTo("orders");
            assertThat(listed.path("partition").asInt()).isEqualTo(1);
            assertThat(listed.path("offset").asLong()).isEqualTo(1);
            assertThat(listed.path("query").asText()).isEqualTo("paid");
            assertThat(table).contains("orders-1@1", "MALFORMED_JSON");
            assertThat(none).isEmpty();
            assertThat(whole.path("key").asText()).isEqualTo("k");
            assertThat(whole.path("value").asText()).isEqualTo("{\"id\":2,\"amount\":");
            assertThat(whole.path("timestamp").asLong()).isEqualTo(1_000);
            assertThat(whole.at("/headers/0/key").asText()).isEqualTo("trace");
            assertThat(dry).contains("would go to orders-1", "1 would be replayed");
            assertThat(replayed).contains("went to orders-1@3", "1 replayed");
            assertThat(second).contains("was replayed at", "0 replayed, 1 had been replayed before");
            assertThat(JSON.readTree(after).path("replayed_to").asText()).isEqualTo("orders");
            List<ConsumerRecord<byte[], byte[]>> source = read("orders");
            assertThat(source).hasSize(4);
            assertThat(source.getLast()).satisfies(record -> {
                assertThat(record.partition()).isEqualTo(1);
                assertThat(record.timestamp()).isEqualTo(1_000);
                assertThat(new String(record.key(), UTF_8)).isEqualTo("k");
                assertThat(Stream.of(record.headers().toArray()).map(Header::key))
                        .containsExactly("trace");
            });
        }
    }

    @Test
    void aRecordThatIsTooLargeForALetterIsReplayedFromItsSource() throws IOException {
        String broken = "{\"note\":\"" + "x".repeat(1_048_300);
        kafka.createTopic("notes", 1);
        send("notes", 0, broken);
        send("notes", 0, "{\"note\":\"short\"}");
        try (StreamsJobRegistry pod = pod()) {
            pod.apply(job("notes-job", """
                    CREATE STREAM notes (note STRING) WITH ('topic' = 'notes', 'format' = 'json');
                    CREATE STREAM kept AS SELECT note FROM notes WITH ('kept.topic' = 'kept', 'kept.format' = 'json');
                    """));
            await().atMost(Duration.ofSeconds(90)).untilAsserted(() -> {
                assertThat(read("kept")).hasSize(1);
                assertThat(read("velostream.shop.notes-job.dlq")).hasSize(1);
            });
            kafka.createTopic("elsewhere", 1);

            JsonNode listed = JSON.readTree(ran(0, "list", "notes-job", "--format", "json"));
            String id = listed.path("id").asText();
            JsonNode whole = JSON.readTree(ran(0, "show", "notes-job", id, "--format", "json"));
            ran(0, "replay", "notes-job", id, "--to", "elsewhere");

            assertThat(whole.at("/omitted/0").asText()).isEqualTo("value");
            assertThat(read("elsewhere"))
                    .singleElement()
                    .satisfies(record ->
                            assertThat(new String(record.value(), UTF_8)).isEqualTo(broken));
        }
    }

    @Test
    void replaysNothingWhenOneLetterCannotBe() {
        kafka.createTopic("foreign.dlq", 1);
        kafka.createTopic("target", 1);
        send("foreign.dlq", 0, "a letter that somebody else wrote");

        String refused = ran(1, "replay", "foreign.dlq", "--all");
        String unknown = ran(1, "replay", "foreign.dlq", "0:7", "--to", "target");
        String missing = ran(1, "replay", "foreign.dlq", "--all", "--to", "no-such-topic");
        String nobody = ran(1, "list", "no-such-job");
        String vague = ran(2, "replay", "foreign.dlq");
        String wrongId = ran(2, "show", "foreign.dlq", "seven");

        assertThat(refused).contains("does not say where it came from; give --to TOPIC");
        assertThat(unknown).contains("There is no letter 0:7");
        assertThat(missing).contains("There is no topic no-such-topic");
        assertThat(nobody).contains("no job of that name").contains("foreign.dlq");
        assertThat(vague).contains("--all");
        assertThat(wrongId).contains("partition:offset");
        assertThat(read("target")).isEmpty();

        ran(0, "replay", "foreign.dlq", "--all", "--to", "target");
        ran(0, "replay", "foreign.dlq", "--all", "--to", "target");
        assertThat(read("target")).hasSize(1);
        ran(0, "replay", "foreign.dlq", "--all", "--to", "target", "--again");
        assertThat(read("target")).hasSize(2);
    }

    private String ran(int expected, String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--bootstrap-servers", kafka.bootstrapServers()));
        int code = new CommandLine(new DlqCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((failure, line, parsed) -> {
                    line.getErr().println(failure.getMessage());
                    return 1;
                })
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(all.toArray(String[]::new));
        assertThat(code).as("%s: %s%s", all, out, err).isEqualTo(expected);
        return expected == 0 ? out.toString() : err.toString();
    }

    private byte[] raw(String... arguments) {
        PrintStream console = System.out;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.setOut(new PrintStream(bytes, true));
        try {
            ran(0, arguments);
        } finally {
            System.setOut(console);
        }
        return bytes.toByteArray();
    }

    private StreamsJobRegistry pod() {
        return new StreamsJobRegistry(
                new PodSettings(
                        "pod-0",
                        0,
                        folder.resolve("state"),
                        1,
                        true,
                        Map.of("bootstrap.servers", kafka.bootstrapServers()),
                        Map.of(),
                        Map.of()),
                new SqlCompiler()::compile,
                new StageCompiler()::compile);
    }

    private static JobDocument job(String name, String sql) {
        return new JobDocument(
                "shop",
                name,
                "uid-" + name,
                1,
                1,
                sql,
                Map.of(),
                "velostream.shop." + name,
                1,
                DesiredState.RUNNING,
                1,
                List.of(),
                Optional.of(1),
                0,
                DeliveryGuarantee.EXACTLY_ONCE,
                new StartFrom(StartType.EARLIEST, Optional.empty()),
                new ErrorHandling(ErrorStrategy.DEAD_LETTER, Optional.empty()),
                new Watermark(0, 10_000),
                new TopicDefaults(true, 1, 1, Map.of()),
                Optional.empty());
    }

    private static void send(String topic, int partition, String value) {
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", kafka.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(
                    topic,
                    partition,
                    1_000L,
                    "k".getBytes(UTF_8),
                    value.getBytes(UTF_8),
                    List.of(new RecordHeader("trace", "t1".getBytes(UTF_8)))));
        }
    }

    private static List<Long> ids(String topic) throws IOException {
        List<Long> ids = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : read(topic)) {
            ids.add(JSON.readTree(record.value()).path("id").asLong());
        }
        return ids;
    }

    /** Every committed record of a topic. */
    private static List<ConsumerRecord<byte[], byte[]>> read(String topic) {
        try (var consumer = new KafkaConsumer<>(
                Map.<String, Object>of(
                        "bootstrap.servers",
                        kafka.bootstrapServers(),
                        "isolation.level",
                        "read_committed",
                        "allow.auto.create.topics",
                        false),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.listTopics().getOrDefault(topic, List.of()).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(200)).forEach(found::add);
            }
            return found;
        }
    }
}
