package io.velostream.bench.ceiling;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** Reads a table to the end that it has at the start; only then the other topics. */
final class TableFirst implements Intake {
    private final String table;
    private final Map<TopicPartition, Long> ends = new HashMap<>();
    private final List<TopicPartition> held = new ArrayList<>();

    TableFirst(String table) {
        this.table = table;
    }

    @Override
    public void assigned(KafkaConsumer<byte[], byte[]> consumer, Collection<TopicPartition> partitions) {
        List<TopicPartition> tables = new ArrayList<>();
        for (TopicPartition partition : partitions) {
            (partition.topic().equals(table) ? tables : held).add(partition);
        }
        ends.putAll(consumer.endOffsets(tables));
        consumer.pause(held);
    }

    @Override
    public void beforePoll(KafkaConsumer<byte[], byte[]> consumer) {
        if (held.isEmpty()) {
            return;
        }
        ends.entrySet().removeIf(end -> consumer.position(end.getKey()) >= end.getValue());
        if (ends.isEmpty()) {
            consumer.resume(held);
            held.clear();
        }
    }
}
