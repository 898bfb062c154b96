package io.velostream.engine.guard;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * A record of a dead-letter topic, read. What {@link DeadLetterHeaders} did not write is empty: others may write to such
 * a topic too.
 *
 * @param place where the letter lies
 * @param failedAt when the record failed
 * @param source where the record came from
 * @param isRow whether the value is a row as JSON, since the record that it was made of was not at hand
 * @param omitted what did not fit into the letter, of {@code value}, {@code headers} and {@code key}
 * @param key the record's
 * @param value the record's
 * @param headers the record's own
 */
public record DeadLetter(
        Place place,
        Instant failedAt,
        Optional<Source> source,
        String job,
        String query,
        String stage,
        String code,
        String message,
        boolean isRow,
        Set<String> omitted,
        byte @Nullable [] key,
        byte @Nullable [] value,
        List<Header> headers) {

    public DeadLetter {
        omitted = Set.copyOf(omitted);
        headers = List.copyOf(headers);
    }

    /** Where a letter lies in its topic; written {@code partition:offset}. */
    public record Place(int partition, long offset) {

        /** Reads what {@link #toString} writes. */
        public static Optional<Place> parse(String text) {
            if (!text.matches("[0-9]{1,9}:[0-9]{1,18}")) {
                return Optional.empty();
            }
            int colon = text.indexOf(':');
            return Optional.of(
                    new Place(Integer.parseInt(text.substring(0, colon)), Long.parseLong(text.substring(colon + 1))));
        }

        @Override
        public String toString() {
            return partition + ":" + offset;
        }
    }

    /**
     * Where a record came from.
     *
     * @param timestamp the record's, in milliseconds
     */
    public record Source(TopicPartition partition, long offset, long timestamp) {

        @Override
        public String toString() {
            return partition + "@" + offset;
        }
    }

    /** Reads a record of a dead-letter topic. */
    public static DeadLetter of(ConsumerRecord<byte[], byte[]> letter) {
        Headers headers = letter.headers();
        List<Header> own = new ArrayList<>();
        for (Header header : headers) {
            if (!header.key().startsWith(DeadLetterHeaders.PREFIX)) {
                own.add(header);
            }
        }
        String omitted = text(headers, DeadLetterHeaders.OMITTED).orElse("");
        return new DeadLetter(
                new Place(letter.partition(), letter.offset()),
                Instant.ofEpochMilli(letter.timestamp()),
                source(headers),
                text(headers, DeadLetterHeaders.JOB).orElse(""),
                text(headers, DeadLetterHeaders.QUERY).orElse(""),
                text(headers, DeadLetterHeaders.STAGE).orElse(""),
                text(headers, DeadLetterHeaders.CODE).orElse(""),
                text(headers, DeadLetterHeaders.MESSAGE).orElse(""),
                text(headers, DeadLetterHeaders.CONTENT).orElse("").equals("row"),
                omitted.isEmpty() ? Set.of() : Set.of(omitted.split(",")),
                letter.key(),
                letter.value(),
                own);
    }

    private static Optional<Source> source(Headers headers) {
        Optional<String> topic = text(headers, DeadLetterHeaders.TOPIC);
        Optional<Long> partition = number(headers, DeadLetterHeaders.PARTITION);
        Optional<Long> offset = number(headers, DeadLetterHeaders.OFFSET);
        Optional<Long> timestamp = number(headers, DeadLetterHeaders.TIMESTAMP);
        if (topic.isEmpty() || partition.isEmpty() || offset.isEmpty() || timestamp.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Source(
                new TopicPartition(topic.get(), Math.toIntExact(partition.get())), offset.get(), timestamp.get()));
    }

    private static Optional<Long> number(Headers headers, String name) {
        return text(headers, name)
                .filter(digits -> digits.matches("-?[0-9]{1,18}"))
                .map(Long::parseLong);
    }

    private static Optional<String> text(Headers headers, String name) {
        Header header = headers.lastHeader(DeadLetterHeaders.PREFIX + name);
        return header == null || header.value() == null
                ? Optional.empty()
                : Optional.of(new String(header.value(), StandardCharsets.UTF_8));
    }
}
