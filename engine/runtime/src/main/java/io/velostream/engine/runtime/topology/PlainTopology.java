package io.velostream.engine.runtime.topology;

import io.velostream.engine.guard.ErrorPolicies;
import io.velostream.engine.guard.ErrorPolicy;
import io.velostream.engine.guard.RateLimitedLog;
import io.velostream.engine.guard.RetryLedger;
import io.velostream.engine.plan.physical.UnitPlan;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A unit's topology on plain clients, one partition a topic, for Kafka Streams' own test driver: what {@code velo test} runs.
 * Time moves with records only.
 */
public final class PlainTopology {

    private static final Logger LOG = LoggerFactory.getLogger(PlainTopology.class);
    private static final BatchInterceptor MERGER = new BatchInterceptor();

    private PlainTopology() {}

    /**
     * Makes the topology that the unit has in production.
     *
     * @param meterOf the meter of a stage by its id
     */
    public static Topology of(
            UnitPlan plan,
            String applicationId,
            String deadLetterTopic,
            StageFactory factory,
            Function<String, StageMeter> meterOf) {
        UnitRuntime runtime = new UnitRuntime(
                "test",
                factory,
                plan.errors().strategy().map(ErrorPolicies::of).orElse(ErrorPolicy.DEAD_LETTER),
                new RetryLedger(0),
                false,
                Integer.MAX_VALUE,
                true,
                new FanOut(false),
                new UnitProgress(),
                new RateLimitedLog(LOG, InstantSource.system()),
                InstantSource.system(),
                new BatchTuning());
        return new TopologyBuilder(
                        plan,
                        new UnitTopics(plan, applicationId),
                        runtime,
                        deadLetterTopic,
                        topic -> AutoOffsetReset.earliest(),
                        topic -> 1,
                        meterOf)
                .build();
    }

    /** The properties that the test driver needs beside the topology. */
    public static Properties properties(String applicationId, Path stateDirectory) {
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId);
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
        properties.put(StreamsConfig.STATE_DIR_CONFIG, stateDirectory.toString());
        properties.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0);
        return properties;
    }

    /**
     * Records of one partition as the one record that the vectorised consumer makes of them.
     *
     * @param records at least one, in offset order
     */
    public static ConsumerRecord<byte[], byte[]> merged(List<ConsumerRecord<byte[], byte[]>> records) {
        TopicPartition partition = new TopicPartition(
                records.getFirst().topic(), records.getFirst().partition());
        return MERGER.onConsume(new ConsumerRecords<>(Map.of(partition, records), Map.of()))
                .iterator()
                .next();
    }
}
