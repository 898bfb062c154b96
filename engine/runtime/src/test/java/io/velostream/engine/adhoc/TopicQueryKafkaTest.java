package io.velostream.engine.adhoc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velostream.engine.adhoc.ReadEnd.Reason;
import io.velostream.engine.plan.Question;
import io.velostream.engine.plan.QuestionCompiler;
import io.velostream.engine.plan.physical.StagePlan;
import io.velostream.local.kafka.LocalKafka;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** SELECTs over the topics of a real broker. */
class TopicQueryKafkaTest {

    private static final ReadLimits ALL = new ReadLimits(10_000, Duration.ofMinutes(1), false);

    private static LocalKafka kafka;
    private static TopicQuery topics;

    @BeforeAll
    static void fill() throws ExecutionException, InterruptedException {
        kafka = LocalKafka.builder().start();
        topics = new TopicQuery(Map.of("bootstrap.servers", kafka.bootstrapServers()));
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic("orders", 3, (short) 1), new NewTopic("empty", 2, (short) 1)))
                    .all()
                    .get();
        }
        try (KafkaProducer<byte[], byte[]> producer = producer(Map.of())) {
            for (int id = 0; id < 300; id++) {
                producer.send(order(id % 3, "{\"id\":%d,\"amount\":%d}".formatted(id, id * 2)));
            }
            producer.send(order(0, "no json"));
        }
        try (KafkaProducer<byte[], byte[]> producer = producer(Map.of("transactional.id", "aborting"))) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(order(1, "{\"id\":9999,\"amount\":1}")).get();
            producer.abortTransaction();
        }
    }

    private static KafkaProducer<byte[], byte[]> producer(Map<String, Object> more) {
        Map<String, Object> options = new java.util.HashMap<>(more);
        options.put("bootstrap.servers", kafka.bootstrapServers());
        return new KafkaProducer<>(options, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static ProducerRecord<byte[], byte[]> order(int partition, String json) {
        return new ProducerRecord<>("orders", partition, null, json.getBytes(StandardCharsets.UTF_8));
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    private static List<StagePlan> stages(String sql) {
        return ((Question.Select) new QuestionCompiler("").compile(sql)).stages();
    }

    private static ReadEnd ask(String sql, ReadLimits limits, List<String> rows) throws IOException {
        return topics.run(
                stages(sql),
                limits,
                (bytes, from, length) -> rows.add(new String(bytes, from, length, StandardCharsets.UTF_8)));
    }

    @Test
    void readsEveryPartitionToItsEndAndLeavesOutWhatIsNoRecord() throws IOException {
        List<String> rows = new ArrayList<>();

        ReadEnd end = ask("SELECT id, amount + 1 AS more FROM orders WHERE id >= 290", ALL, rows);

        assertThat(rows).hasSize(10).contains("{\"id\":290,\"more\":581}", "{\"id\":299,\"more\":599}");
        assertThat(end).isEqualTo(new ReadEnd(10, 1, Reason.COMPLETE));
    }

    @Test
    void recordsOfAnAbortedTransactionAreNone() throws IOException {
        List<String> rows = new ArrayList<>();

        ask("SELECT id FROM orders WHERE id = 9999", ALL, rows);

        assertThat(rows).isEmpty();
    }

    @Test
    void stopsAtTheLimit() throws IOException {
        List<String> rows = new ArrayList<>();

        ReadEnd end = ask(
                "SELECT id FROM orders UNION ALL SELECT id FROM orders",
                new ReadLimits(5, Duration.ofMinutes(1), false),
                rows);

        assertThat(rows).hasSize(5);
        assertThat(end.reason()).isEqualTo(Reason.LIMIT);
    }

    @Test
    void anEmptyTopicIsAnEmptyAnswer() throws IOException {
        assertThat(ask("SELECT * FROM empty", ALL, new ArrayList<>())).isEqualTo(new ReadEnd(0, 0, Reason.COMPLETE));
    }

    @Test
    void waitsForNewRecordsUntilTheTimeout() throws IOException {
        ReadEnd end = ask("SELECT * FROM orders", new ReadLimits(10, Duration.ofMillis(500), true), new ArrayList<>());

        assertThat(end).isEqualTo(new ReadEnd(0, 0, Reason.TIMEOUT));
    }

    @Test
    void readsNoFurtherWhenWhoeverAskedIsGone() {
        assertThatThrownBy(() -> topics.run(stages("SELECT * FROM orders"), ALL, (bytes, from, length) -> {
                    throw new IOException("gone");
                }))
                .isInstanceOf(IOException.class)
                .hasMessage("gone");
    }

    @Test
    void namesTheNearestTopicWhereThereIsNone() {
        assertThat(topics.problem(stages("SELECT * FROM ordes")))
                .contains("There is no topic `ordes`; did you mean `orders`?");
        assertThat(topics.problem(stages("SELECT * FROM orders"))).isEmpty();
    }
}
