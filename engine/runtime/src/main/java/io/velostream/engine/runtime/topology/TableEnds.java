package io.velostream.engine.runtime.topology;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out when a table has been read to the end that it had when its partition was assigned: the consumer's position is
 * there, and what it returned has been processed. One a consumer, used by its thread only.
 */
final class TableEnds {

    private static final Logger LOG = LoggerFactory.getLogger(TableEnds.class);

    private final Consumer<byte[], byte[]> consumer;
    private final Predicate<String> isTable;
    private final UnitProgress progress;
    private final Map<TopicPartition, Long> ends = new HashMap<>();
    private final Map<TopicPartition, Long> returned = new HashMap<>();

    TableEnds(Consumer<byte[], byte[]> consumer, Predicate<String> isTable, UnitProgress progress) {
        this.consumer = consumer;
        this.isTable = isTable;
        this.progress = progress;
    }

    /** Looks at the tables that are not at their end yet, after a poll. */
    void polled(ConsumerRecords<?, ?> records) {
        Set<TopicPartition> assigned = consumer.assignment();
        ends.keySet().retainAll(assigned);
        returned.keySet().retainAll(assigned);
        for (TopicPartition partition : assigned) {
            if (!isTable.test(partition.topic()) || progress.isLoaded(partition)) {
                continue;
            }
            List<? extends ConsumerRecord<?, ?>> polled = records.records(partition);
            if (!polled.isEmpty()) {
                returned.put(partition, polled.getLast().offset());
            }
            try {
                look(partition);
            } catch (KafkaException e) {
                LOG.warn("The end of table {} is not known yet: {}", partition, e.getMessage());
                return;
            }
        }
    }

    private void look(TopicPartition partition) {
        Long end = ends.get(partition);
        if (end == null) {
            end = consumer.endOffsets(Set.of(partition)).getOrDefault(partition, 0L);
            ends.put(partition, end);
        }
        Long last = returned.get(partition);
        boolean processed = last == null || progress.isProcessed(partition, last);
        if (processed && consumer.position(partition) >= end) {
            progress.loaded(partition);
        }
    }
}
