package io.velostream.engine.runtime.operator;

import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Records of one partition, contiguous and in offset order, as bytes. Index i is below {@link #size()}. The arrays are
 * not copied and must not be changed.
 */
public interface RecordBatch {

    /** Number of records, at least 1. */
    int size();

    /** The topic of all records. */
    String topic();

    /** The partition of all records. */
    int partition();

    /** The record key, or null. */
    byte @Nullable [] key(int index);

    /** The record value; null is a tombstone. */
    byte @Nullable [] value(int index);

    /** The record timestamp in milliseconds. */
    long timestamp(int index);

    /** The record's offset. */
    long offset(int index);

    /** The record's headers. */
    Headers headers(int index);
}
