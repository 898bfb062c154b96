package io.velostream.bench.nexmark.job;

import io.velostream.bench.nexmark.event.Record;
import io.velostream.engine.plan.physical.JobPlan;
import io.velostream.engine.plan.physical.UnitPlan;
import io.velostream.engine.runtime.operator.StageCompiler;
import io.velostream.engine.runtime.topology.PlainTopology;
import io.velostream.engine.runtime.topology.StageMeter;
import io.velostream.engine.runtime.topology.UnitTopics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;

/** A job on the topologies that production has, in Kafka Streams' test driver: the way of {@code velo test}. */
public final class StreamsJob implements InMemoryJob {

    private static final String APPLICATION_ID = "nexmark";
    private static final String DEAD_LETTERS = "nexmark.dlq";

    private final Path state;
    private final List<Unit> units = new ArrayList<>();
    private final Set<String> inputs = new LinkedHashSet<>();
    private final Map<String, Long> offsets = new HashMap<>();
    private final Map<String, List<Row>> outputs = new LinkedHashMap<>();

    /** Starts the units of a plan. */
    public StreamsJob(JobPlan plan) {
        try {
            state = Files.createTempDirectory("nexmark-");
        } catch (IOException e) {
            throw new UncheckedIOException("No temporary directory for state can be made", e);
        }
        StageCompiler stages = new StageCompiler();
        for (UnitPlan unit : plan.units()) {
            String application = APPLICATION_ID + "." + unit.name();
            TopologyTestDriver driver = new TopologyTestDriver(
                    PlainTopology.of(unit, application, DEAD_LETTERS, stages::compile, stage -> new StageMeter()),
                    PlainTopology.properties(application, state.resolve(unit.name())),
                    Instant.EPOCH);
            units.add(new Unit(driver, new UnitTopics(unit, application), new HashMap<>()));
        }
        units.forEach(unit -> inputs.addAll(unit.topics().sources()));
        units.forEach(unit -> inputs.removeAll(unit.topics().sinks()));
    }

    @Override
    public Set<String> inputs() {
        return inputs;
    }

    @Override
    public void feed(List<Record> records) {
        String topic = records.getFirst().topic();
        List<ConsumerRecord<byte[], byte[]>> batch = new ArrayList<>(records.size());
        for (Record record : records) {
            batch.add(consumed(record, offsets.merge(topic, 1L, Long::sum) - 1));
        }
        ConsumerRecord<byte[], byte[]> fed = batch.size() == 1 ? batch.getFirst() : PlainTopology.merged(batch);
        TestRecord<byte[], byte[]> piped =
                new TestRecord<>(fed.key(), fed.value(), fed.headers(), Instant.ofEpochMilli(fed.timestamp()));
        for (Unit unit : units) {
            unit.pipe(topic, List.of(piped));
            pass(unit);
        }
    }

    private static ConsumerRecord<byte[], byte[]> consumed(Record record, long offset) {
        return new ConsumerRecord<>(
                record.topic(),
                0,
                offset,
                record.timestamp(),
                TimestampType.CREATE_TIME,
                ConsumerRecord.NULL_SIZE,
                ConsumerRecord.NULL_SIZE,
                record.key(),
                record.value(),
                new RecordHeaders(),
                Optional.empty());
    }

    /** Hands what a unit wrote to the units that read it, as the broker would. */
    private void pass(Unit from) {
        Set<String> written = new LinkedHashSet<>(from.topics().sinks());
        written.add(DEAD_LETTERS);
        for (String topic : written) {
            List<TestRecord<byte[], byte[]>> rows = from.take(topic);
            if (rows.isEmpty()) {
                continue;
            }
            List<Row> kept = outputs.computeIfAbsent(topic, any -> new ArrayList<>());
            rows.forEach(row -> kept.add(new Row(row.key(), row.value())));
            for (Unit reader : units) {
                if (reader != from) {
                    reader.pipe(topic, rows);
                    pass(reader);
                }
            }
        }
    }

    @Override
    public Map<String, List<Row>> outputs() {
        return outputs;
    }

    @Override
    public void close() {
        units.forEach(unit -> unit.driver().close());
        try (Stream<Path> paths = Files.walk(state)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The temporary directory " + state + " cannot be deleted", e);
        }
    }

    private record Unit(
            TopologyTestDriver driver, UnitTopics topics, Map<String, TestInputTopic<byte[], byte[]>> open) {

        void pipe(String topic, List<TestRecord<byte[], byte[]>> records) {
            if (topics.sources().contains(topic)) {
                TestInputTopic<byte[], byte[]> input = open.computeIfAbsent(
                        topic,
                        name -> driver.createInputTopic(name, new ByteArraySerializer(), new ByteArraySerializer()));
                records.forEach(input::pipeInput);
            }
        }

        List<TestRecord<byte[], byte[]>> take(String topic) {
            List<TestRecord<byte[], byte[]>> rows = new ArrayList<>();
            var output = driver.createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer());
            while (!output.isEmpty()) {
                rows.add(output.readRecord());
            }
            return rows;
        }
    }
}
