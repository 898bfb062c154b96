package io.velostream.engine.runtime.topology;

import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaClientSupplier;

/** The Kafka clients of one unit: ordinary ones, the producer behind the fan-out and the main consumer behind the gate. */
final class UnitClients implements KafkaClientSupplier {

    private final FanOut fanOut;
    private final IntakeGate gate;
    private final UnitProgress progress;
    private final SendOutcomes outcomes;

    UnitClients(FanOut fanOut, IntakeGate gate, UnitProgress progress, SendOutcomes outcomes) {
        this.fanOut = fanOut;
        this.gate = gate;
        this.progress = progress;
        this.outcomes = outcomes;
    }

    @Override
    public Admin getAdmin(Map<String, Object> config) {
        return Admin.create(config);
    }

    @Override
    public Producer<byte[], byte[]> getProducer(Map<String, Object> config) {
        KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
        fanOut.announce();
        return new FanOutProducer(producer, progress, outcomes);
    }

    @Override
    public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
        return gate.guard(plain(config));
    }

    @Override
    public Consumer<byte[], byte[]> getRestoreConsumer(Map<String, Object> config) {
        return plain(config);
    }

    @Override
    public Consumer<byte[], byte[]> getGlobalConsumer(Map<String, Object> config) {
        return plain(config);
    }

    private static Consumer<byte[], byte[]> plain(Map<String, Object> config) {
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
