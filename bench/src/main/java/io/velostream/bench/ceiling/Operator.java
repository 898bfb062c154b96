package io.velostream.bench.ceiling;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A query's part of the loop. */
interface Operator {
    /** Takes a record that is no tombstone. */
    void process(ConsumerRecord<byte[], byte[]> record);

    /** Takes a record without a value: nothing, except where a table is read. */
    default void tombstone(ConsumerRecord<byte[], byte[]> record) {}

    /** Writes changed state to the changelog; the transaction is committed next. */
    default void beforeCommit() {}
}
