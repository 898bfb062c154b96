package io.velostream.engine.adhoc;

import io.velostream.engine.plan.physical.StageInput;
import io.velostream.engine.plan.physical.StagePlan;
import io.velostream.engine.sql.analysis.NearestName;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads topics for SELECTs that are asked once: without a group, so that nobody's offsets move, committed records only, and
 * a bounded amount at a time. Safe for use by several threads; each call has a consumer of its own.
 */
public final class TopicQuery {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration BROKER_TIMEOUT = Duration.ofSeconds(10);

    private final Map<String, String> clients;

    /**
     * Reads with these options.
     *
     * @param clients options of Kafka clients, {@code bootstrap.servers} among them
     */
    public TopicQuery(Map<String, String> clients) {
        this.clients = Map.copyOf(clients);
    }

    /** What is wrong with the topics that the stages read, as a sentence: one does not exist, or no broker answers. */
    public Optional<String> problem(List<StagePlan> stages) {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            Set<String> topics = consumer.listTopics(BROKER_TIMEOUT).keySet();
            return stages.stream()
                    .map(TopicQuery::topic)
                    .filter(topic -> !topics.contains(topic))
                    .findFirst()
                    .map(topic -> "There is no topic `" + topic + "`" + NearestName.suggestion(topic, topics));
        } catch (KafkaException e) {
            return Optional.of("Kafka at " + clients.get(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG) + " does not answer: "
                    + e.getMessage());
        }
    }

    private static String topic(StagePlan stage) {
        return ((StageInput.Topic) stage.input()).source().topic();
    }

    /** Runs the stages one after the other. */
    public ReadEnd run(List<StagePlan> stages, ReadLimits limits, RowSink sink) throws IOException {
        long deadline = System.nanoTime() + limits.timeout().toNanos();
        ReadEnd end = new ReadEnd(0, 0, ReadEnd.Reason.COMPLETE);
        for (StagePlan stage : stages) {
            end = end.and(
                    read(stage, new StageRun(stage, sink, limits.rows() - end.rows()), limits.latest(), deadline));
            if (end.reason() != ReadEnd.Reason.COMPLETE) {
                break;
            }
        }
        return end;
    }

    private ReadEnd read(StagePlan stage, StageRun run, boolean latest, long deadline) throws IOException {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            List<TopicPartition> partitions = partitions(consumer.partitionsFor(topic(stage), BROKER_TIMEOUT));
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, BROKER_TIMEOUT);
            consumer.assign(partitions);
            if (latest) {
                ends.forEach(consumer::seek);
            } else {
                consumer.seekToBeginning(partitions);
            }
            while (latest || !isRead(consumer, ends)) {
                if (System.nanoTime() - deadline >= 0) {
                    return run.end(ReadEnd.Reason.TIMEOUT);
                }
                ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
                for (TopicPartition partition : records.partitions()) {
                    if (run.process(records.records(partition))) {
                        return run.end(ReadEnd.Reason.LIMIT);
                    }
                }
            }
            return run.end(ReadEnd.Reason.COMPLETE);
        }
    }

    private static List<TopicPartition> partitions(Collection<PartitionInfo> infos) {
        return infos.stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
    }

    private static boolean isRead(KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream()
                .allMatch(end -> consumer.position(end.getKey(), BROKER_TIMEOUT) >= end.getValue());
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        Map<String, Object> options = new HashMap<>(clients);
        options.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        options.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        options.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        options.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        options.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 500);
        options.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 8 << 20);
        options.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 1 << 20);
        return new KafkaConsumer<>(options, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
