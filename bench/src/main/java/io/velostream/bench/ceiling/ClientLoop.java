package io.velostream.bench.ceiling;

import io.velostream.bench.broker.ClientSettings;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Poll, process, and each second commit outputs, changelog and offsets in one transaction. One consumer, one producer, one
 * thread. It does not restore state or survive a rebalance: it is a measure of cost, not an engine.
 */
public final class ClientLoop implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(50);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final KafkaProducer<byte[], byte[]> producer;
    private final Operator operator;
    private final Intake intake;
    private final Map<TopicPartition, OffsetAndMetadata> positions = new HashMap<>();
    private final AtomicReference<Exception> sendFailure = new AtomicReference<>();
    private final Thread thread;
    private volatile boolean stopping;
    private boolean inTransaction;

    /** Makes the operator of a query from what it sends with. */
    interface OperatorFactory {
        /** The operator. */
        Operator create(Sender sender);
    }

    /** Makes the intake of a query, which may ask the operator how far it is. */
    interface IntakeFactory {
        /** The intake. */
        Intake create(Operator operator);
    }

    /** What the loop does: the topics that it reads, what it does with their records and which it reads first. */
    record Query(List<String> topics, OperatorFactory operators, IntakeFactory intakes) {
        /** A query that reads all topics as they come. */
        Query(List<String> topics, OperatorFactory operators) {
            this(topics, operators, operator -> Intake.ALL);
        }
    }

    ClientLoop(String bootstrap, String applicationId, Query query, Consumer<Throwable> onFailure) {
        Map<String, Object> reading = new HashMap<>(ClientSettings.consumer());
        reading.put("bootstrap.servers", bootstrap);
        reading.put("group.id", applicationId);
        reading.put("enable.auto.commit", "false");
        this.consumer = new KafkaConsumer<>(reading, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        Map<String, Object> writing = new HashMap<>(ClientSettings.producer());
        writing.put("bootstrap.servers", bootstrap);
        writing.put("transactional.id", applicationId);
        this.producer = new KafkaProducer<>(writing, new ByteArraySerializer(), new ByteArraySerializer());
        this.operator = query.operators().create(this::send);
        this.intake = query.intakes().create(operator);
        this.consumer.subscribe(query.topics(), new ConsumerRebalanceListener() {
            @Override
            public void onPartitionsRevoked(Collection<TopicPartition> partitions) {}

            @Override
            public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
                intake.assigned(consumer, partitions);
            }
        });
        this.thread = new Thread(() -> run(onFailure), "loop");
        this.thread.start();
    }

    private void send(String topic, byte @Nullable [] key, byte @Nullable [] value, long timestamp) {
        begin();
        producer.send(new ProducerRecord<>(topic, null, timestamp, key, value), (metadata, exception) -> {
            if (exception != null) {
                sendFailure.compareAndSet(null, exception);
            }
        });
    }

    private void begin() {
        if (!inTransaction) {
            producer.beginTransaction();
            inTransaction = true;
        }
    }

    private void run(Consumer<Throwable> onFailure) {
        try (consumer;
                producer) {
            producer.initTransactions();
            long nextCommit = System.nanoTime() + ClientSettings.COMMIT_MILLIS * 1_000_000L;
            while (!stopping) {
                intake.beforePoll(consumer);
                ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
                for (ConsumerRecord<byte[], byte[]> record : records) {
                    if (record.value() != null) {
                        operator.process(record);
                    } else {
                        operator.tombstone(record);
                    }
                }
                positions.putAll(records.nextOffsets());
                if (System.nanoTime() >= nextCommit) {
                    commit();
                    nextCommit = System.nanoTime() + ClientSettings.COMMIT_MILLIS * 1_000_000L;
                }
            }
            commit();
        } catch (Exception e) {
            onFailure.accept(e);
        }
    }

    private void commit() throws Exception {
        if (positions.isEmpty()) {
            return;
        }
        begin();
        operator.beforeCommit();
        producer.sendOffsetsToTransaction(positions, consumer.groupMetadata());
        producer.commitTransaction();
        inTransaction = false;
        positions.clear();
        Exception e = sendFailure.get();
        if (e != null) {
            throw e;
        }
    }

    @Override
    public void close() throws InterruptedException {
        stopping = true;
        thread.join(Duration.ofSeconds(10));
    }
}
