package io.velostream.bench.memory;

import io.velostream.engine.runtime.operator.OutputBatch;
import io.velostream.engine.runtime.operator.RecordBatch;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/** Records in a list, as a consumer would have returned them. */
final class ListedBatch implements RecordBatch {
    private static final Headers NO_HEADERS = new RecordHeaders();

    private final String topic;
    private final List<Item> items;

    private record Item(byte @Nullable [] key, byte @Nullable [] value, long timestamp) {}

    private ListedBatch(String topic, List<Item> items) {
        this.topic = topic;
        this.items = items;
    }

    static ListedBatch of(String topic) {
        return new ListedBatch(topic, new ArrayList<>());
    }

    /** What a stage has written, as the stage behind it reads it. */
    static ListedBatch of(String topic, OutputBatch output) {
        ListedBatch batch = of(topic);
        for (int row = 0; row < output.size(); row++) {
            batch.add(output.key(row), output.value(row), output.timestamp(row));
        }
        return batch;
    }

    void add(byte @Nullable [] key, byte @Nullable [] value, long timestamp) {
        items.add(new Item(key, value, timestamp));
    }

    @Override
    public int size() {
        return items.size();
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
        return items.get(index).key();
    }

    @Override
    public byte @Nullable [] value(int index) {
        return items.get(index).value();
    }

    @Override
    public long timestamp(int index) {
        return items.get(index).timestamp();
    }

    @Override
    public long offset(int index) {
        return index;
    }

    @Override
    public Headers headers(int index) {
        return NO_HEADERS;
    }
}
