package io.velostream.bench.nexmark.job;

import io.velostream.engine.runtime.operator.OutputBatch;
import io.velostream.engine.runtime.operator.RecordBatch;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/** Records of the only partition of a topic, copied out of what a stage has written, as a consumer would find them. */
final class ListedBatch implements RecordBatch {

    private final String topic;
    private final long firstOffset;
    private final byte[] @Nullable [] keys;
    private final byte[] @Nullable [] values;
    private final long[] timestamps;
    private final Headers[] headers;

    ListedBatch(String topic, long firstOffset, OutputBatch rows) {
        int size = rows.size();
        this.topic = topic;
        this.firstOffset = firstOffset;
        this.keys = new byte[size][];
        this.values = new byte[size][];
        this.timestamps = new long[size];
        this.headers = new Headers[size];
        for (int row = 0; row < size; row++) {
            keys[row] = rows.key(row);
            values[row] = rows.value(row);
            timestamps[row] = rows.timestamp(row);
            headers[row] = new RecordHeaders(rows.headers(row));
        }
    }

    @Override
    public int size() {
        return keys.length;
    }

    @Override
    public String topic() {
        return topic;
    }

    @Override
    public int partition() {
        return 0;
    }

    @Override
    public byte @Nullable [] key(int index) {
        return keys[index];
    }

    @Override
    public byte @Nullable [] value(int index) {
        return values[index];
    }

    @Override
    public long timestamp(int index) {
        return timestamps[index];
    }

    @Override
    public long offset(int index) {
        return firstOffset + index;
    }

    @Override
    public Headers headers(int index) {
        return headers[index];
    }
}
