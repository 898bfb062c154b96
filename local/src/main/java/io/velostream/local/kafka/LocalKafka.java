package io.velostream.local.kafka;

import io.velostream.local.files.FileTrees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.utils.Time;
import org.jspecify.annotations.Nullable;

/**
 * One Kafka broker (KRaft, controller and broker combined) in this process, listening on 127.0.0.1 only. It is the real broker:
 * transactions, group protocols, compaction and quotas are Kafka's own. Topics are never created by use.
 *
 * <p>The first start in a JVM takes about two seconds, later ones a fraction of that. {@link #stop()} followed by {@link #start()}
 * keeps the port and the data, so that clients see an outage and not another cluster.
 */
public final class LocalKafka implements AutoCloseable {
    private static final int CALL_TIMEOUT_SECONDS = 30;

    private final BrokerSettings settings;
    private final Path directory;
    private final boolean temporary;
    private final int port;
    private @Nullable KafkaRaftServer server;
    private @Nullable Admin admin;
    private boolean closed;

    private LocalKafka(Builder builder) {
        this.temporary = builder.directory.isEmpty();
        this.directory = builder.directory.orElseGet(DataDirectory::temporary);
        this.port = builder.port == 0 ? FreePorts.next() : builder.port;
        this.settings = new BrokerSettings(builder.defaultPartitions, Map.copyOf(builder.properties));
    }

    /** What a broker can be started with; every setting has a default. */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects what differs from the defaults: a temporary directory, a free port, one partition a topic. */
    public static final class Builder {
        private Optional<Path> directory = Optional.empty();
        private int port;
        private int defaultPartitions = 1;
        private final Map<String, String> properties = new HashMap<>();

        private Builder() {}

        /** Keeps the data here after {@link LocalKafka#close()}; an earlier broker's data is taken up again. */
        public Builder dataDirectory(Path path) {
            this.directory = Optional.of(path.toAbsolutePath());
            return this;
        }

        /** Listens on this port; 0, the default, picks a free one. */
        public Builder port(int number) {
            if (number < 0 || number > 65535) {
                throw new IllegalArgumentException("A port lies between 0 (any free one) and 65535, not " + number);
            }
            this.port = number;
            return this;
        }

        /** The partitions of a topic that is created without a number. */
        public Builder defaultPartitions(int count) {
            if (count < 1) {
                throw new IllegalArgumentException("A topic has at least one partition, not " + count);
            }
            this.defaultPartitions = count;
            return this;
        }

        /** Sets one broker property of Kafka's documentation; it wins over the default of this class. */
        public Builder property(String key, String value) {
            properties.put(key, value);
            return this;
        }

        /**
         * Starts the broker and returns when it serves requests.
         *
         * @throws LocalKafkaException when it cannot start, for instance because the port is taken
         */
        public LocalKafka start() {
            LocalKafka kafka = new LocalKafka(this);
            try {
                kafka.start();
                return kafka;
            } catch (RuntimeException e) {
                kafka.close();
                throw e;
            }
        }
    }

    /** The address to give to clients as {@code bootstrap.servers}; it is the same after a restart. */
    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    /** Where the log segments and the metadata are. */
    public Path dataDirectory() {
        return directory;
    }

    /** Whether the broker serves requests now. */
    public synchronized boolean isRunning() {
        return server != null;
    }

    /** Starts the broker again after {@link #stop()}, on the same port and data; does nothing when it runs. */
    public synchronized void start() {
        if (closed) {
            throw new IllegalStateException(
                    "The broker on " + bootstrapServers() + " is closed; start another with LocalKafka.builder()");
        }
        if (server != null) {
            return;
        }
        if (!FreePorts.isFree(port)) {
            throw new LocalKafkaException(
                    "Port " + bootstrapServers() + " is taken by another process; end it or choose another port", null);
        }
        DataDirectory.format(directory, BrokerSettings.NODE_ID);
        KafkaConfig config = new KafkaConfig(settings.toMap(directory, port, FreePorts.next()), false);
        KafkaRaftServer starting = new KafkaRaftServer(config, Time.SYSTEM);
        try {
            starting.startup();
        } catch (RuntimeException e) {
            starting.shutdown();
            throw new LocalKafkaException(
                    "The Kafka broker did not start on " + bootstrapServers() + " with its data in " + directory
                            + "; is the directory used by another process? Cause: " + e,
                    e);
        }
        server = starting;
    }

    /** Stops the broker cleanly and keeps its data and port; does nothing when it is stopped. */
    public synchronized void stop() {
        if (server != null) {
            server.shutdown();
            server.awaitShutdown();
            server = null;
        }
    }

    /** Creates a topic with the default number of partitions. */
    public void createTopic(String name) {
        createTopic(name, settings.defaultPartitions());
    }

    /** Creates a topic. */
    public void createTopic(String name, int partitions) {
        createTopic(name, partitions, Map.of());
    }

    /**
     * Creates a topic with properties of its own, such as {@code cleanup.policy}, and returns when it can be written.
     *
     * @throws LocalKafkaException when it exists or the broker refuses it
     */
    public void createTopic(String name, int partitions, Map<String, String> properties) {
        NewTopic topic = new NewTopic(name, partitions, (short) 1).configs(properties);
        try {
            admin().createTopics(List.of(topic)).all().get(CALL_TIMEOUT_SECONDS, TimeUnit.SECONDS);
            awaitLeaders(name, partitions);
        } catch (ExecutionException | TimeoutException e) {
            Throwable cause = e instanceof ExecutionException && e.getCause() != null ? e.getCause() : e;
            throw new LocalKafkaException("Topic " + name + " could not be created: " + cause, cause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LocalKafkaException("Interrupted while creating topic " + name, e);
        }
    }

    /**
     * Asks each partition's leader for its end until it answers. A leader that does not serve yet may refuse a producer's
     * first batch and take its second: the first could then never be written, since brokers take any first sequence number.
     */
    private void awaitLeaders(String name, int partitions)
            throws ExecutionException, TimeoutException, InterruptedException {
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        for (int partition = 0; partition < partitions; partition++) {
            ends.put(new TopicPartition(name, partition), OffsetSpec.latest());
        }
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(CALL_TIMEOUT_SECONDS);
        while (true) {
            try {
                admin().listOffsets(ends).all().get(CALL_TIMEOUT_SECONDS, TimeUnit.SECONDS);
                return;
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException) || System.nanoTime() > deadline) {
                    throw e;
                }
                Thread.sleep(20);
            }
        }
    }

    /** An admin client of this broker, closed with it; it also outlives a {@link #stop()} and {@link #start()}. */
    public synchronized Admin admin() {
        if (closed) {
            throw new IllegalStateException("The broker on " + bootstrapServers() + " is closed");
        }
        if (admin == null) {
            admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers()));
        }
        return admin;
    }

    /** Stops the broker; a temporary data directory is deleted. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (admin != null) {
            admin.close();
        }
        stop();
        if (temporary) {
            try {
                FileTrees.delete(directory);
            } catch (IOException e) {
                throw new UncheckedIOException("The broker is stopped, but its directory stays: " + directory, e);
            }
        } else if (!Files.isDirectory(directory)) {
            throw new LocalKafkaException("The data directory vanished while the broker ran: " + directory, null);
        }
    }
}
