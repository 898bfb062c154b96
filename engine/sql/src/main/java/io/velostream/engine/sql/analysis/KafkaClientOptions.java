package io.velostream.engine.sql.analysis;

import java.util.Set;
import java.util.TreeSet;

/**
 * The Kafka client options that a WITH clause passes through (names of the Kafka 4.3 consumer and producer
 * configuration). Options that the engine sets itself, such as serializers and {@code isolation.level}, are not among
 * them.
 */
final class KafkaClientOptions {

    private static final Set<String> COMMON = Set.of(
            "client.dns.lookup",
            "client.id",
            "client.rack",
            "connections.max.idle.ms",
            "max.poll.interval.ms",
            "metadata.max.age.ms",
            "receive.buffer.bytes",
            "reconnect.backoff.max.ms",
            "reconnect.backoff.ms",
            "request.timeout.ms",
            "retry.backoff.max.ms",
            "retry.backoff.ms",
            "sasl.jaas.config",
            "sasl.mechanism",
            "security.protocol",
            "send.buffer.bytes",
            "socket.connection.setup.timeout.max.ms",
            "socket.connection.setup.timeout.ms",
            "ssl.endpoint.identification.algorithm",
            "ssl.key.password",
            "ssl.keystore.location",
            "ssl.keystore.password",
            "ssl.keystore.type",
            "ssl.protocol",
            "ssl.truststore.location",
            "ssl.truststore.password",
            "ssl.truststore.type");

    private static final Set<String> CONSUMER = Set.of(
            "allow.auto.create.topics",
            "auto.offset.reset",
            "check.crcs",
            "default.api.timeout.ms",
            "fetch.max.bytes",
            "fetch.max.wait.ms",
            "fetch.min.bytes",
            "heartbeat.interval.ms",
            "max.partition.fetch.bytes",
            "max.poll.records",
            "session.timeout.ms");

    private static final Set<String> PRODUCER = Set.of(
            "acks",
            "batch.size",
            "buffer.memory",
            "compression.gzip.level",
            "compression.lz4.level",
            "compression.type",
            "compression.zstd.level",
            "delivery.timeout.ms",
            "linger.ms",
            "max.block.ms",
            "max.in.flight.requests.per.connection",
            "max.request.size",
            "retries",
            "transaction.timeout.ms");

    private KafkaClientOptions() {}

    static boolean consumes(String key) {
        return COMMON.contains(key) || CONSUMER.contains(key);
    }

    static boolean produces(String key) {
        return COMMON.contains(key) || PRODUCER.contains(key);
    }

    static Set<String> names() {
        Set<String> all = new TreeSet<>(COMMON);
        all.addAll(CONSUMER);
        all.addAll(PRODUCER);
        return all;
    }
}
