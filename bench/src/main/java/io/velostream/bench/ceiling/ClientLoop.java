package io.velostream.bench.ceiling;

import io.velostream.bench.broker.ClientSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Poll, process, and each second commit outputs, changelog and offsets in one transaction. One consumer, one producer, one
 * thread. It does not restore state or survive a rebalance: it is a measure of cost, not an engine.
 */
public final class ClientLoop implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(50);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final KafkaProducer<byte[], byte[]> producer;
    private final Operator operator;
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

    ClientLoop(
            String bootstrap,
            String applicationId,
            List<String> topics,
            OperatorFactory operators,
            Consumer<Throwable> onFailure) {
        Map<String, Object> reading = new HashMap<>(ClientSettings.consumer());
        reading.put("bootstrap.servers", bootstrap);
        reading.put("group.id", applicationId);
        reading.put("enable.auto.commit", "false");
        this.consumer = new KafkaConsumer<>(reading, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        Map<String, Object> writing = new HashMap<>(ClientSettings.producer());
        writing.put("bootstrap.servers", bootstrap);
        writing.put("transactional.id", applicationId);
        this.producer = new KafkaProducer<>(writing, new ByteArraySerializer(), new ByteArraySerializer());
        this.operator = operators.create(this::send);
        this.consumer.subscribe(topics);
        this.thread = new Thread(() -> run(onFailure), "loop");
        this.thread.start();
    }

    private void send(String topic, byte @org.jspecify.annotations.Nullable [] key, byte[] value, long timestamp) {
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
                ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
                for (ConsumerRecord<byte[], byte[]> record : records) {
                    if (record.value() != null) {
                        operator.process(record);
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
