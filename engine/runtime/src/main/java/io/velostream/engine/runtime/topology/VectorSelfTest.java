package io.velostream.engine.runtime.topology;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/**
 * Proves at a unit's start that objects travel by reference through this version of the clients: that headers keep their
 * identity when a consumer's record is copied and when a producer's record is made is an implementation detail.
 */
final class VectorSelfTest {

    private static final String TOPIC = "velo-self-test";

    private VectorSelfTest() {}

    /**
     * Sends two records through everything that a batch passes, without a broker.
     *
     * @throws IllegalStateException when a reference is lost on the way
     */
    static void run() {
        TopicPartition partition = new TopicPartition(TOPIC, 0);
        ConsumerRecords<byte[], byte[]> polled =
                new ConsumerRecords<>(Map.of(partition, List.of(consumed(7), consumed(8))), Map.of());
        try (BatchInterceptor interceptor = new BatchInterceptor();
                BatchDeserializer deserializer = new BatchDeserializer();
                RowSerializer serializer = new RowSerializer()) {
            ConsumerRecord<byte[], byte[]> merged =
                    interceptor.onConsume(polled).records(partition).getFirst();
            Object batch = deserializer.deserialize(TOPIC, merged.headers(), merged.value());
            check(batch instanceof MergedBatch made && made.size() == 2 && made.offset(1) == 8, "the consumer");

            ListedRows rows = new ListedRows();
            RecordHeaders headers = new RecordHeaders();
            byte[] value = serializer.serialize(TOPIC, headers, rows);
            ProducerRecord<byte[], byte[]> produced = new ProducerRecord<>(TOPIC, null, 0L, null, value, headers);
            check(
                    produced.value() == ReferenceHeader.SENTINEL && ReferenceHeader.in(produced.headers()) == rows,
                    "the producer");
        }
    }

    private static ConsumerRecord<byte[], byte[]> consumed(long offset) {
        return new ConsumerRecord<>(
                TOPIC,
                0,
                offset,
                0L,
                TimestampType.CREATE_TIME,
                1,
                1,
                new byte[1],
                new byte[1],
                new RecordHeaders(),
                Optional.empty());
    }

    private static void check(boolean kept, String side) {
        if (!kept) {
            throw new IllegalStateException("This version of the Kafka clients does not keep header objects through "
                    + side + "; run with vectorised off");
        }
    }
}
