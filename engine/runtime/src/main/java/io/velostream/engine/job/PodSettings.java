package io.velostream.engine.job;

import java.nio.file.Path;
import java.util.Map;

/**
 * What a pod gives to all of its jobs.
 *
 * @param podName names the pod as a static member of every group; letters, digits, {@code . _ -}
 * @param ordinal the pod's number in its StatefulSet
 * @param stateDirectory where state is kept over restarts; no other process uses it
 * @param maxParallelism stream threads of one pod for a job that does not say
 * @param vectorised whether batches travel through the Streams runtime as one record; off only for comparison
 * @param kafka options of every Kafka client, {@code bootstrap.servers} among them
 * @param consumer options of the consumers alone
 * @param producer options of the producers alone
 */
public record PodSettings(
        String podName,
        int ordinal,
        Path stateDirectory,
        int maxParallelism,
        boolean vectorised,
        Map<String, String> kafka,
        Map<String, String> consumer,
        Map<String, String> producer) {
    public PodSettings {
        kafka = Map.copyOf(kafka);
        consumer = Map.copyOf(consumer);
        producer = Map.copyOf(producer);
    }
}
