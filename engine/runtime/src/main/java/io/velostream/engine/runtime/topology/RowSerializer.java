package io.velostream.engine.runtime.topology;

import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * What a stage forwards, as the producer's value: rows become the sentinel with their reference in the headers, a lone
 * row is its bytes.
 */
final class RowSerializer implements Serializer<Object> {

    @Override
    public byte @Nullable [] serialize(String topic, @Nullable Object data) {
        return switch (data) {
            case null -> null;
            case byte[] bytes -> bytes;
            case BroadcastRow(byte[] bytes) -> bytes;
            default ->
                throw new IllegalStateException(
                        "Topic " + topic + " was sent a " + data.getClass().getName());
        };
    }

    @Override
    public byte @Nullable [] serialize(String topic, Headers headers, @Nullable Object data) {
        if (data instanceof FanOutRows rows) {
            headers.add(new ReferenceHeader(rows));
            return ReferenceHeader.SENTINEL;
        }
        return serialize(topic, data);
    }

    /** A lone row that goes to every partition. */
    record BroadcastRow(byte[] bytes) {}
}
