package io.velostream.engine.job;

import io.velostream.engine.job.JobDocument.TopicDefaults;
import io.velostream.engine.job.JobStatus.Reason;
import io.velostream.engine.runtime.topology.UnitTopics;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/**
 * Sees to the topics that a unit needs before it starts: what it reads must be there, what it writes and what lies between
 * its stages is created by the job's defaults. Repartition topics keep their records until we delete what is committed.
 */
final class TopicKeeper {

    private static final int TIMEOUT_MILLIS = 10_000;
    /** Records carry event time: a source whose clock is ahead must not be refused by the broker, an hour ahead by default. */
    private static final Map<String, String> ANY_TIME =
            Map.of("message.timestamp.after.max.ms", Long.toString(Long.MAX_VALUE));

    private static final Map<String, String> REPARTITION_CONFIG =
            Map.of("cleanup.policy", "delete", "retention.ms", "-1", "segment.bytes", "52428800");

    private final Admin admin;

    TopicKeeper(Admin admin) {
        this.admin = admin;
    }

    /** Whether a unit can start. */
    sealed interface Preparation {
        /**
         * It can.
         *
         * @param partitions partitions of every topic that it reads
         */
        record Ready(Map<String, Integer> partitions) implements Preparation {}

        /** Not yet; to be tried again. */
        record Waiting(Reason reason, String message) implements Preparation {}
    }

    @FunctionalInterface
    private interface Work {
        Preparation run() throws Refusal;
    }

    private static final class Refusal extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient Reason reason;

        Refusal(Reason reason, String message) {
            super(message);
            this.reason = reason;
        }
    }

    /**
     * Looks at a unit's topics and creates what is missing and ours to create.
     *
     * @param jobSinks topics that any query of the job writes: such a topic may be read before its first record
     * @param deadLetterTopic empty when nothing is ever written to it
     */
    Preparation prepare(
            UnitTopics topics, Set<String> jobSinks, Optional<String> deadLetterTopic, TopicDefaults defaults) {
        return prepared(() -> {
            Set<String> written = new HashSet<>(topics.sinks());
            deadLetterTopic.ifPresent(written::add);
            topics.sources().stream().filter(jobSinks::contains).forEach(written::add);
            Set<String> users = new HashSet<>(written);
            users.addAll(topics.sources());
            Map<String, Integer> found = describe(users);
            for (String source : topics.sources()) {
                if (!found.containsKey(source) && !written.contains(source)) {
                    throw new Refusal(
                            Reason.SOURCE_TOPIC_MISSING,
                            "Topic " + source + " does not exist; create it, or correct the source's topic");
                }
            }
            createMissing(topics, written, found, defaults);
            Map<String, Integer> between = topics.repartitions(topic -> found.getOrDefault(topic, 1));
            Map<String, Integer> existing = describe(between.keySet());
            for (Map.Entry<String, Integer> topic : between.entrySet()) {
                if (!existing.containsKey(topic.getKey())) {
                    create(topic.getKey(), topic.getValue(), defaults.replicas(), REPARTITION_CONFIG);
                    existing.put(topic.getKey(), topic.getValue());
                }
            }
            found.putAll(existing);
            return new Preparation.Ready(Map.copyOf(found));
        });
    }

    /**
     * Makes sure of the topics that rows are inserted into, and of the one that notes which were.
     *
     * @param sinks topics of the user
     * @param marks ours
     */
    Preparation prepareInserts(Set<String> sinks, String marks, TopicDefaults defaults) {
        return prepared(() -> {
            Set<String> all = new HashSet<>(sinks);
            all.add(marks);
            Map<String, Integer> found = describe(all);
            for (String sink : sinks) {
                if (!found.containsKey(sink)) {
                    found.put(sink, createForUser(sink, defaults, 1));
                }
            }
            if (!found.containsKey(marks)) {
                create(marks, 1, defaults.replicas(), Map.of("cleanup.policy", "compact"));
                found.put(marks, 1);
            }
            return new Preparation.Ready(Map.copyOf(found));
        });
    }

    /** What keeps the topics from being ready is what is waited for. */
    private static Preparation prepared(Work work) {
        try {
            return work.run();
        } catch (Refusal refusal) {
            return new Preparation.Waiting(refusal.reason, String.valueOf(refusal.getMessage()));
        } catch (KafkaException noClient) {
            return new Preparation.Waiting(
                    Reason.KAFKA_UNREACHABLE, "Kafka cannot be reached: " + Failures.sentence(noClient));
        }
    }

    /** Without a number of its own a topic gets as many partitions as the widest topic that the unit reads. */
    private void createMissing(
            UnitTopics topics, Set<String> written, Map<String, Integer> found, TopicDefaults defaults) throws Refusal {
        int widest = topics.sources().stream()
                .mapToInt(source -> found.getOrDefault(source, 1))
                .max()
                .orElse(1);
        for (String topic : written) {
            if (found.containsKey(topic)) {
                continue;
            }
            if (defaults.partitions() <= 0 && topics.sources().contains(topic)) {
                throw new Refusal(
                        Reason.SOURCE_TOPIC_MISSING,
                        "Topic " + topic + " is made by the query that writes it, which has not started yet");
            }
            found.put(topic, createForUser(topic, defaults, widest));
        }
    }

    private int createForUser(String topic, TopicDefaults defaults, int widest) throws Refusal {
        if (!defaults.create()) {
            throw new Refusal(
                    Reason.TOPIC_MISSING,
                    "Topic " + topic
                            + " does not exist and the job creates no topics; create it, or set topics.create");
        }
        int partitions = defaults.partitions() > 0 ? defaults.partitions() : widest;
        create(topic, partitions, defaults.replicas(), defaults.config());
        return partitions;
    }

    private void create(String topic, int partitions, int replicas, Map<String, String> config) throws Refusal {
        Map<String, String> complete = new HashMap<>(ANY_TIME);
        complete.putAll(config);
        NewTopic wanted = new NewTopic(
                        topic, Optional.of(partitions), replicas > 0 ? Optional.of((short) replicas) : Optional.empty())
                .configs(complete);
        try {
            await(admin.createTopics(List.of(wanted)).all(), "create topic " + topic);
            awaitLeaders(topic, partitions);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw refused("Topic " + topic + " could not be created", e.getCause());
            }
        }
    }

    /**
     * Asks each partition's leader for its end. Until leaders serve, a producer's first batch may be refused and its second
     * one taken, and brokers take any first sequence number: the first batch could then never be written.
     */
    private void awaitLeaders(String topic, int partitions) throws ExecutionException, Refusal {
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        for (int partition = 0; partition < partitions; partition++) {
            ends.put(new TopicPartition(topic, partition), OffsetSpec.latest());
        }
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(TIMEOUT_MILLIS);
        while (true) {
            try {
                await(admin.listOffsets(ends).all(), "lead topic " + topic);
                return;
            } catch (ExecutionException e) {
                // The broker that was asked may not have heard of the topic yet.
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException) || System.nanoTime() > deadline) {
                    throw e;
                }
                pause();
            }
        }
    }

    private static void pause() throws Refusal {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refusal(Reason.KAFKA_UNREACHABLE, "Interrupted while a topic was being created");
        }
    }

    private Map<String, Integer> describe(Set<String> topics) throws Refusal {
        Map<String, Integer> partitions = new HashMap<>();
        Map<String, KafkaFuture<TopicDescription>> answers = admin.describeTopics(
                        List.copyOf(topics), new DescribeTopicsOptions().timeoutMs(TIMEOUT_MILLIS))
                .topicNameValues();
        for (Map.Entry<String, KafkaFuture<TopicDescription>> answer : answers.entrySet()) {
            try {
                partitions.put(
                        answer.getKey(),
                        await(answer.getValue(), "describe topic " + answer.getKey())
                                .partitions()
                                .size());
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw refused("Topic " + answer.getKey() + " could not be described", e.getCause());
                }
            }
        }
        return partitions;
    }

    private static <T> T await(KafkaFuture<T> future, String what) throws ExecutionException, Refusal {
        try {
            return future.get(TIMEOUT_MILLIS + 1_000L, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new Refusal(Reason.KAFKA_UNREACHABLE, "No broker answered the wish to " + what);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refusal(Reason.KAFKA_UNREACHABLE, "Interrupted while waiting to " + what);
        }
    }

    private static Refusal refused(String what, @Nullable Throwable cause) {
        boolean passing = cause instanceof RetriableException;
        return new Refusal(
                passing ? Reason.KAFKA_UNREACHABLE : Reason.TOPIC_REFUSED,
                what + ": " + (cause == null ? "unknown cause" : cause.getMessage()));
    }

    /** Deletes records of repartition topics that are committed; failures are left to the next time. */
    void purge(Map<TopicPartition, Long> committed) {
        Map<TopicPartition, RecordsToDelete> upTo = new HashMap<>();
        committed.forEach((partition, offset) -> upTo.put(partition, RecordsToDelete.beforeOffset(offset)));
        if (!upTo.isEmpty()) {
            admin.deleteRecords(upTo);
        }
    }
}
