package io.velostream.bench.system;

import io.velostream.bench.broker.ClientSettings;
import java.time.Duration;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;

/** Kafka Streams by hand, with tuned clients. */
final class StreamsEngine implements Engine {
    private static final Duration CLOSE = Duration.ofSeconds(10);

    /** Several polls' worth, so that the thread never waits for a fetch. */
    private static final int BUFFERED_RECORDS = 2 * ClientSettings.POLL_RECORDS;

    @Override
    public AutoCloseable start(Assignment assignment, FailureListener onFailure) {
        KafkaStreams streams = new KafkaStreams(StreamsTopology.of(assignment), settings(assignment));
        streams.setUncaughtExceptionHandler(exception -> {
            onFailure.failed(exception);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        });
        streams.start();
        return () -> streams.close(CLOSE);
    }

    private static Properties settings(Assignment assignment) {
        Properties p = new Properties();
        p.put(StreamsConfig.APPLICATION_ID_CONFIG, assignment.applicationId());
        p.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, assignment.bootstrap());
        p.put(StreamsConfig.STATE_DIR_CONFIG, assignment.work().toString());
        p.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        p.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, ClientSettings.COMMIT_MILLIS);
        p.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, 1);
        p.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, 1);
        p.put(StreamsConfig.BUFFERED_RECORDS_PER_PARTITION_CONFIG, BUFFERED_RECORDS);
        if (assignment.query().side().isEmpty()) {
            // One row an input is what the queries ask for; the record cache would merge updates. Joins keep it: it
            // merges none.
            p.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0);
        }
        ClientSettings.consumer().forEach((key, value) -> {
            // Kafka Streams sets these itself and refuses or warns about others' values.
            if (!key.equals("isolation.level") && !key.equals("group.protocol")) {
                p.put(StreamsConfig.consumerPrefix(key), value);
            }
        });
        ClientSettings.producer().forEach((key, value) -> p.put(StreamsConfig.producerPrefix(key), value));
        p.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        return p;
    }
}
