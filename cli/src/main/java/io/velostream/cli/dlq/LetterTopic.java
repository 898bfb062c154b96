package io.velostream.cli.dlq;

import io.velostream.engine.guard.DeadLetter;
import io.velostream.engine.guard.DeadLetter.Place;
import io.velostream.engine.sql.analysis.NearestName;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * A dead-letter topic. It is read without a group and up to the end that it had at the beginning; letters whose transaction
 * was aborted are never seen.
 */
final class LetterTopic {

    static final String SUFFIX = ".dlq";

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final String name;
    private final Map<String, Object> clients;

    private LetterTopic(String name, Map<String, Object> clients) {
        this.name = name;
        this.clients = clients;
    }

    /** Takes letters one after the other. */
    @FunctionalInterface
    interface Reader {
        void letter(DeadLetter letter) throws IOException;
    }

    /**
     * Finds the topic.
     *
     * @param wanted its name, or the name of a job whose dead-letter topic has the name that it has by default
     * @throws IOException when there is none or several
     */
    static LetterTopic find(String wanted, Map<String, Object> clients) throws IOException {
        Set<String> topics = new TreeSet<>();
        try (Admin admin = Admin.create(clients)) {
            topics.addAll(admin.listTopics().names().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while the topics were being listed", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException(
                    "Kafka at " + clients.get(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG) + " does not answer: "
                            + (e.getCause() == null ? e : e.getCause()),
                    e);
        }
        return new LetterTopic(choose(wanted, topics), clients);
    }

    /** The topic that is meant by a name. */
    static String choose(String wanted, Set<String> topics) throws IOException {
        if (topics.contains(wanted)) {
            return wanted;
        }
        String ending = "." + wanted.replace('/', '.') + SUFFIX;
        List<String> found =
                topics.stream().filter(topic -> topic.endsWith(ending)).toList();
        if (found.size() == 1) {
            return found.getFirst();
        }
        if (found.size() > 1) {
            throw new IOException("Several topics are meant by " + wanted + ": " + String.join(", ", found)
                    + "; give NAMESPACE/JOB or the topic");
        }
        Set<String> letters =
                topics.stream().filter(topic -> topic.endsWith(SUFFIX)).collect(Collectors.toSet());
        throw new IOException("There is no topic " + wanted + " and no job of that name with dead letters"
                + NearestName.suggestion(wanted, letters)
                + (letters.isEmpty()
                        ? "; a job's topic is made when the job starts"
                        : "; topics with dead letters: " + String.join(", ", new TreeSet<>(letters))));
    }

    String name() {
        return name;
    }

    /** Reads the letters since a time, or all. */
    void read(Optional<Instant> since, Predicate<DeadLetter> filter, Reader reader) throws IOException {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            List<TopicPartition> partitions = consumer.partitionsFor(name, PATIENCE).stream()
                    .map(info -> new TopicPartition(name, info.partition()))
                    .toList();
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, PATIENCE);
            consumer.assign(partitions);
            begin(consumer, partitions, ends, since);
            while (ends.entrySet().stream()
                    .anyMatch(end -> consumer.position(end.getKey(), PATIENCE) < end.getValue())) {
                for (ConsumerRecord<byte[], byte[]> each : consumer.poll(POLL)) {
                    DeadLetter letter = DeadLetter.of(each);
                    boolean early = since.isPresent() && letter.failedAt().isBefore(since.get());
                    boolean late = each.offset() >= ends.getOrDefault(new TopicPartition(name, each.partition()), 0L);
                    if (!early && !late && filter.test(letter)) {
                        reader.letter(letter);
                    }
                }
            }
        }
    }

    private static void begin(
            KafkaConsumer<byte[], byte[]> consumer,
            List<TopicPartition> partitions,
            Map<TopicPartition, Long> ends,
            Optional<Instant> since) {
        if (since.isEmpty()) {
            consumer.seekToBeginning(partitions);
            return;
        }
        long millis = since.get().toEpochMilli();
        Map<TopicPartition, OffsetAndTimestamp> found = consumer.offsetsForTimes(
                partitions.stream().collect(Collectors.toMap(each -> each, each -> millis)), PATIENCE);
        for (TopicPartition partition : partitions) {
            OffsetAndTimestamp first = found.get(partition);
            consumer.seek(partition, first == null ? ends.getOrDefault(partition, 0L) : first.offset());
        }
    }

    /** The letter at a place. */
    Optional<DeadLetter> at(Place place) throws IOException {
        return record(new TopicPartition(name, place.partition()), place.offset())
                .map(DeadLetter::of);
    }

    /** The record at an offset of any topic, if it is still there. */
    Optional<ConsumerRecord<byte[], byte[]>> record(TopicPartition partition, long offset) {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            boolean exists = consumer.listTopics(PATIENCE).getOrDefault(partition.topic(), List.of()).stream()
                    .anyMatch(info -> info.partition() == partition.partition());
            if (!exists) {
                return Optional.empty();
            }
            consumer.assign(List.of(partition));
            long first = consumer.beginningOffsets(List.of(partition), PATIENCE).getOrDefault(partition, 0L);
            long end = consumer.endOffsets(List.of(partition), PATIENCE).getOrDefault(partition, 0L);
            if (offset < first || offset >= end) {
                return Optional.empty();
            }
            consumer.seek(partition, offset);
            while (consumer.position(partition, PATIENCE) <= offset) {
                for (ConsumerRecord<byte[], byte[]> each : consumer.poll(POLL)) {
                    if (each.offset() == offset) {
                        return Optional.of(each);
                    }
                    if (each.offset() > offset) {
                        return Optional.empty();
                    }
                }
            }
            return Optional.empty();
        }
    }

    /** How many partitions a topic has; 0 when there is none of that name. */
    int partitions(String other) {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            return consumer.listTopics(PATIENCE).getOrDefault(other, List.of()).size();
        }
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        Map<String, Object> options = new HashMap<>(clients);
        options.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        options.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        options.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        options.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        return new KafkaConsumer<>(options, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
