package io.velostream.cli.demo;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Feeds orders into a topic at a steady rate, in a thread of its own, until it is told to finish. */
final class OrderFeed implements AutoCloseable {

    private static final long SLICE_NANOS = Duration.ofMillis(20).toNanos();

    private final KafkaProducer<byte[], byte[]> producer;
    private final String topic;
    private final int partitions;
    private final int perSecond;
    private final AtomicLong sent = new AtomicLong();
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private final Thread thread;
    private volatile boolean finishing;

    OrderFeed(String bootstrapServers, String topic, int partitions, int perSecond) {
        this.producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                        true,
                        ProducerConfig.LINGER_MS_CONFIG,
                        5),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        this.topic = topic;
        this.partitions = partitions;
        this.perSecond = perSecond;
        this.thread = Thread.ofPlatform().name("order-feed").daemon().unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** Orders sent so far. */
    long sent() {
        return sent.get();
    }

    private void run() {
        long start = System.nanoTime();
        while (!finishing) {
            long due = (System.nanoTime() - start)
                    * perSecond
                    / Duration.ofSeconds(1).toNanos();
            while (sent.get() < due) {
                Order order = Order.number(sent.get());
                send((int) (order.id() % partitions), order.json(), order.eventTime());
                sent.incrementAndGet();
            }
            LockSupport.parkNanos(SLICE_NANOS);
        }
    }

    private void send(int partition, byte[] value, long timestamp) {
        producer.send(new ProducerRecord<>(topic, partition, timestamp, null, value), (metadata, exception) -> {
            if (exception != null) {
                failure.compareAndSet(null, exception);
            }
        });
    }

    /**
     * Stops after the order in hand and closes the windows of all orders: one record far in the future goes to each
     * partition, so that the watermark passes.
     *
     * @return how many orders were sent
     * @throws IllegalStateException when the broker refused one
     */
    long finish() throws InterruptedException {
        finishing = true;
        thread.join();
        long horizon =
                Order.number(sent.get()).eventTime() + Duration.ofHours(1).toMillis();
        for (int partition = 0; partition < partitions; partition++) {
            String closing =
                    "{\"id\":-1,\"customer\":\"closing\",\"amount\":0.00,\"item\":\"\",\"channel\":\"\",\"ts\":"
                            + horizon + "}";
            send(partition, closing.getBytes(java.nio.charset.StandardCharsets.UTF_8), horizon);
        }
        producer.flush();
        Exception refused = failure.get();
        if (refused != null) {
            throw new IllegalStateException("Kafka refused an order of the feed: " + refused.getMessage(), refused);
        }
        return sent.get();
    }

    @Override
    public void close() {
        finishing = true;
        producer.close(Duration.ofSeconds(2));
    }
}
