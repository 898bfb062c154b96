package io.velostream.cli.dlq;

import io.velostream.engine.guard.DeadLetter;
import io.velostream.engine.guard.DeadLetter.Place;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Replays letters in one transaction with the marks that say so. The transactional id is the letter topic's, so of two
 * replays at a time the later fences the earlier, and marks are read only once nobody else can write any: each letter is
 * replayed once, whoever tries.
 */
final class Replayer {

    private static final String PREFIX = "velo.dlq.replay.";
    private static final Duration TRANSACTION = Duration.ofMinutes(10);

    private final LetterTopic topic;
    private final Map<String, Object> clients;
    private final InstantSource clock;
    private final Map<String, Integer> partitions = new HashMap<>();

    Replayer(LetterTopic topic, Map<String, Object> clients, InstantSource clock) {
        this.topic = topic;
        this.clients = clients;
        this.clock = clock;
    }

    /**
     * What is asked for.
     *
     * @param places the letters; empty: those that the filter takes
     * @param to instead of the source topics
     * @param value instead of the letter's
     * @param again whether those are taken too that were replayed before
     */
    record Wish(
            List<Place> places,
            Optional<Instant> since,
            Predicate<DeadLetter> filter,
            Optional<String> to,
            Optional<byte[]> value,
            boolean again,
            boolean dryRun) {}

    /**
     * What became of a letter.
     *
     * @param to topic, or topic and partition
     * @param offset where it is now
     * @param before present: it was replayed before and is left out
     */
    record Outcome(Place place, String to, Optional<Long> offset, Optional<ReplayMarks.Mark> before) {}

    private record Sent(Place place, String to, Future<RecordMetadata> at, Optional<ReplayMarks.Mark> before) {

        Outcome outcome() throws IOException {
            try {
                RecordMetadata metadata = at.get();
                return metadata == null
                        ? new Outcome(place, to, Optional.empty(), before)
                        : new Outcome(
                                place,
                                new TopicPartition(metadata.topic(), metadata.partition()).toString(),
                                Optional.of(metadata.offset()),
                                before);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("Interrupted after the commit", e);
            } catch (ExecutionException e) {
                throw new IOException("Letter " + place + " could not be sent: " + e.getCause(), e);
            }
        }
    }

    /**
     * Replays, or says what would be replayed.
     *
     * @throws IOException when one of the letters cannot be replayed; then none is
     */
    List<Outcome> replay(Wish wish) throws IOException {
        ReplayMarks marks = new ReplayMarks(topic, clients);
        if (wish.dryRun()) {
            marks.read();
            return outcomes(select(wish, marks, null));
        }
        try (Producer<byte[], byte[]> producer = producer()) {
            producer.initTransactions();
            marks.create();
            marks.read();
            producer.beginTransaction();
            List<Sent> sent;
            try {
                sent = select(wish, marks, producer);
            } catch (IOException | RuntimeException e) {
                producer.abortTransaction();
                throw e;
            }
            producer.commitTransaction();
            return outcomes(sent);
        } catch (KafkaException e) {
            throw new IOException("Nothing was replayed: " + e.getMessage(), e);
        }
    }

    private Producer<byte[], byte[]> producer() {
        Map<String, Object> options = new HashMap<>(clients);
        options.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, PREFIX + topic.name());
        options.putIfAbsent(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, Math.toIntExact(TRANSACTION.toMillis()));
        options.putIfAbsent(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        return new KafkaProducer<>(options, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static List<Outcome> outcomes(List<Sent> sent) throws IOException {
        List<Outcome> outcomes = new ArrayList<>();
        for (Sent each : sent) {
            outcomes.add(each.outcome());
        }
        return outcomes;
    }

    private List<Sent> select(Wish wish, ReplayMarks marks, @Nullable Producer<byte[], byte[]> producer)
            throws IOException {
        List<Sent> sent = new ArrayList<>();
        if (wish.places().isEmpty()) {
            topic.read(wish.since(), wish.filter(), letter -> sent.add(one(letter, wish, marks, producer)));
            return sent;
        }
        for (Place place : wish.places()) {
            DeadLetter letter = topic.at(place)
                    .orElseThrow(() -> new IOException(
                            "There is no letter " + place + " in " + topic.name() + "; nothing was replayed"));
            sent.add(one(letter, wish, marks, producer));
        }
        return sent;
    }

    private Sent one(DeadLetter letter, Wish wish, ReplayMarks marks, @Nullable Producer<byte[], byte[]> producer)
            throws IOException {
        Optional<ReplayMarks.Mark> before = wish.again() ? Optional.empty() : marks.of(letter);
        if (before.isPresent()) {
            return new Sent(letter.place(), before.get().to(), CompletableFuture.completedFuture(null), before);
        }
        ProducerRecord<byte[], byte[]> record = record(letter, wish);
        if (producer == null) {
            String to = record.partition() == null
                    ? record.topic()
                    : new TopicPartition(record.topic(), record.partition()).toString();
            return new Sent(letter.place(), to, CompletableFuture.completedFuture(null), Optional.empty());
        }
        Future<RecordMetadata> at = producer.send(record);
        producer.send(marks.mark(letter, clock.instant(), record.topic()));
        return new Sent(letter.place(), record.topic(), at, Optional.empty());
    }

    private ProducerRecord<byte[], byte[]> record(DeadLetter letter, Wish wish) throws IOException {
        if (wish.to().isEmpty() && letter.source().isEmpty()) {
            throw new IOException("Letter " + letter.place()
                    + " does not say where it came from; give --to TOPIC. Nothing was replayed");
        }
        if (wish.to().isEmpty() && letter.isRow()) {
            throw new IOException("Letter " + letter.place()
                    + " is a row that was made of a record, not the record, and belongs into no source topic; give --to"
                    + " TOPIC. Nothing was replayed");
        }
        OriginalRecord original = OriginalRecord.of(letter, topic);
        String destination = wish.to()
                .orElseGet(() -> letter.source().orElseThrow().partition().topic());
        int count = partitions(destination);
        Integer partition = letter.source()
                .filter(source -> wish.to().isEmpty() && source.partition().partition() < count)
                .map(source -> source.partition().partition())
                .orElse(null);
        Long timestamp = letter.source()
                .map(DeadLetter.Source::timestamp)
                .filter(millis -> millis >= 0)
                .orElse(null);
        return new ProducerRecord<>(
                destination,
                partition,
                timestamp,
                original.key(),
                wish.value().orElse(original.value()),
                original.headers());
    }

    private int partitions(String destination) throws IOException {
        Integer known = partitions.get(destination);
        if (known != null) {
            return known;
        }
        int found = topic.partitions(destination);
        if (found == 0) {
            throw new IOException("There is no topic " + destination + "; nothing was replayed");
        }
        partitions.put(destination, found);
        return found;
    }
}
