package io.velostream.engine.runtime.topology;

import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** The real records for which one record of the Streams runtime stands on its way out. All go to the same topic. */
interface FanOutRows {

    /** Headers of a row without any. */
    Header[] NO_HEADERS = new Header[0];

    /** Number of records. */
    int size();

    /** A record's key; the array belongs to the caller. */
    byte @Nullable [] key(int row);

    /** A record's value; the array belongs to the caller. */
    byte @Nullable [] value(int row);

    /** A record's timestamp in milliseconds. */
    long timestamp(int row);

    /** A record's headers. */
    default Header[] headers(int row) {
        return NO_HEADERS;
    }

    /** Whether the record goes to every partition of the topic. */
    default boolean isBroadcast(int row) {
        return false;
    }

    /** Whether the partition must follow from the key alone, whatever partitioner the producer was given. */
    default boolean partitionedByKey() {
        return false;
    }
}
