package io.velostream.engine.adhoc;

import io.velostream.engine.runtime.operator.RecordBatch;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** Records of one partition as a batch. */
record ListedBatch(List<ConsumerRecord<byte[], byte[]>> records) implements RecordBatch {

    @Override
    public int size() {
        return records.size();
    }

    @Override
    public String topic() {
        return records.getFirst().topic();
    }

    @Override
    public int partition() {
        return records.getFirst().partition();
    }

    @Override
    public byte @Nullable [] key(int index) {
        return records.get(index).key();
    }

    @Override
    public byte @Nullable [] value(int index) {
        return records.get(index).value();
    }

    @Override
    public long timestamp(int index) {
        return records.get(index).timestamp();
    }

    @Override
    public long offset(int index) {
        return records.get(index).offset();
    }

    @Override
    public Headers headers(int index) {
        return records.get(index).headers();
    }
}
