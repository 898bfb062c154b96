package io.velostream.bench.broker;

import io.velostream.bench.data.Order;
import io.velostream.bench.data.OrderGenerator;
import io.velostream.bench.data.OrderJson;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Writes the generator's records to a topic in the order of their index, partitioned by key. A producer of its own for each
 * loader; close it.
 */
public final class Input implements AutoCloseable {
    private final OrderGenerator generator;
    private final String topic;
    private final KafkaProducer<byte[], byte[]> producer;
    private final OrderJson json = new OrderJson();
    private final AtomicReference<Exception> failure = new AtomicReference<>();

    /** A writer of this generator's records. */
    public Input(OrderGenerator generator, Broker broker, String topic, int lingerMillis) {
        this.generator = generator;
        this.topic = topic;
        Map<String, Object> settings = new HashMap<>(ClientSettings.producer());
        settings.remove("transaction.timeout.ms");
        settings.put("bootstrap.servers", broker.bootstrap());
        settings.put("linger.ms", lingerMillis);
        this.producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Writes every record and waits until the broker has them. */
    public void loadAll() {
        for (long i = 0; i < generator.spec().records(); i++) {
            send(i);
        }
        flush();
    }

    /** Writes the record with this index; it may wait in the producer. */
    public void send(long index) {
        Order order = generator.order(index);
        producer.send(new ProducerRecord<>(topic, OrderJson.key(order), json.value(order)), (metadata, exception) -> {
            if (exception != null) {
                failure.compareAndSet(null, exception);
            }
        });
    }

    /**
     * Waits until everything is written.
     *
     * @throws IllegalStateException when the broker refused a record
     */
    public void flush() {
        producer.flush();
        Exception e = failure.get();
        if (e != null) {
            throw new IllegalStateException("The input could not be written to " + topic + ": " + e, e);
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
