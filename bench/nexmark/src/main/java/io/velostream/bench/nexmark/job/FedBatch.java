package io.velostream.bench.nexmark.job;

import io.velostream.bench.nexmark.event.Record;
import io.velostream.engine.runtime.operator.RecordBatch;
import java.util.List;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/** Records of the only partition of a topic, in the order of their offsets. */
record FedBatch(List<Record> records, long firstOffset) implements RecordBatch {

    private static final Headers NO_HEADERS = new RecordHeaders();

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
        return 0;
    }

    @Override
    public byte @Nullable [] key(int index) {
        return records.get(index).key();
    }

    @Override
    public byte[] value(int index) {
        return records.get(index).value();
    }

    @Override
    public long timestamp(int index) {
        return records.get(index).timestamp();
    }

    @Override
    public long offset(int index) {
        return firstOffset + index;
    }

    @Override
    public Headers headers(int index) {
        return NO_HEADERS;
    }
}
