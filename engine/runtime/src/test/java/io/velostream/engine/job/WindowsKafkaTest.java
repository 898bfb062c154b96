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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A topic of twelve partitions is read back, so that some are hours ahead of others, and one of them is silent: windows
 * close nevertheless, none too early, and no record is late. The work moves from one pod to another in the middle.
 */
class WindowsKafkaTest {

    private static final int PARTITIONS = 12;
    private static final int SPEAKING = 11;
    private static final int ACCOUNTS = 40;
    private static final int CLICKS = 6_000;
    private static final long STEP = 4_000;
    private static final long START = 1_700_002_800_000L;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SQL = """
            CREATE STREAM clicks (account STRING, n BIGINT, ts TIMESTAMP)
            WITH ('topic' = 'clicks', 'event.time.field' = 'ts', 'watermark.idle_timeout' = '5s',
                  'auto.offset.reset' = 'earliest');

            CREATE TABLE hours AS
            SELECT account, _window_start AS ws, COUNT(*) AS c FROM clicks GROUP BY account WINDOW SLIDING(2h, 1h)
            EMIT FINAL WITH ('hours.topic' = 'hours');

            CREATE TABLE visits AS
            SELECT account, _window_start AS ws, COUNT(*) AS c FROM clicks GROUP BY account WINDOW SESSION(5m)
            EMIT FINAL WITH ('visits.topic' = 'visits');

            CREATE STREAM steps AS
            SELECT account, n, COUNT(*) OVER (PARTITION BY account) AS c,
              COUNT(*) OVER (ROWS WINDOW BUFFER 3 ROWS PARTITION BY account EXPIRE AFTER NEVER) AS b
            FROM clicks EMIT CHANGES WITH ('steps.topic' = 'steps');
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
    void nothingIsLostAndASilentPartitionHoldsNothingBack() {
        kafka.createTopic("clicks", PARTITIONS);
        produce();
        try (var first = JobTestBed.sqlPod(kafka, 0, state);
                var second = JobTestBed.sqlPod(kafka, 1, state)) {
            first.apply(job(1).replicas(1).parallelism(2).build());
            await().atMost(60, TimeUnit.SECONDS)
                    .until(() -> first.status("clicks").orElseThrow().state() == JobState.RUNNING);
            first.apply(job(2).replicas(2).drainedOrdinals(0).parallelism(2).build());
            second.apply(job(2).replicas(2).drainedOrdinals(0).parallelism(2).build());

            assertThat(counts("hours")).isEqualTo(expectedHours());
            assertThat(counts("visits")).isEqualTo(expectedVisits());
            assertEachStepIsThereOnce(rows("steps", CLICKS + SPEAKING));
        }
    }

    private static TestDocuments job(long sequence) {
        return TestDocuments.job("clicks").sql(SQL).sequence(sequence);
    }

    /** Half of all clicks are in the first partition, so the others are read long before it. */
    private static int partition(int click) {
        return click % 2 == 0 ? 0 : 1 + click / 2 % (SPEAKING - 1);
    }

    private static String account(int click) {
        return "a" + click % ACCOUNTS;
    }

    /** Every account clicks for ten rounds and then rests for as long. */
    private static boolean isResting(int click) {
        return click / ACCOUNTS / 10 % 2 == 1;
    }

    private static long time(int click) {
        return START + click * STEP;
    }

    private static void produce() {
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", kafka.bootstrapServers(), "linger.ms", 5),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (int click = 0; click < CLICKS; click++) {
                String account = isResting(click) ? "resting" : account(click);
                send(producer, partition(click), account, click, time(click));
            }
            for (int partition = 0; partition < SPEAKING; partition++) {
                send(producer, partition, "closing", CLICKS, time(CLICKS) + 100 * 3_600_000L);
            }
        }
    }

    private static void send(
            KafkaProducer<byte[], byte[]> producer, int partition, String account, int number, long eventTime) {
        String json = "{\"account\":\"%s\",\"n\":%d,\"ts\":%d}".formatted(account, number, eventTime);
        producer.send(new ProducerRecord<>("clicks", partition, START, null, json.getBytes(StandardCharsets.UTF_8)));
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

    private static Map<String, Long> counts(String topic) {
        int expected = (topic.equals("hours") ? expectedHours() : expectedVisits()).size();
        Map<String, Long> found = new HashMap<>();
        for (JsonNode row : rows(topic, expected)) {
            String window = row.get("account").asText() + "@" + row.get("ws").asLong();
            assertThat(found.put(window, row.get("c").asLong()))
                    .as("a second row for %s", window)
                    .isNull();
        }
        return found;
    }

    private static Map<String, Long> expectedHours() {
        Map<String, Long> expected = new HashMap<>();
        for (int click = 0; click < CLICKS; click++) {
            String account = isResting(click) ? "resting" : account(click);
            long last = time(click) / 3_600_000 * 3_600_000;
            expected.merge(account + "@" + last, 1L, Long::sum);
            expected.merge(account + "@" + (last - 3_600_000), 1L, Long::sum);
        }
        return expected;
    }

    private static Map<String, Long> expectedVisits() {
        Map<String, List<Long>> moments = new HashMap<>();
        for (int click = 0; click < CLICKS; click++) {
            String account = isResting(click) ? "resting" : account(click);
            moments.computeIfAbsent(account, key -> new ArrayList<>()).add(time(click));
        }
        Map<String, Long> expected = new HashMap<>();
        moments.forEach((account, times) -> {
            long first = times.getFirst();
            long last = first;
            for (long time : times) {
                first = time - last > 300_000 ? time : first;
                expected.merge(account + "@" + first, 1L, Long::sum);
                last = time;
            }
        });
        return expected;
    }

    private static void assertEachStepIsThereOnce(List<JsonNode> rows) {
        Map<String, List<Long>> counts = new HashMap<>();
        Set<Integer> numbers = new HashSet<>();
        for (JsonNode row : rows) {
            long count = row.get("c").asLong();
            counts.computeIfAbsent(row.get("account").asText(), key -> new ArrayList<>())
                    .add(count);
            assertThat(row.get("b").asLong()).isEqualTo(Math.min(3, count));
            numbers.add(row.get("n").asInt());
        }
        assertThat(numbers).hasSize(CLICKS + 1);
        counts.forEach((account, found) -> assertThat(found)
                .as("counts of %s", account)
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.rangeClosed(1, found.size()).boxed().toList()));
    }
}
