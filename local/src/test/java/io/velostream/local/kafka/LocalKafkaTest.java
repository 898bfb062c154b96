package io.velostream.local.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalKafkaTest {
    @Test
    void showsOnlyCommittedTransactionsToAReadCommittedConsumer() {
        try (LocalKafka kafka = LocalKafka.builder().start()) {
            kafka.createTopic("orders", 3);

            try (var producer = transactionalProducer(kafka, "tx-1")) {
                producer.initTransactions();
                producer.beginTransaction();
                producer.send(new ProducerRecord<>("orders", 0, "k", "aborted"));
                producer.flush();
                producer.abortTransaction();
                producer.beginTransaction();
                producer.send(new ProducerRecord<>("orders", 0, "k", "committed"));
                producer.commitTransaction();
            }

            assertThat(readCommitted(kafka, "orders", 3, 1)).containsExactly("committed");
        }
    }

    @Test
    void keepsPortAndDataOverStopAndStart() throws Exception {
        try (LocalKafka kafka = LocalKafka.builder().start()) {
            kafka.createTopic("orders", 1);
            String address = kafka.bootstrapServers();
            write(kafka, "orders", List.of("before"));

            kafka.stop();
            assertThat(kafka.isRunning()).isFalse();
            kafka.start();

            assertThat(kafka.bootstrapServers()).isEqualTo(address);
            write(kafka, "orders", List.of("after"));
            assertThat(readCommitted(kafka, "orders", 1, 2)).containsExactly("before", "after");
        }
    }

    @Test
    void takesUpTheDataOfAnEarlierBrokerInTheSameDirectory(@TempDir Path directory) throws Exception {
        try (LocalKafka first = LocalKafka.builder().dataDirectory(directory).start()) {
            first.createTopic("orders", 2);
            write(first, "orders", List.of("kept"));
        }

        try (LocalKafka second = LocalKafka.builder().dataDirectory(directory).start()) {
            assertThat(readCommitted(second, "orders", 2, 1)).containsExactly("kept");
        }
    }

    @Test
    void deletesATemporaryDirectoryOnClose() {
        LocalKafka kafka = LocalKafka.builder().start();

        kafka.close();

        assertThat(kafka.dataDirectory()).doesNotExist();
        assertThatThrownBy(kafka::start)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("is closed");
    }

    @Test
    void createsTopicsOnlyOnRequest() {
        try (LocalKafka kafka = LocalKafka.builder().defaultPartitions(4).start()) {
            kafka.createTopic("asked-for");

            assertThatThrownBy(() -> kafka.admin()
                            .describeTopics(List.of("not-asked-for"))
                            .allTopicNames()
                            .get())
                    .hasCauseInstanceOf(UnknownTopicOrPartitionException.class);
            assertThat(kafka.admin()
                            .describeTopics(List.of("asked-for"))
                            .topicNameValues()
                            .get("asked-for"))
                    .succeedsWithin(Duration.ofSeconds(10))
                    .satisfies(topic -> assertThat(topic.partitions()).hasSize(4));
            assertThatThrownBy(() -> kafka.createTopic("asked-for"))
                    .isInstanceOf(LocalKafkaException.class)
                    .hasMessageContaining("Topic asked-for could not be created")
                    .hasMessageContaining("already exists");
        }
    }

    @Test
    void saysWhichPortIsTaken() {
        try (LocalKafka kafka = LocalKafka.builder().start()) {
            int taken = Integer.parseInt(kafka.bootstrapServers().split(":")[1]);

            assertThatThrownBy(() -> LocalKafka.builder().port(taken).start())
                    .isInstanceOf(LocalKafkaException.class)
                    .hasMessageContaining("127.0.0.1:" + taken);
        }
    }

    private static KafkaProducer<String, String> transactionalProducer(LocalKafka kafka, String id) {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers(), "transactional.id", id),
                new StringSerializer(),
                new StringSerializer());
    }

    private static void write(LocalKafka kafka, String topic, List<String> values) throws Exception {
        try (var producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                new StringSerializer(),
                new StringSerializer())) {
            for (String value : values) {
                producer.send(new ProducerRecord<>(topic, 0, "k", value)).get();
            }
        }
    }

    private static List<String> readCommitted(LocalKafka kafka, String topic, int partitions, int expected) {
        try (var consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers", kafka.bootstrapServers(),
                        "isolation.level", "read_committed",
                        "auto.offset.reset", "earliest"),
                new StringDeserializer(),
                new StringDeserializer())) {
            consumer.assign(IntStream.range(0, partitions)
                    .mapToObj(p -> new TopicPartition(topic, p))
                    .toList());
            List<String> values = new ArrayList<>();
            Instant deadline = Instant.now().plusSeconds(20);
            while (values.size() < expected && Instant.now().isBefore(deadline)) {
                for (ConsumerRecord<String, String> consumed : consumer.poll(Duration.ofMillis(200))) {
                    values.add(consumed.value());
                }
            }
            return values;
        }
    }
}
