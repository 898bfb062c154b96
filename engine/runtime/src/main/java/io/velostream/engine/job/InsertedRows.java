package io.velostream.engine.job;

import io.velostream.engine.plan.Fingerprint;
import io.velostream.engine.plan.physical.InsertPlan;
import io.velostream.engine.runtime.operator.ConstantRows;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Writes the rows of {@code INSERT INTO … VALUES} exactly once in the life of a job, whatever restarts and however many
 * pods try: the rows and a mark that says so are one transaction, and whoever holds the transactional id looks for the
 * mark before he writes. A statement whose rows are edited, and a new state generation, are written anew.
 */
final class InsertedRows {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final PodSettings pod;
    private final String topicOfMarks;

    /**
     * For one job.
     *
     * @param topicOfMarks a compacted topic of one partition, which exists
     */
    InsertedRows(PodSettings pod, String topicOfMarks) {
        this.pod = pod;
        this.topicOfMarks = topicOfMarks;
    }

    /** Where a job notes what it has inserted. */
    static String topicOfMarks(JobDocument document) {
        return document.applicationId() + ".g" + document.stateGeneration() + ".inserted";
    }

    /**
     * Writes what has not been written.
     *
     * @throws org.apache.kafka.common.KafkaException when it could not, with nothing written; it can be tried again
     */
    void write(List<InsertPlan> inserts) {
        Map<String, Object> options = new HashMap<>(pod.kafka());
        options.putAll(pod.producer());
        options.put("transactional.id", topicOfMarks);
        options.put("enable.idempotence", "true");
        options.put("max.block.ms", Long.toString(PATIENCE.toMillis()));
        try (Producer<byte[], byte[]> producer =
                new KafkaProducer<>(options, new ByteArraySerializer(), new ByteArraySerializer())) {
            // From here on every other writer is fenced and what it left open is aborted, so the marks are final.
            producer.initTransactions();
            Set<String> done = marks();
            List<InsertPlan> left = inserts.stream()
                    .filter(insert -> !done.contains(mark(insert)))
                    .toList();
            if (left.isEmpty()) {
                return;
            }
            producer.beginTransaction();
            for (InsertPlan insert : left) {
                for (ConstantRows.Encoded row : ConstantRows.of(insert)) {
                    producer.send(new ProducerRecord<>(
                            insert.topic(), null, row.timestamp().orElse(null), row.key(), row.value()));
                }
                byte[] mark = mark(insert).getBytes(StandardCharsets.UTF_8);
                producer.send(new ProducerRecord<>(topicOfMarks, 0, mark, mark));
            }
            producer.commitTransaction();
        }
    }

    private static String mark(InsertPlan insert) {
        return Fingerprint.of(insert.name() + insert.rows(), 16);
    }

    private Set<String> marks() {
        Map<String, Object> options = new HashMap<>(pod.kafka());
        options.putAll(pod.consumer());
        options.put("isolation.level", "read_committed");
        options.remove("group.id");
        Set<String> marks = new HashSet<>();
        TopicPartition partition = new TopicPartition(topicOfMarks, 0);
        try (Consumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(options, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition), PATIENCE).getOrDefault(partition, 0L);
            while (consumer.position(partition, PATIENCE) < end) {
                consumer.poll(Duration.ofMillis(200))
                        .forEach(record -> marks.add(new String(record.key(), StandardCharsets.UTF_8)));
            }
        }
        return marks;
    }
}
