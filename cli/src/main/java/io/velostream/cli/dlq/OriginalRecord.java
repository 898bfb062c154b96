package io.velostream.cli.dlq;

import io.velostream.engine.guard.DeadLetter;
import io.velostream.engine.guard.DeadLetter.Source;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** The record that failed: what the letter holds, or, where it was too large for a letter, what the source still has. */
record OriginalRecord(byte @Nullable [] key, byte @Nullable [] value, List<Header> headers) {

    /**
     * Finds the record of a letter.
     *
     * @throws IOException when the letter is without it and the source does not have it any more
     */
    static OriginalRecord of(DeadLetter letter, LetterTopic topic) throws IOException {
        if (letter.omitted().isEmpty()) {
            return new OriginalRecord(letter.key(), letter.value(), letter.headers());
        }
        Source source = letter.source()
                .orElseThrow(() -> new IOException("Letter " + letter.place() + " does not say where it came from"));
        ConsumerRecord<byte[], byte[]> record = topic.record(source.partition(), source.offset())
                .orElseThrow(() -> new IOException("The record of letter " + letter.place()
                        + " was too large for a letter, and " + source.partition()
                        + " does not have offset " + source.offset() + " any more"));
        return new OriginalRecord(
                record.key(), record.value(), Arrays.asList(record.headers().toArray()));
    }
}
