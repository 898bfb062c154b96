package io.velostream.engine.guard;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.velostream.engine.guard.DeadLetterHeaders.Content;
import io.velostream.engine.guard.LetterForm.RecordError;
import io.velostream.engine.runtime.operator.RecordBatch;
import java.util.Arrays;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class DeadLetterHeadersTest {

    private final RecordHeaders original = new RecordHeaders();
    private byte[] value = bytes("{");
    private final DeadLetterHeaders provenance = new DeadLetterHeaders("orders", "totals", "totals-0");

    @Test
    void keepsTheRecordsOwnHeadersBeforeItsProvenance() {
        original.add("trace", bytes("t1"));

        Header[] headers = provenance.of(record(), 0, Content.RECORD, "MALFORMED_JSON", "Not JSON");

        assertThat(Arrays.stream(headers).map(header -> header.key() + "=" + new String(header.value(), UTF_8)))
                .containsExactly(
                        "trace=t1",
                        "velo.dlq.topic=in",
                        "velo.dlq.partition=3",
                        "velo.dlq.offset=42",
                        "velo.dlq.timestamp=5",
                        "velo.dlq.error.code=MALFORMED_JSON",
                        "velo.dlq.error.message=Not JSON",
                        "velo.dlq.query=totals",
                        "velo.dlq.job=orders",
                        "velo.dlq.stage=totals-0",
                        "velo.dlq.content=record");
    }

    @Test
    void aReplayedLetterTellsOfItsLastFailureOnly() {
        original.add("velo.dlq.topic", bytes("older"));

        Header[] headers = provenance.of(record(), 0, Content.RECORD, "OVERFLOW", "Too large");

        assertThat(Arrays.stream(headers).filter(header -> header.key().equals("velo.dlq.topic")))
                .singleElement()
                .satisfies(
                        header -> assertThat(new String(header.value(), UTF_8)).isEqualTo("in"));
    }

    @Test
    void aLetterIsReadAsItWasWritten() {
        original.add("trace", bytes("t1"));
        LetterForm form = letter(10_000);

        DeadLetter letter = DeadLetter.of(received(form));

        assertThat(letter.place()).hasToString("2:7");
        assertThat(letter.source())
                .hasValueSatisfying(source ->
                        assertThat(source).isEqualTo(new DeadLetter.Source(new TopicPartition("in", 3), 42, 5)));
        assertThat(letter.failedAt().toEpochMilli()).isEqualTo(99);
        assertThat(letter.code()).isEqualTo("MALFORMED_JSON");
        assertThat(letter.message()).isEqualTo("Not JSON");
        assertThat(letter.query()).isEqualTo("totals");
        assertThat(letter.headers()).extracting(Header::key).containsExactly("trace");
        assertThat(letter.value()).isEqualTo(bytes("{"));
        assertThat(letter.omitted()).isEmpty();
        assertThat(letter.isRow()).isFalse();
    }

    @Test
    void whatTheProducerWouldRefuseIsLeftOutAndNamed() {
        value = new byte[10_000];
        assertThat(DeadLetter.of(received(letter(10_000)))).satisfies(letter -> {
            assertThat(letter.omitted()).containsExactly("value");
            assertThat(letter.value()).isNull();
            assertThat(letter.source()).isPresent();
        });

        original.add("large", new byte[10_000]);
        assertThat(DeadLetter.of(received(letter(10_000)))).satisfies(letter -> {
            assertThat(letter.omitted()).containsExactlyInAnyOrder("value", "headers");
            assertThat(letter.headers()).isEmpty();
            assertThat(letter.code()).isEqualTo("MALFORMED_JSON");
        });
    }

    private LetterForm letter(int limit) {
        return LetterForm.of(
                provenance, record(), 0, Content.RECORD, new RecordError("MALFORMED_JSON", "Not JSON"), limit);
    }

    private static ConsumerRecord<byte[], byte[]> received(LetterForm form) {
        return new ConsumerRecord<>(
                "dlq",
                2,
                7,
                99,
                TimestampType.CREATE_TIME,
                0,
                0,
                form.key(),
                form.value(),
                new RecordHeaders(form.headers()),
                Optional.empty());
    }

    private RecordBatch record() {
        return new RecordBatch() {
            @Override
            public int size() {
                return 1;
            }

            @Override
            public String topic() {
                return "in";
            }

            @Override
            public int partition() {
                return 3;
            }

            @Override
            public byte[] key(int index) {
                return null;
            }

            @Override
            public byte[] value(int index) {
                return value;
            }

            @Override
            public long timestamp(int index) {
                return 5;
            }

            @Override
            public long offset(int index) {
                return 42;
            }

            @Override
            public Headers headers(int index) {
                return original;
            }
        };
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
