package io.velostream.engine.runtime.operator;

import io.velostream.engine.runtime.row.ByteCursor;
import io.velostream.engine.runtime.row.GrowingBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * One record apart from its batch, for handing over to its owner: the record of the user's topic that a row behind a
 * repartition was made from, where the row carries it, else the row itself.
 */
final class SingleRecordView implements RecordBatch {

    private final String topic;
    private final int partition;
    private final long offset;
    private final long timestamp;
    private final byte @Nullable [] key;
    private final byte @Nullable [] value;

    /**
     * @param key null for none
     * @param value null for a tombstone
     */
    SingleRecordView(
            String topic, int partition, long offset, long timestamp, byte @Nullable [] key, byte @Nullable [] value) {
        this.topic = topic;
        this.partition = partition;
        this.offset = offset;
        this.timestamp = timestamp;
        this.key = key;
        this.value = value;
    }

    /** Appends a record so that {@link #read} finds it again. */
    static void write(RecordBatch batch, int index, GrowingBuffer out) {
        byte[] topic = batch.topic().getBytes(StandardCharsets.UTF_8);
        out.putSized(topic, 0, topic.length);
        out.putVarint(batch.partition());
        out.putVarint(batch.offset(index));
        out.putVarint(batch.timestamp(index));
        out.putSizedOrNull(batch.key(index));
        out.putSizedOrNull(batch.value(index));
    }

    /** Reads a record that was appended. */
    static SingleRecordView read(ByteCursor in) {
        int from = in.skipSized();
        String topic = new String(in.bytes(), from, in.position() - from, StandardCharsets.UTF_8);
        int partition = (int) in.getVarint();
        long offset = in.getVarint();
        long timestamp = in.getVarint();
        byte[] key = in.getSizedOrNull();
        return new SingleRecordView(topic, partition, offset, timestamp, key, in.getSizedOrNull());
    }

    @Override
    public int size() {
        return 1;
    }

    @Override
    public String topic() {
        return topic;
    }

    @Override
    public int partition() {
        return partition;
    }

    @Override
    public byte @Nullable [] key(int index) {
        return key;
    }

    @Override
    public byte @Nullable [] value(int index) {
        return value;
    }

    @Override
    public long timestamp(int index) {
        return timestamp;
    }

    @Override
    public long offset(int index) {
        return offset;
    }

    @Override
    public Headers headers(int index) {
        return new RecordHeaders();
    }
}
