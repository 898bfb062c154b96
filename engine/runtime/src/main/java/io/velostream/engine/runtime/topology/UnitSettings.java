package io.velostream.engine.runtime.topology;

import io.velostream.engine.guard.ErrorPolicy;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * What a unit runs with.
 *
 * @param job the job's name, for dead letters and logs
 * @param applicationId the Streams application id: group, transactional ids and internal topics begin with it
 * @param clientId what the clients' ids begin with
 * @param member the static member's name, the pod's; empty for a dynamic member
 * @param threads stream threads of this pod, at least 1
 * @param start where source topics are read from when nothing was committed and their own properties say nothing
 * @param deadLetterTopic full name
 * @param partitions partitions of every topic that the unit reads, by full name
 * @param kafka options of all clients, such as the bootstrap servers and security
 * @param consumer options of the consumers, stronger than ours
 * @param producer options of the producers, stronger than ours
 * @param vectorised whether batches travel as one record of the runtime; false runs on plain clients
 * @param tuning what can be changed while the unit runs
 */
public record UnitSettings(
        String job,
        String applicationId,
        String clientId,
        Optional<String> member,
        int threads,
        int standbyReplicas,
        boolean exactlyOnce,
        Start start,
        ErrorPolicy errorPolicy,
        String deadLetterTopic,
        Map<String, Integer> partitions,
        Path stateDirectory,
        Map<String, String> kafka,
        Map<String, String> consumer,
        Map<String, String> producer,
        boolean vectorised,
        BatchTuning tuning) {

    private static final int DEFAULT_REQUEST_BYTES = 1 << 20;
    /** What Kafka adds to the key and value of a record that is alone in its batch, at most: 61 + 21 + three lengths. */
    private static final int RECORD_OVERHEAD_BYTES = 128;

    public UnitSettings {
        partitions = Map.copyOf(partitions);
        kafka = Map.copyOf(kafka);
        consumer = Map.copyOf(consumer);
        producer = Map.copyOf(producer);
    }

    /** Largest row that the producers take, key and value together, in bytes. */
    int rowLimit() {
        String configured = producer.getOrDefault(
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG, kafka.getOrDefault(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, ""));
        int request = configured.isBlank() ? DEFAULT_REQUEST_BYTES : Integer.parseInt(configured.strip());
        return Math.max(1, request - RECORD_OVERHEAD_BYTES);
    }

    /** Where a group without offsets begins. */
    public enum Start {
        EARLIEST,
        LATEST
    }
}
