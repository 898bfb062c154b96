package io.velostream.engine.runtime.topology;

import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/**
 * The configuration of a unit's Streams application. The runtime's buffers count batches, hence the small numbers; a poll
 * is large, since each one costs the runtime the same whatever it returns. Short sessions and transactions let another
 * pod take over within ten seconds.
 */
final class StreamsProperties {

    private static final int MILLION = 1 << 20;

    private StreamsProperties() {}

    static Properties of(UnitSettings unit) {
        Properties properties = new Properties();
        properties.putAll(unit.kafka());
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, unit.applicationId());
        properties.put(StreamsConfig.CLIENT_ID_CONFIG, unit.clientId());
        properties.put(StreamsConfig.STATE_DIR_CONFIG, unit.stateDirectory().toString());
        properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, unit.threads());
        properties.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, unit.standbyReplicas());
        properties.put(
                StreamsConfig.PROCESSING_GUARANTEE_CONFIG,
                unit.exactlyOnce() ? StreamsConfig.EXACTLY_ONCE_V2 : StreamsConfig.AT_LEAST_ONCE);
        properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 1_000);
        properties.put(StreamsConfig.BUFFERED_RECORDS_PER_PARTITION_CONFIG, unit.vectorised() ? 1 : 1_000);
        properties.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, -1);
        // Changelogs carry event time, which may be further ahead than a broker lets pass by default.
        properties.put(StreamsConfig.topicPrefix("message.timestamp.after.max.ms"), Long.toString(Long.MAX_VALUE));
        properties.put(StreamsConfig.METRICS_RECORDING_LEVEL_CONFIG, "INFO");
        properties.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0);
        properties.put(StreamsConfig.ENABLE_METRICS_PUSH_CONFIG, false);
        properties.put(StreamsConfig.mainConsumerPrefix("enable.metrics.push"), false);
        unit.member().ifPresent(member -> properties.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, member));
        consumer(unit, properties);
        producer(unit, properties);
        return properties;
    }

    private static void consumer(UnitSettings unit, Properties properties) {
        main(properties, ConsumerConfig.MAX_POLL_RECORDS_CONFIG, unit.vectorised() ? 10_000 : 1_000);
        main(properties, ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 10_000);
        main(properties, ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 2_000);
        main(properties, ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 4 * MILLION);
        main(properties, ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 16 * MILLION);
        if (unit.vectorised()) {
            main(properties, ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG, List.of(BatchInterceptor.class.getName()));
            main(properties, BatchInterceptor.TUNING, unit.tuning());
        }
        properties.put(StreamsConfig.restoreConsumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG), 10_000);
        for (Map.Entry<String, String> option : unit.consumer().entrySet()) {
            main(properties, option.getKey(), option.getValue());
        }
    }

    private static void main(Properties properties, String key, Object value) {
        properties.put(StreamsConfig.mainConsumerPrefix(key), value);
    }

    private static void producer(UnitSettings unit, Properties properties) {
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), MILLION / 4);
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), 20);
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.BUFFER_MEMORY_CONFIG), 32 * MILLION);
        if (unit.exactlyOnce()) {
            properties.put(StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG), 10_000);
        }
        for (Map.Entry<String, String> option : unit.producer().entrySet()) {
            properties.put(StreamsConfig.producerPrefix(option.getKey()), option.getValue());
        }
    }
}
