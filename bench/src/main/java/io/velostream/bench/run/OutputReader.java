package io.velostream.bench.run;

import io.velostream.bench.broker.Broker;
import io.velostream.bench.broker.ClientSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads the committed records of an output topic, each once; what is committed later is read by the next call. */
final class OutputReader implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private final Broker broker;
    private final String topic;
    private final int partitions;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private long lastAppend;

    /** Takes what is read. */
    interface RecordListener {
        /** Called for each record, a partition's in order. */
        void read(ConsumerRecord<byte[], byte[]> record);
    }

    OutputReader(Broker broker, String topic, int partitions) {
        this.broker = broker;
        this.topic = topic;
        this.partitions = partitions;
        Map<String, Object> settings = new HashMap<>(ClientSettings.consumer());
        settings.put("bootstrap.servers", broker.bootstrap());
        settings.put("enable.auto.commit", "false");
        this.consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        consumer.assign(IntStream.range(0, partitions)
                .mapToObj(p -> new TopicPartition(topic, p))
                .toList());
        consumer.seekToBeginning(consumer.assignment());
    }

    /** Reads to the present end of the committed records. */
    void drain(RecordListener listener) {
        Map<TopicPartition, Long> ends = broker.endOffsets(topic, partitions, IsolationLevel.READ_COMMITTED);
        long deadline = System.nanoTime() + LONGEST.toNanos();
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("The output " + topic + " could not be read to its end");
            }
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                lastAppend = Math.max(lastAppend, record.timestamp());
                listener.read(record);
            }
        }
    }

    /** When the broker appended the last record that was read, in epoch milliseconds; 0 before any. */
    long lastAppend() {
        return lastAppend;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
