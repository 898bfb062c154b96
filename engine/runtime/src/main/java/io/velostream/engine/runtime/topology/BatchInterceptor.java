package io.velostream.engine.runtime.topology;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * Merges each partition's records of a poll into one record, so that the Streams runtime pays its price once a batch.
 * {@link ConsumerInterceptor#onConsume} is documented to allow changing and reducing records.
 *
 * <p>Invariants: the merged record has the <em>first</em> record's offset and leader epoch, since Streams commits the
 * offset of the queue's head while something is queued; the poll's next offsets go through unchanged, since Streams
 * commits those once the queue is empty; no partition's entry is dropped; the timestamp is never negative, since Streams
 * drops such a record, here the whole batch. There is no state but a limit that is read at each poll, so that seek, pause
 * and revocation need no care, and nothing throws: the consumer would log it and deliver the records one by one, which the
 * processors take as well.
 */
public final class BatchInterceptor implements ConsumerInterceptor<byte[], byte[]> {

    /** The consumer option that holds the {@link BatchTuning} of the pod. */
    static final String TUNING = "velostream.batch.tuning";

    private BatchTuning tuning = new BatchTuning();

    @Override
    public ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> polled) {
        if (polled.isEmpty()) {
            return polled;
        }
        Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> merged = new LinkedHashMap<>();
        for (TopicPartition partition : polled.partitions()) {
            List<ConsumerRecord<byte[], byte[]>> records = polled.records(partition);
            merged.put(partition, records.isEmpty() ? records : batches(records, tuning.records()));
        }
        return new ConsumerRecords<>(merged, polled.nextOffsets());
    }

    /** Cut where there are more records than a batch may have; each piece keeps the offset of its first. */
    private static List<ConsumerRecord<byte[], byte[]>> batches(
            List<ConsumerRecord<byte[], byte[]>> records, int limit) {
        if (records.size() <= limit) {
            return List.of(merge(records));
        }
        List<ConsumerRecord<byte[], byte[]>> batches = new ArrayList<>(Math.ceilDiv(records.size(), limit));
        for (int from = 0; from < records.size(); from += limit) {
            batches.add(merge(records.subList(from, Math.min(records.size(), from + limit))));
        }
        return batches;
    }

    /** The one record that stands for all; {@link BatchDeserializer} takes the batch out of it. */
    static ConsumerRecord<byte[], byte[]> merge(List<ConsumerRecord<byte[], byte[]>> records) {
        ConsumerRecord<byte[], byte[]> first = records.getFirst();
        long keyBytes = 0;
        long valueBytes = 0;
        for (ConsumerRecord<byte[], byte[]> each : records) {
            keyBytes += Math.max(0, each.serializedKeySize());
            valueBytes += Math.max(0, each.serializedValueSize());
        }
        RecordHeaders headers = new RecordHeaders(new Header[] {new ReferenceHeader(new MergedBatch(records))});
        return new ConsumerRecord<>(
                first.topic(),
                first.partition(),
                first.offset(),
                Math.max(0, first.timestamp()),
                first.timestampType(),
                (int) Math.min(Integer.MAX_VALUE, keyBytes),
                (int) Math.min(Integer.MAX_VALUE, valueBytes),
                null,
                ReferenceHeader.SENTINEL,
                headers,
                first.leaderEpoch());
    }

    @Override
    public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {}

    @Override
    public void close() {}

    @Override
    public void configure(Map<String, ?> configs) {
        if (configs.get(TUNING) instanceof BatchTuning given) {
            tuning = given;
        }
    }
}
