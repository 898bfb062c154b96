package io.velostream.engine.job;

import static io.velostream.engine.job.JobTestBed.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.velostream.local.kafka.LocalKafka;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A source's clock may be ahead of the broker's, which refuses records of more than an hour ahead by default. */
class FutureEventTimeKafkaTest {

    private static final Instant TOMORROW =
            Instant.ofEpochMilli(Instant.now().toEpochMilli() / 60_000 * 60_000).plus(Duration.ofDays(1));
    private static final String SQL = """
            CREATE STREAM clicks (id BIGINT, page STRING, ts TIMESTAMP)
            WITH ('topic' = 'clicks', 'format' = 'json', 'event.time.field' = 'ts');

            CREATE STREAM homes AS SELECT id FROM clicks WHERE page = 'home'
            WITH ('homes.topic' = 'homes', 'homes.format' = 'json');

            CREATE TABLE visits AS
            SELECT page, COUNT(*) AS n FROM clicks GROUP BY page WINDOW TUMBLING(1m) EMIT FINAL
            WITH ('visits.topic' = 'visits', 'visits.format' = 'json');
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
    void recordsFromTomorrowStopNoQuery() {
        kafka.createTopic("clicks", 1);
        send(1, "home", TOMORROW);
        send(2, "home", TOMORROW.plusSeconds(10));
        send(3, "cart", TOMORROW.plusSeconds(20));
        send(4, "end", TOMORROW.plusSeconds(120));

        try (var pod = JobTestBed.sqlPod(kafka, 0, state)) {
            pod.apply(TestDocuments.job("clicks")
                    .sql(SQL)
                    .sequence(1)
                    .replicas(1)
                    .parallelism(1)
                    .build());

            assertThat(rows("homes", 2)).containsExactly("{\"id\":1}", "{\"id\":2}");
            assertThat(rows("visits", 2))
                    .containsExactlyInAnyOrder("{\"page\":\"home\",\"n\":2}", "{\"page\":\"cart\",\"n\":1}");
        }
    }

    private static List<String> rows(String topic, int expected) {
        return JobTestBed.read(kafka, topic, 3, expected).stream()
                .map(record -> text(record.value()))
                .toList();
    }

    private static void send(int id, String page, Instant at) {
        String json = "{\"id\":%d,\"page\":\"%s\",\"ts\":%d}".formatted(id, page, at.toEpochMilli());
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", kafka.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>("clicks", json.getBytes(StandardCharsets.UTF_8)));
        }
    }
}
