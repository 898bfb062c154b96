package io.velostream.cli.dlq;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.velostream.engine.guard.DeadLetter;
import io.velostream.engine.guard.DeadLetter.Place;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Which letters of a topic were replayed: a compacted topic of one partition beside it, {@code <topic>.replayed}, with a
 * mark a letter. Marks are written in the transaction of the replay. A mark names the time of its letter too, so that it
 * says nothing about the letters of a topic that was deleted and made anew.
 */
final class ReplayMarks {

    private static final String SUFFIX = ".replayed";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final String topic;
    private final Map<String, Object> clients;
    private final Map<Place, Mark> marks = new HashMap<>();

    /**
     * A mark.
     *
     * @param letterAt when the letter was written
     * @param at when it was replayed
     * @param to where it went
     */
    record Mark(Instant letterAt, Instant at, String to) {}

    ReplayMarks(LetterTopic letters, Map<String, Object> clients) {
        this.topic = letters.name() + SUFFIX;
        this.clients = clients;
    }

    /** Makes the topic if it is not there. */
    void create() throws IOException {
        try (Admin admin = Admin.create(clients)) {
            admin.createTopics(List.of(new NewTopic(topic, Optional.of(1), Optional.empty())
                            .configs(Map.of("cleanup.policy", "compact"))))
                    .all()
                    .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while topic " + topic + " was being made", e);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw new IOException(
                        "Topic " + topic + ", which notes what was replayed, cannot be made: " + e.getCause(), e);
            }
        } catch (TimeoutException e) {
            throw new IOException("No broker made topic " + topic + " in time", e);
        }
    }

    /** Reads all marks; there are none as long as the topic does not exist. */
    void read() throws IOException {
        marks.clear();
        Map<String, Object> options = new HashMap<>(clients);
        options.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        options.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        options.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        TopicPartition partition = new TopicPartition(topic, 0);
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(options, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            if (!consumer.listTopics(PATIENCE).containsKey(topic)) {
                return;
            }
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition), PATIENCE).getOrDefault(partition, 0L);
            while (consumer.position(partition, PATIENCE) < end) {
                for (ConsumerRecord<byte[], byte[]> each : consumer.poll(Duration.ofMillis(200))) {
                    take(each);
                }
            }
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> each) throws IOException {
        if (each.key() == null || each.value() == null) {
            return;
        }
        Optional<Place> place = Place.parse(new String(each.key(), StandardCharsets.UTF_8));
        JsonNode mark = JSON.readTree(each.value());
        if (place.isPresent() && mark != null) {
            marks.put(
                    place.get(),
                    new Mark(
                            Instant.ofEpochMilli(mark.path("letter_at").asLong()),
                            Instant.ofEpochMilli(mark.path("at").asLong()),
                            mark.path("to").asText()));
        }
    }

    /** The mark of a letter, if it was replayed. */
    Optional<Mark> of(DeadLetter letter) {
        return Optional.ofNullable(marks.get(letter.place()))
                .filter(mark -> mark.letterAt().equals(letter.failedAt()));
    }

    /** A mark to send, for a letter that is replayed now. */
    ProducerRecord<byte[], byte[]> mark(DeadLetter letter, Instant at, String to) throws JsonProcessingException {
        byte[] value = JSON.writeValueAsBytes(Map.of(
                "letter_at", letter.failedAt().toEpochMilli(),
                "at", at.toEpochMilli(),
                "to", to));
        return new ProducerRecord<>(topic, 0, letter.place().toString().getBytes(StandardCharsets.UTF_8), value);
    }
}
