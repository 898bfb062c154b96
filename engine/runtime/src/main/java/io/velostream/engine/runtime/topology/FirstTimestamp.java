package io.velostream.engine.runtime.topology;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;

/**
 * The record's own timestamp, never negative: Streams drops a record with a negative one, a whole batch in our case.
 * Event time and watermarks are the operators' and know nothing of this.
 */
final class FirstTimestamp implements TimestampExtractor {
    @Override
    public long extract(ConsumerRecord<Object, Object> record, long partitionTime) {
        return Math.max(0, record.timestamp());
    }
}
