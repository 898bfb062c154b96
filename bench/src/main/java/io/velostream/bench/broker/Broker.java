package io.velostream.bench.broker;

import io.velostream.bench.process.JavaCommand;
import io.velostream.bench.process.JavaProcess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.LogDirDescription;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.ReplicaInfo;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/** The broker's process as the harness sees it, with the few administrative calls that a run needs. */
public final class Broker implements AutoCloseable {
    private static final int CALL_SECONDS = 30;
    private static final int BROKER_ID = 1;
    private static final List<String> FLAGS = List.of("-Xms1g", "-Xmx1g", "-XX:+UseParallelGC", "-Xshare:auto");

    private final JavaProcess process;
    private final String bootstrap;
    private final Admin admin;

    private Broker(JavaProcess process, String bootstrap) {
        this.process = process;
        this.bootstrap = bootstrap;
        this.admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap));
    }

    /** Starts the broker with its data below the work directory. */
    public static Broker start(Path javaHome, Path work, Path logs) {
        List<String> arguments = List.of(work.resolve("broker").toString());
        JavaCommand java = new JavaCommand(javaHome, FLAGS, List.of(), BrokerMain.class, arguments);
        JavaProcess process = JavaProcess.start(java, logs.resolve("broker.log"), true);
        return new Broker(process, process.readLine());
    }

    /** The address for clients. */
    public String bootstrap() {
        return bootstrap;
    }

    /** Process id of the broker. */
    public long pid() {
        return process.pid();
    }

    /** Bytes that consumers have fetched from the topic since the broker started. */
    public long bytesOut(String topic) {
        return Long.parseLong(process.ask(topic));
    }

    /** The same for several topics together. */
    public long bytesOut(List<String> topics) {
        long bytes = 0;
        for (String topic : topics) {
            bytes += bytesOut(topic);
        }
        return bytes;
    }

    /**
     * Creates a topic and returns when all its partitions can be written.
     *
     * @param appendTime whether its records carry the time at which the broker appended them
     */
    public void createTopic(String name, int partitions, boolean appendTime) {
        Map<String, String> properties = new HashMap<>();
        properties.put("message.timestamp.type", appendTime ? "LogAppendTime" : "CreateTime");
        properties.put("file.delete.delay.ms", "1000");
        await(admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1).configs(properties)))
                .all());
        awaitLeaders(name, partitions);
    }

    /** A topic is known to the broker a little after its creation is confirmed. */
    private void awaitLeaders(String topic, int partitions) {
        long deadline = System.nanoTime() + CALL_SECONDS * 1_000_000_000L;
        while (true) {
            try {
                TopicDescription description = await(
                                admin.describeTopics(List.of(topic)).allTopicNames())
                        .get(topic);
                if (description != null
                        && description.partitions().size() == partitions
                        && description.partitions().stream().allMatch(p -> p.leader() != null)) {
                    endOffsets(topic, partitions, IsolationLevel.READ_UNCOMMITTED);
                    return;
                }
            } catch (IllegalStateException e) {
                if (System.nanoTime() > deadline || !(e.getCause() instanceof ExecutionException)) {
                    throw e;
                }
            }
            LockSupport.parkNanos(20_000_000);
        }
    }

    /** Deletes every topic whose name the predicate accepts, Kafka's own excepted. */
    public void deleteTopics(Predicate<String> which) {
        Set<String> names = await(admin.listTopics().names()).stream()
                .filter(name -> !name.startsWith("__"))
                .filter(which)
                .collect(Collectors.toSet());
        if (!names.isEmpty()) {
            await(admin.deleteTopics(names).all());
        }
    }

    /** The end of each partition: of committed records only, or of all. */
    public Map<TopicPartition, Long> endOffsets(String topic, int partitions, IsolationLevel isolation) {
        Map<TopicPartition, OffsetSpec> request = new HashMap<>();
        for (int partition = 0; partition < partitions; partition++) {
            request.put(new TopicPartition(topic, partition), OffsetSpec.latest());
        }
        Map<TopicPartition, ListOffsetsResultInfo> result = await(
                admin.listOffsets(request, new ListOffsetsOptions(isolation)).all());
        Map<TopicPartition, Long> ends = new HashMap<>();
        result.forEach((partition, info) -> ends.put(partition, info.offset()));
        return ends;
    }

    /** Bytes of the topics' logs. */
    public long size(List<String> topics) {
        long size = 0;
        for (Map<String, LogDirDescription> directories : await(
                        admin.describeLogDirs(List.of(BROKER_ID)).allDescriptions())
                .values()) {
            for (LogDirDescription directory : directories.values()) {
                for (Map.Entry<TopicPartition, ReplicaInfo> replica :
                        directory.replicaInfos().entrySet()) {
                    if (topics.contains(replica.getKey().topic())) {
                        size += replica.getValue().size();
                    }
                }
            }
        }
        return size;
    }

    /** Forgets every consumer group, so that the next run starts from the beginning and the coordinator from nothing. */
    public void deleteGroups() {
        List<String> groups = new ArrayList<>();
        await(admin.listGroups().all()).forEach(group -> groups.add(group.groupId()));
        if (!groups.isEmpty()) {
            admin.deleteConsumerGroups(groups);
        }
    }

    private static <T> T await(KafkaFuture<T> future) {
        try {
            return future.get(CALL_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("The broker did not do what was asked: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for the broker", e);
        }
    }

    @Override
    public void close() {
        admin.close();
        process.close();
    }
}
