package io.velostream.engine.runtime.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velostream.engine.runtime.operator.RecordBatch;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class BatchInterceptorTest {

    private static final TopicPartition FIRST = new TopicPartition("orders", 0);
    private static final TopicPartition SECOND = new TopicPartition("orders", 1);

    private final BatchInterceptor interceptor = new BatchInterceptor();
    private final BatchDeserializer deserializer = new BatchDeserializer();

    @Test
    void carriesTheFirstOffsetAndLeaderEpochOfEachPartition() {
        ConsumerRecords<byte[], byte[]> merged = interceptor.onConsume(polled(Map.of(
                FIRST, List.of(record(FIRST, 10, 5), record(FIRST, 11, 6)), SECOND, List.of(record(SECOND, 3, 7)))));

        assertThat(merged.partitions()).containsExactlyInAnyOrder(FIRST, SECOND);
        assertThat(merged.records(FIRST)).singleElement().satisfies(one -> {
            assertThat(one.offset()).isEqualTo(10);
            assertThat(one.leaderEpoch()).contains(4);
            assertThat(one.key()).isNull();
            assertThat(one.serializedValueSize()).isEqualTo(2);
        });
        assertThat(merged.records(SECOND))
                .singleElement()
                .satisfies(one -> assertThat(one.offset()).isEqualTo(3));
    }

    @Test
    void passesTheNextOffsetsOfThePollOnUnchanged() {
        Map<TopicPartition, OffsetAndMetadata> next = Map.of(FIRST, new OffsetAndMetadata(42, Optional.of(4), ""));

        ConsumerRecords<byte[], byte[]> merged =
                interceptor.onConsume(new ConsumerRecords<>(Map.of(FIRST, List.of(record(FIRST, 10, 5))), next));

        assertThat(merged.nextOffsets()).isEqualTo(next);
    }

    @Test
    void passesOffsetsOnWhenAPollHasControlRecordsOnly() {
        ConsumerRecords<byte[], byte[]> controls =
                new ConsumerRecords<>(Map.of(), Map.of(FIRST, new OffsetAndMetadata(42)));

        assertThat(interceptor.onConsume(controls).nextOffsets()).containsKey(FIRST);
    }

    @Test
    void keepsABatchContiguousInOnePartitionAndInOrder() {
        List<ConsumerRecord<byte[], byte[]>> records = LongStream.range(100, 1_100)
                .mapToObj(offset -> record(FIRST, offset, offset))
                .toList();

        RecordBatch batch = batchOf(interceptor.onConsume(polled(Map.of(FIRST, records))), FIRST);

        assertThat(batch.size()).isEqualTo(1_000);
        assertThat(batch.partition()).isZero();
        assertThat(LongStream.range(0, 1_000).map(i -> batch.offset((int) i)))
                .containsExactlyElementsOf(LongStream.range(100, 1_100).boxed().toList());
        assertThat(batch.value(7)).isSameAs(records.get(7).value());
    }

    @Test
    void cutsWhatIsMoreThanABatchMayHaveAtTheLimitOfTheMoment() {
        BatchTuning tuning = new BatchTuning();
        interceptor.configure(Map.of(BatchInterceptor.TUNING, tuning));
        List<ConsumerRecord<byte[], byte[]>> records = LongStream.range(100, 350)
                .mapToObj(offset -> record(FIRST, offset, offset))
                .toList();
        Map<TopicPartition, OffsetAndMetadata> next = Map.of(FIRST, new OffsetAndMetadata(350, Optional.of(4), ""));

        tuning.change(100, Duration.ofSeconds(1));
        ConsumerRecords<byte[], byte[]> cut =
                interceptor.onConsume(new ConsumerRecords<>(Map.of(FIRST, records), next));
        tuning.change(250, Duration.ofSeconds(1));
        ConsumerRecords<byte[], byte[]> whole = interceptor.onConsume(polled(Map.of(FIRST, records)));

        assertThat(cut.records(FIRST)).extracting(ConsumerRecord::offset).containsExactly(100L, 200L, 300L);
        assertThat(cut.nextOffsets()).isEqualTo(next);
        assertThat(whole.records(FIRST)).hasSize(1);
        assertThat(batchOf(whole, FIRST).size()).isEqualTo(250);
    }

    @Test
    void isNeverNegativeInTime() {
        ConsumerRecords<byte[], byte[]> merged =
                interceptor.onConsume(polled(Map.of(FIRST, List.of(record(FIRST, 1, -1), record(FIRST, 2, 9)))));

        assertThat(merged.records(FIRST).getFirst().timestamp()).isZero();
        assertThat(batchOf(merged, FIRST).timestamp(1)).isEqualTo(9);
    }

    @Test
    void takesTheFirstTimestampAndNotTheLargest() {
        ConsumerRecords<byte[], byte[]> merged =
                interceptor.onConsume(polled(Map.of(FIRST, List.of(record(FIRST, 1, 5), record(FIRST, 2, 900)))));

        assertThat(merged.records(FIRST).getFirst().timestamp()).isEqualTo(5);
    }

    @Test
    void givesAPlainRecordThroughAsItIs() {
        byte[] value = {1, 2};

        assertThat(deserializer.deserialize("orders", new RecordHeaders(), value))
                .isSameAs(value);
        assertThat(deserializer.deserialize("orders", new RecordHeaders(), (byte[]) null))
                .isNull();
        assertThat(deserializer.deserialize("orders", new RecordHeaders(), new byte[0]))
                .isEqualTo(new byte[0]);
    }

    @Test
    void aUsersHeaderOfTheSameNameIsNotOurs() {
        RecordHeaders headers = new RecordHeaders();
        headers.add(ReferenceHeader.KEY, new byte[] {1});
        byte[] value = {1};

        assertThat(deserializer.deserialize("orders", headers, value)).isSameAs(value);
    }

    @Test
    void aSentinelWithoutItsBatchIsFatal() {
        assertThatThrownBy(() -> deserializer.deserialize("orders", new RecordHeaders(), ReferenceHeader.SENTINEL))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("orders");
    }

    @Test
    void theSelfTestPassesOnTheseClients() {
        VectorSelfTest.run();
    }

    private RecordBatch batchOf(ConsumerRecords<byte[], byte[]> merged, TopicPartition partition) {
        ConsumerRecord<byte[], byte[]> one = merged.records(partition).getFirst();
        return (RecordBatch) deserializer.deserialize(one.topic(), one.headers(), one.value());
    }

    private static ConsumerRecords<byte[], byte[]> polled(
            Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> records) {
        return new ConsumerRecords<>(new LinkedHashMap<>(records), Map.of());
    }

    static ConsumerRecord<byte[], byte[]> record(TopicPartition partition, long offset, long timestamp) {
        return new ConsumerRecord<>(
                partition.topic(),
                partition.partition(),
                offset,
                timestamp,
                TimestampType.CREATE_TIME,
                1,
                1,
                new byte[] {(byte) offset},
                new byte[] {(byte) offset},
                new RecordHeaders(),
                Optional.of(4));
    }
}
