package io.velostream.engine.runtime.topology;

import io.velostream.engine.runtime.operator.RecordBatch;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** A batch of one for clients without the interceptor; one object a processor, filled anew for each record. */
final class SingleRecord implements RecordBatch {

    private String topic = "";
    private int partition;
    private long offset;
    private long timestamp;
    private byte @Nullable [] key;
    private byte @Nullable [] value;
    private Headers headers = new RecordHeaders();

    SingleRecord of(
            RecordMetadata place, byte @Nullable [] key, byte @Nullable [] value, long timestamp, Headers headers) {
        this.topic = place.topic();
        this.partition = place.partition();
        this.offset = place.offset();
        this.timestamp = timestamp;
        this.key = key;
        this.value = value;
        this.headers = headers;
        return this;
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
        return headers;
    }
}
