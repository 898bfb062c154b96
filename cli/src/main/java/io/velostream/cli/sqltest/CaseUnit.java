package io.velostream.cli.sqltest;

import io.velostream.engine.guard.ErrorPolicies;
import io.velostream.engine.guard.ErrorPolicy;
import io.velostream.engine.plan.physical.QueryPlan;
import io.velostream.engine.plan.physical.UnitPlan;
import io.velostream.engine.runtime.operator.RecordFailure;
import io.velostream.engine.runtime.topology.UnitTopics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;

/** One unit of a case in its driver. One whose strategy is Fail stops at the record that cannot be processed. */
final class CaseUnit {

    private final UnitPlan plan;
    private final TopologyTestDriver driver;
    private final UnitTopics topics;
    private final Set<String> sinks;
    private final Map<String, TestInputTopic<byte[], byte[]>> inputs = new HashMap<>();
    private boolean stopped;

    CaseUnit(UnitPlan plan, TopologyTestDriver driver, UnitTopics topics, Set<String> sinks) {
        this.plan = plan;
        this.driver = driver;
        this.topics = topics;
        this.sinks = Set.copyOf(sinks);
    }

    UnitTopics topics() {
        return topics;
    }

    Set<String> sinks() {
        return sinks;
    }

    List<String> queries() {
        return plan.queries().stream().map(QueryPlan::name).toList();
    }

    /** Whether a record has ended it. */
    boolean isStopped() {
        return stopped;
    }

    /** Feeds records of a topic, if the unit reads it and still runs. */
    void feed(String topic, List<TestRecord<byte[], byte[]>> records) {
        if (stopped || !topics.sources().contains(topic) && !topics.files().containsKey(topic)) {
            return;
        }
        TestInputTopic<byte[], byte[]> input = inputs.computeIfAbsent(
                topic, name -> driver.createInputTopic(name, new ByteArraySerializer(), new ByteArraySerializer()));
        try {
            records.forEach(input::pipeInput);
        } catch (RuntimeException failure) {
            if (!stopsAtRecords() || !isOfRecord(failure)) {
                throw failure;
            }
            stopped = true;
        }
    }

    private boolean stopsAtRecords() {
        return plan.errors()
                .strategy()
                .map(ErrorPolicies::of)
                .filter(policy -> policy == ErrorPolicy.FAIL)
                .isPresent();
    }

    private static boolean isOfRecord(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RecordFailure) {
                return true;
            }
        }
        return false;
    }

    /** What was written to a topic since this was last asked. */
    List<TestRecord<byte[], byte[]>> take(String topic) {
        List<TestRecord<byte[], byte[]>> rows = new ArrayList<>();
        var output = driver.createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        while (!output.isEmpty()) {
            rows.add(output.readRecord());
        }
        return rows;
    }

    void close() {
        driver.close();
    }
}
