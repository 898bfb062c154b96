package io.velostream.engine.runtime.topology;

import io.velostream.engine.runtime.operator.RecordBatch;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** The records of one partition that one poll returned, as they came. */
public final class MergedBatch implements RecordBatch {

    private final ConsumerRecord<byte[], byte[]>[] records;

    /**
     * @param records of one partition, at least one
     */
    @SuppressWarnings("unchecked")
    public MergedBatch(List<ConsumerRecord<byte[], byte[]>> records) {
        this.records = records.toArray(new ConsumerRecord[0]);
    }

    @Override
    public int size() {
        return records.length;
    }

    @Override
    public String topic() {
        return records[0].topic();
    }

    @Override
    public int partition() {
        return records[0].partition();
    }

    @Override
    public byte @Nullable [] key(int index) {
        return records[index].key();
    }

    @Override
    public byte @Nullable [] value(int index) {
        return records[index].value();
    }

    @Override
    public long timestamp(int index) {
        return records[index].timestamp();
    }

    @Override
    public long offset(int index) {
        return records[index].offset();
    }

    @Override
    public Headers headers(int index) {
        return records[index].headers();
    }
}
