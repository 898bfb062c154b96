package io.velostream.bench.ceiling;

import org.jspecify.annotations.Nullable;

/** Writes a record within the current transaction. */
interface Sender {
    /** Sends to the partition that the key's hash picks, or to any without a key; no value is a tombstone. */
    void send(String topic, byte @Nullable [] key, byte @Nullable [] value, long timestamp);
}
