package io.velostream.engine.job;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.velostream.engine.breaker.CircuitBreakers;
import io.velostream.engine.plan.Compilation;
import io.velostream.engine.plan.Explanation;
import io.velostream.engine.plan.SqlCompiler;
import io.velostream.engine.plan.physical.JobPlan;
import io.velostream.engine.runtime.operator.StageCompiler;
import io.velostream.engine.runtime.topology.TestStages;
import io.velostream.engine.sql.analysis.SqlProblem;
import io.velostream.local.kafka.LocalKafka;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Registries as pods on one broker, records in, and what a read_committed consumer sees. */
final class JobTestBed {

    private JobTestBed() {}

    /** A pod whose compiler knows plans by the text of their SQL; other text is refused. */
    static StreamsJobRegistry pod(LocalKafka kafka, int ordinal, Path state, Map<String, JobPlan> plans) {
        return pod(kafka.bootstrapServers(), ordinal, state, plans, true);
    }

    static StreamsJobRegistry pod(
            String bootstrap, int ordinal, Path state, Map<String, JobPlan> plans, boolean vectorised) {
        return pod(bootstrap, ordinal, state, plans, vectorised, Map.of());
    }

    /** Pod 0 with breakers of the test's own. */
    static StreamsJobRegistry pod(LocalKafka kafka, Path state, Map<String, JobPlan> plans, CircuitBreakers breakers) {
        return new StreamsJobRegistry(
                settings(kafka.bootstrapServers(), 0, state, true, Map.of()),
                compiler(plans),
                TestStages::create,
                breakers);
    }

    static StreamsJobRegistry pod(
            String bootstrap,
            int ordinal,
            Path state,
            Map<String, JobPlan> plans,
            boolean vectorised,
            Map<String, String> producer) {
        return new StreamsJobRegistry(
                settings(bootstrap, ordinal, state, vectorised, producer), compiler(plans), TestStages::create);
    }

    private static PodSettings settings(
            String bootstrap, int ordinal, Path state, boolean vectorised, Map<String, String> producer) {
        return new PodSettings(
                "pod-" + ordinal,
                ordinal,
                state.resolve("pod-" + ordinal),
                2,
                vectorised,
                Map.of("bootstrap.servers", bootstrap),
                Map.of(),
                producer);
    }

    private static PlanCompiler compiler(Map<String, JobPlan> plans) {
        return (sql, options) -> Optional.ofNullable(plans.get(sql))
                .<Compilation>map(plan -> new Compilation.Compiled(plan, Explanation.none(), List.of()))
                .orElseGet(() -> new Compilation.Refused(List.of(new SqlProblem(
                        SqlProblem.Severity.ERROR, "VELO-1", 1, 1, 1, "unknown plan", Optional.empty()))));
    }

    /** A pod with the compilers that production has. */
    static StreamsJobRegistry sqlPod(LocalKafka kafka, int ordinal, Path state) {
        PodSettings settings = new PodSettings(
                "pod-" + ordinal,
                ordinal,
                state.resolve("pod-" + ordinal),
                2,
                true,
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                Map.of(),
                Map.of());
        return new StreamsJobRegistry(settings, new SqlCompiler()::compile, new StageCompiler()::compile);
    }

    static void produce(LocalKafka kafka, String topic, int from, int to, int keys) {
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", kafka.bootstrapServers(), "linger.ms", 5),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (int i = from; i < to; i++) {
                byte[] key = ("k" + i % keys).getBytes(UTF_8);
                producer.send(new ProducerRecord<>(topic, key, ("v" + i).getBytes(UTF_8)));
            }
        }
    }

    static void produceValues(LocalKafka kafka, String topic, List<String> values) {
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", kafka.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            values.forEach(value ->
                    producer.send(new ProducerRecord<>(topic, ("k" + value).getBytes(UTF_8), value.getBytes(UTF_8))));
        }
    }

    /** What a read_committed consumer finds, once it is as much as expected (or after a minute and a half, on a busy machine). */
    static List<ConsumerRecord<byte[], byte[]>> read(LocalKafka kafka, String topic, int partitions, int expected) {
        return read(kafka, topic, partitions, expected, Duration.ofSeconds(90));
    }

    static List<ConsumerRecord<byte[], byte[]>> read(
            LocalKafka kafka, String topic, int partitions, int expected, Duration patience) {
        try (var consumer = new KafkaConsumer<>(
                Map.<String, Object>of(
                        "bootstrap.servers",
                        kafka.bootstrapServers(),
                        "isolation.level",
                        "read_committed",
                        "auto.offset.reset",
                        "earliest"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(IntStream.range(0, partitions)
                    .mapToObj(partition -> new TopicPartition(topic, partition))
                    .toList());
            List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
            long deadline = System.nanoTime() + patience.toNanos();
            BooleanSupplier waiting = () -> System.nanoTime() < deadline;
            while (found.size() < expected && waiting.getAsBoolean()) {
                consumer.poll(Duration.ofMillis(100)).forEach(found::add);
            }
            consumer.poll(Duration.ofMillis(1_500)).forEach(found::add);
            return found;
        }
    }

    static String text(byte[] bytes) {
        return new String(bytes, UTF_8);
    }
}
