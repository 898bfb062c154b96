package io.velostream.engine.guard;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.velostream.engine.runtime.operator.RecordBatch;
import java.util.Arrays;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class DeadLetterHeadersTest {

    private final RecordHeaders original = new RecordHeaders();
    private final DeadLetterHeaders provenance = new DeadLetterHeaders("orders", "totals");

    @Test
    void keepsTheRecordsOwnHeadersBeforeItsProvenance() {
        original.add("trace", bytes("t1"));

        Header[] headers = provenance.of(record(), 0, "MALFORMED_JSON", "Not JSON");

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
                        "velo.dlq.job=orders");
    }

    @Test
    void aReplayedLetterTellsOfItsLastFailureOnly() {
        original.add("velo.dlq.topic", bytes("older"));

        Header[] headers = provenance.of(record(), 0, "OVERFLOW", "Too large");

        assertThat(Arrays.stream(headers).filter(header -> header.key().equals("velo.dlq.topic")))
                .singleElement()
                .satisfies(
                        header -> assertThat(new String(header.value(), UTF_8)).isEqualTo("in"));
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
                return bytes("{");
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
