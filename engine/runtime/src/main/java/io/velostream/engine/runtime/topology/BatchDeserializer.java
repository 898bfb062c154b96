package io.velostream.engine.runtime.topology;

import io.velostream.engine.runtime.operator.RecordBatch;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/** Hands the batch behind a merged record to the source processor; a plain record's bytes go through as they are. */
final class BatchDeserializer implements Deserializer<Object> {

    @Override
    public @Nullable Object deserialize(String topic, byte @Nullable [] data) {
        if (data == ReferenceHeader.SENTINEL) {
            throw new IllegalStateException("A merged record of topic " + topic + " came without its headers");
        }
        return data;
    }

    @Override
    public @Nullable Object deserialize(String topic, Headers headers, byte @Nullable [] data) {
        Object reference = ReferenceHeader.in(headers);
        if (data != ReferenceHeader.SENTINEL && reference == null) {
            return data;
        }
        if (data == ReferenceHeader.SENTINEL && reference instanceof RecordBatch batch) {
            return batch;
        }
        throw new IllegalStateException("A merged record of topic " + topic
                + " lost its batch on the way through the consumer; set vectorised off and report this");
    }
}
