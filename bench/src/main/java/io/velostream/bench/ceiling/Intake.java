package io.velostream.bench.ceiling;

import java.util.Collection;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** Decides which of several inputs is read next, by pausing the others. */
interface Intake {
    /** Reads all inputs as they come. */
    Intake ALL = new Intake() {};

    /** Called when the group's protocol has assigned partitions, before any of their records is returned. */
    default void assigned(KafkaConsumer<byte[], byte[]> consumer, Collection<TopicPartition> partitions) {}

    /** Called before each poll; what earlier polls returned has been processed. */
    default void beforePoll(KafkaConsumer<byte[], byte[]> consumer) {}
}
