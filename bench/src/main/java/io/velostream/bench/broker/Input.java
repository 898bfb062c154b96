package io.velostream.bench.broker;

import io.velostream.bench.data.CustomerJson;
import io.velostream.bench.data.CustomerTable;
import io.velostream.bench.data.Feed;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes records to the input topics in their order, partitioned by key. A producer of its own for each loader; close it. */
public final class Input implements AutoCloseable {
    private final Feed feed;
    private final String topic;
    private final String sideTopic;
    private final KafkaProducer<byte[], byte[]> producer;
    private final AtomicReference<Exception> failure = new AtomicReference<>();

    /**
     * A writer of this feed.
     *
     * @param sideTopic where the records of the second input go; empty when there is none
     */
    public Input(Feed feed, Broker broker, String topic, String sideTopic, int lingerMillis) {
        this.feed = feed;
        this.topic = topic;
        this.sideTopic = sideTopic;
        Map<String, Object> settings = new HashMap<>(ClientSettings.producer());
        settings.remove("transaction.timeout.ms");
        settings.put("bootstrap.servers", broker.bootstrap());
        settings.put("linger.ms", lingerMillis);
        this.producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Writes every record and waits until the broker has them. */
    public void loadAll() {
        for (long i = 0; i < feed.records(); i++) {
            send(i);
        }
        flush();
    }

    /** Writes the table that the orders are joined with into the topic of the second input, and waits for the broker. */
    public void loadTable(CustomerTable customers) {
        CustomerJson json = new CustomerJson();
        customers.eachRecord(customer -> send(new ProducerRecord<>(
                sideTopic, null, customer.timestamp(), CustomerJson.key(customer), json.value(customer))));
        flush();
    }

    /** Writes the record at this place; it may wait in the producer. */
    public void send(long place) {
        Feed.Entry entry = feed.entry(place);
        send(new ProducerRecord<>(entry.toSide() ? sideTopic : topic, entry.key(), entry.value()));
    }

    private void send(ProducerRecord<byte[], byte[]> record) {
        producer.send(record, (metadata, exception) -> {
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
