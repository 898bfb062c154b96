package io.velostream.cli.sqltest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.velostream.cli.sqltest.Outcome.Output;
import io.velostream.cli.sqltest.SqlCase.Input;
import io.velostream.engine.plan.Compilation;
import io.velostream.engine.plan.CompileOptions;
import io.velostream.engine.plan.SqlCompiler;
import io.velostream.engine.plan.physical.InsertPlan;
import io.velostream.engine.plan.physical.StageOutput;
import io.velostream.engine.plan.physical.UnitPlan;
import io.velostream.engine.runtime.metric.MetricText;
import io.velostream.engine.runtime.operator.ConstantRows;
import io.velostream.engine.runtime.operator.StageCompiler;
import io.velostream.engine.runtime.topology.PlainTopology;
import io.velostream.engine.runtime.topology.StageMeter;
import io.velostream.engine.runtime.topology.UnitTopics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/** Runs a case on the topology that production has, in Kafka Streams' test driver, with one partition a topic. */
final class TopologyCaseExecutor implements CaseExecutor {

    private static final String APPLICATION_ID = "velo-test";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DEAD_LETTER_TOPIC = "velo-test.dlq";

    private final SqlCompiler compiler = new SqlCompiler();
    private final StageCompiler stages = new StageCompiler();

    @Override
    public Outcome execute(SqlCase sqlCase, int batchSize) {
        Path folder = temporaryDirectory();
        try {
            CaseFiles.write(sqlCase.files(), folder);
            CompileOptions options =
                    new CompileOptions(Map.of("SUITE_DIR", folder.toString()), sqlCase.properties(), true);
            return switch (compiler.compile(sqlCase.sql(), options)) {
                case Compilation.Refused refused -> new Outcome.Refused(refused.problems());
                case Compilation.Compiled compiled -> run(compiled, sqlCase, batchSize, folder.resolve(".state"));
            };
        } finally {
            delete(folder);
        }
    }

    private Outcome run(Compilation.Compiled compiled, SqlCase sqlCase, int batchSize, Path state) {
        Map<String, StageMeter> meters = new LinkedHashMap<>();
        Map<String, List<Output>> outputs = new LinkedHashMap<>();
        List<CaseUnit> running = new ArrayList<>();
        try {
            for (UnitPlan unit : compiled.plan().units()) {
                running.add(start(unit, state, meters));
            }
            for (InsertPlan insert : compiled.plan().inserts()) {
                List<TestRecord<byte[], byte[]>> rows = ConstantRows.of(insert).stream()
                        .map(TopologyCaseExecutor::inserted)
                        .toList();
                hand(insert.topic(), rows, running, outputs);
            }
            for (CaseUnit unit : running) {
                unit.topics().files().forEach((topic, file) -> {
                    unit.feed(topic, CaseFiles.records(file));
                    pass(unit, running, outputs);
                });
            }
            for (Feed feed : Feed.inOrder(sqlCase, batchSize)) {
                List<TestRecord<byte[], byte[]>> fed = List.of(feed.asRecord());
                for (CaseUnit unit : running) {
                    unit.feed(feed.topic(), fed);
                    pass(unit, running, outputs);
                }
            }
            return new Outcome.Ran(outputs, metrics(meters), result(compiled), jobs(compiled, running));
        } finally {
            running.forEach(CaseUnit::close);
        }
    }

    /** The rows that the statements of the text give, one after the other. */
    private static List<JsonNode> result(Compilation.Compiled compiled) {
        return compiled.answers().stream()
                .flatMap(answer -> answer.rows().stream())
                .<JsonNode>map(JSON::valueToTree)
                .toList();
    }

    private static List<JsonNode> jobs(Compilation.Compiled compiled, List<CaseUnit> units) {
        Set<String> stopped = units.stream()
                .filter(CaseUnit::isStopped)
                .flatMap(unit -> unit.queries().stream())
                .collect(Collectors.toSet());
        return compiled.jobs().stream()
                .<JsonNode>map(job -> JSON.createObjectNode()
                        .put("job", job.name())
                        .put(
                                "status",
                                stopped.contains(job.name())
                                        ? "Error"
                                        : job.status().text())
                        .put("mode", job.mode())
                        .put("batchSize", job.batchSize())
                        .put("version", job.version()))
                .toList();
    }

    private CaseUnit start(UnitPlan unit, Path state, Map<String, StageMeter> meters) {
        String applicationId = APPLICATION_ID + "." + unit.name();
        TopologyTestDriver driver = new TopologyTestDriver(
                PlainTopology.of(
                        unit,
                        applicationId,
                        deadLetterTopic(unit),
                        stages::compile,
                        stage -> meters.computeIfAbsent(stage, id -> new StageMeter())),
                PlainTopology.properties(applicationId, state.resolve(unit.name())),
                Instant.ofEpochMilli(0));
        return new CaseUnit(unit, driver, new UnitTopics(unit, applicationId), sinks(unit));
    }

    private static Set<String> sinks(UnitPlan unit) {
        Set<String> topics = new java.util.LinkedHashSet<>();
        unit.queries().stream()
                .flatMap(query -> query.stages().stream())
                .map(stage -> stage.output())
                .filter(StageOutput.Sink.class::isInstance)
                .forEach(output -> topics.add(((StageOutput.Sink) output).topic()));
        topics.add(deadLetterTopic(unit));
        return topics;
    }

    private static String deadLetterTopic(UnitPlan unit) {
        return unit.errors().deadLetterTopic().orElse(DEAD_LETTER_TOPIC);
    }

    /** Collects what a unit wrote and feeds it to the units that read it, as the broker would. */
    private static void pass(CaseUnit from, List<CaseUnit> units, Map<String, List<Output>> outputs) {
        for (String topic : from.sinks()) {
            List<TestRecord<byte[], byte[]>> written = from.take(topic);
            if (written.isEmpty()) {
                continue;
            }
            hand(topic, written, units.stream().filter(unit -> unit != from).toList(), outputs);
        }
    }

    private static void hand(
            String topic,
            List<TestRecord<byte[], byte[]>> written,
            List<CaseUnit> units,
            Map<String, List<Output>> outputs) {
        written.forEach(
                row -> outputs.computeIfAbsent(topic, key -> new ArrayList<>()).add(output(row)));
        for (CaseUnit reader : units) {
            if (reader.topics().sources().contains(topic)) {
                reader.feed(topic, written);
                pass(reader, units, outputs);
            }
        }
    }

    /** A row without a time of its own is of the beginning of time, which is what the driver's clock shows. */
    private static TestRecord<byte[], byte[]> inserted(ConstantRows.Encoded row) {
        return new TestRecord<>(
                row.key(),
                row.value(),
                new RecordHeaders(),
                Instant.ofEpochMilli(row.timestamp().orElse(0L)));
    }

    private static Output output(TestRecord<byte[], byte[]> row) {
        Map<String, String> headers = new LinkedHashMap<>();
        row.getHeaders().forEach(header -> headers.put(header.key(), text(header.value())));
        return new Output(
                Optional.ofNullable(text(row.key())), Optional.ofNullable(text(row.value())), row.timestamp(), headers);
    }

    private static @Nullable String text(byte @Nullable [] bytes) {
        return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
    }

    private static Map<String, Double> metrics(Map<String, StageMeter> meters) {
        double processed = 0;
        double failed = 0;
        double dropped = 0;
        double counted = 0;
        for (StageMeter meter : meters.values()) {
            StageMeter.Counts counts = meter.read().counts();
            processed += counts.recordsIn();
            failed += counts.recordsFailed();
            dropped += counts.lateDropped();
            counted += counts.lateProcessed();
        }
        Map<String, Double> metrics = new LinkedHashMap<>(MetricText.samples(meters.values().stream()
                .flatMap(meter -> meter.metrics().stream())
                .toList()));
        metrics.put("velo_streams_records_processed_total", processed);
        metrics.put("velo_streams_records_failed_total", failed);
        metrics.put("velo_streams_late_data_dropped_total", dropped);
        metrics.put("velo_streams_late_data_processed_total", counted);
        return metrics;
    }

    private static Path temporaryDirectory() {
        try {
            return Files.createTempDirectory("velo-test-");
        } catch (IOException e) {
            throw new UncheckedIOException("No temporary directory for state can be made", e);
        }
    }

    private static void delete(Path directory) {
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The temporary directory " + directory + " cannot be deleted", e);
        }
    }

    /** Records of one topic that are fed together. */
    private record Feed(String topic, List<ConsumerRecord<byte[], byte[]>> records) {

        /** The first topics whole, then by sequence where it is given, else by time; runs of one topic are cut to batches. */
        static List<Feed> inOrder(SqlCase sqlCase, int batchSize) {
            List<Feed> feeds = new ArrayList<>();
            List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>();
            Map<ConsumerRecord<byte[], byte[]>, Long> order = new HashMap<>();
            sqlCase.inputs().forEach((topic, inputs) -> {
                long offset = 0;
                for (Input input : inputs) {
                    ConsumerRecord<byte[], byte[]> record = record(topic, offset++, input);
                    all.add(record);
                    order.put(record, input.sequence().orElse(input.timestamp()));
                }
            });
            List<ConsumerRecord<byte[], byte[]>> sorted = new ArrayList<>();
            for (String first : sqlCase.loadFirst()) {
                all.stream().filter(record -> record.topic().equals(first)).forEach(sorted::add);
            }
            sorted.addAll(merge(
                    all.stream()
                            .filter(record -> !sqlCase.loadFirst().contains(record.topic()))
                            .toList(),
                    order));
            for (ConsumerRecord<byte[], byte[]> record : sorted) {
                Feed last = feeds.isEmpty() ? null : feeds.getLast();
                if (last == null
                        || !last.topic().equals(record.topic())
                        || last.records().size() >= batchSize) {
                    last = new Feed(record.topic(), new ArrayList<>());
                    feeds.add(last);
                }
                last.records().add(record);
            }
            return feeds;
        }

        /** Interleaves topics by their heads' order; within a topic the offsets decide. */
        private static List<ConsumerRecord<byte[], byte[]>> merge(
                List<ConsumerRecord<byte[], byte[]>> records, Map<ConsumerRecord<byte[], byte[]>, Long> order) {
            Map<String, java.util.ArrayDeque<ConsumerRecord<byte[], byte[]>>> queues = new LinkedHashMap<>();
            records.forEach(record -> queues.computeIfAbsent(record.topic(), key -> new java.util.ArrayDeque<>())
                    .add(record));
            List<ConsumerRecord<byte[], byte[]>> merged = new ArrayList<>();
            while (merged.size() < records.size()) {
                queues.values().stream()
                        .filter(queue -> !queue.isEmpty())
                        .min(Comparator.comparing(queue -> order.getOrDefault(queue.getFirst(), 0L)))
                        .ifPresent(queue -> merged.add(queue.removeFirst()));
            }
            return merged;
        }

        private static ConsumerRecord<byte[], byte[]> record(String topic, long offset, Input input) {
            Headers headers = new RecordHeaders();
            input.headers().forEach((key, value) -> headers.add(key, value.getBytes(StandardCharsets.UTF_8)));
            return new ConsumerRecord<>(
                    topic,
                    0,
                    offset,
                    input.timestamp(),
                    TimestampType.CREATE_TIME,
                    ConsumerRecord.NULL_SIZE,
                    ConsumerRecord.NULL_SIZE,
                    input.key().map(Feed::bytes).orElse(null),
                    input.value().map(Feed::bytes).orElse(null),
                    headers,
                    Optional.empty());
        }

        private static byte[] bytes(String text) {
            return text.getBytes(StandardCharsets.UTF_8);
        }

        /** A lone record as it is; several as the one record that the vectorised consumer makes of them. */
        TestRecord<byte[], byte[]> asRecord() {
            ConsumerRecord<byte[], byte[]> record =
                    records.size() == 1 ? records.getFirst() : PlainTopology.merged(records);
            return new TestRecord<>(
                    record.key(), record.value(), record.headers(), Instant.ofEpochMilli(record.timestamp()));
        }
    }
}
