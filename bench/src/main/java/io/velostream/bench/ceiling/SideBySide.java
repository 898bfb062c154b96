package io.velostream.bench.ceiling;

import java.util.List;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** Keeps two streams together in event time, so that a join holds no more than it must: the one that is ahead waits. */
final class SideBySide implements Intake {
    private static final long FARTHEST_MILLIS = 5_000;

    private final String left;
    private final String right;
    private final LongSupplier leftTime;
    private final LongSupplier rightTime;

    /** Keeps the topics together by the newest event times that were read from them. */
    SideBySide(String left, LongSupplier leftTime, String right, LongSupplier rightTime) {
        this.left = left;
        this.leftTime = leftTime;
        this.right = right;
        this.rightTime = rightTime;
    }

    @Override
    public void beforePoll(KafkaConsumer<byte[], byte[]> consumer) {
        hold(consumer, left, leftTime.getAsLong() - FARTHEST_MILLIS > rightTime.getAsLong());
        hold(consumer, right, rightTime.getAsLong() - FARTHEST_MILLIS > leftTime.getAsLong());
    }

    private static void hold(KafkaConsumer<byte[], byte[]> consumer, String topic, boolean ahead) {
        List<TopicPartition> partitions = consumer.assignment().stream()
                .filter(partition -> partition.topic().equals(topic))
                .toList();
        if (ahead) {
            consumer.pause(partitions);
        } else {
            consumer.resume(partitions);
        }
    }
}
