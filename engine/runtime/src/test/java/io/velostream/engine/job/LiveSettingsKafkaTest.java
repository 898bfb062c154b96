package io.velostream.engine.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.velostream.engine.config.ExhaustionPolicy;
import io.velostream.engine.job.JobStatus.JobState;
import io.velostream.engine.plan.SqlCompiler;
import io.velostream.engine.runtime.memory.LimitedResource;
import io.velostream.engine.runtime.memory.MemoryBudget;
import io.velostream.engine.runtime.memory.MemoryLimits;
import io.velostream.engine.runtime.memory.ScratchSpace;
import io.velostream.engine.runtime.operator.RecordBatch;
import io.velostream.engine.runtime.operator.Stage;
import io.velostream.engine.runtime.operator.StageCompiler;
import io.velostream.engine.runtime.topology.StageFactory;
import io.velostream.local.kafka.LocalKafka;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can be changed while jobs run, on a real broker: every change takes effect and no row is lost or doubled. */
class LiveSettingsKafkaTest {

    private static final Duration NEVER = Duration.ofDays(1);
    private static LocalKafka kafka;

    @TempDir
    Path state;

    private final Queue<Integer> batches = new ConcurrentLinkedQueue<>();

    @BeforeAll
    static void startBroker() {
        kafka = LocalKafka.builder().start();
    }

    @AfterAll
    static void stopBroker() {
        kafka.close();
    }

    private PodSettings settings(int parallelism, Map<String, String> consumer) {
        return new PodSettings(
                "pod-0",
                0,
                state,
                parallelism,
                true,
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                consumer,
                Map.of());
    }

    private StreamsJobRegistry pod(PodSettings settings, MemoryBudget memory) {
        return new StreamsJobRegistry(
                settings, new SqlCompiler()::compile, watched(new StageCompiler(memory)::compile));
    }

    /** Writes the size of every batch down. */
    private StageFactory watched(StageFactory factory) {
        return (plan, settings) -> {
            Stage stage = factory.create(plan, settings);
            return (Stage) Proxy.newProxyInstance(
                    Stage.class.getClassLoader(), new Class<?>[] {Stage.class}, (proxy, method, arguments) -> {
                        if (method.getName().equals("process")) {
                            batches.add(((RecordBatch) arguments[0]).size());
                        }
                        try {
                            return method.invoke(stage, arguments);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    });
        };
    }

    private static String copying(String from, String to) {
        return """
                CREATE STREAM source (n BIGINT) WITH ('topic' = '%s', 'format' = 'json');
                CREATE STREAM %s AS SELECT n FROM source EMIT CHANGES WITH ('%s.topic' = '%s', '%s.format' = 'json');
                """.formatted(from, to, to, to, to);
    }

    private static List<String> numbers(int from, int to) {
        return IntStream.range(from, to).mapToObj("{\"n\":%d}"::formatted).toList();
    }

    private static List<String> texts(List<ConsumerRecord<byte[], byte[]>> rows) {
        return rows.stream().map(row -> new String(row.value(), UTF_8)).toList();
    }

    private static int threads(JobRegistry pod, String job) {
        return pod.status(job).orElseThrow().units().getFirst().threads();
    }

    private static void awaitRunning(JobRegistry pod, String job) {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> pod.status(job).orElseThrow().state() == JobState.RUNNING);
    }

    @Test
    void followsTheParallelismUpAndDown() {
        kafka.createTopic("par-in", 4);
        kafka.createTopic("par-out", 4);
        try (var pod = pod(settings(1, Map.of()), MemoryBudget.unlimited())) {
            pod.apply(TestDocuments.job("par")
                    .sql(copying("par-in", "par_out").replace("'par_out'", "'par-out'"))
                    .parallelismOfThePods()
                    .build());
            awaitRunning(pod, "par");
            assertThat(threads(pod, "par")).isEqualTo(1);
            JobTestBed.produceValues(kafka, "par-in", numbers(0, 1_000));

            pod.reconfigure(settings(3, Map.of()), 10_000, NEVER);

            await().atMost(Duration.ofSeconds(60)).until(() -> threads(pod, "par") == 3);
            JobTestBed.produceValues(kafka, "par-in", numbers(1_000, 2_000));

            pod.reconfigure(settings(2, Map.of()), 10_000, NEVER);

            await().atMost(Duration.ofSeconds(60)).until(() -> threads(pod, "par") == 2);
            JobTestBed.produceValues(kafka, "par-in", numbers(2_000, 3_000));
            assertThat(texts(JobTestBed.read(kafka, "par-out", 4, 3_000)))
                    .containsExactlyInAnyOrderElementsOf(numbers(0, 3_000));
        }
    }

    @Test
    void cutsBatchesFromTheNextPollOnAndTakesClientOptionsWithARestart() {
        kafka.createTopic("cut-in", 1);
        kafka.createTopic("cut-out", 1);
        JobTestBed.produceValues(kafka, "cut-in", numbers(0, 5_000));
        try (var pod = pod(settings(1, Map.of()), MemoryBudget.unlimited())) {
            pod.reconfigure(settings(1, Map.of()), 100, NEVER);
            pod.apply(TestDocuments.job("cut")
                    .sql(copying("cut-in", "cut_out").replace("'cut_out'", "'cut-out'"))
                    .build());
            assertThat(texts(JobTestBed.read(kafka, "cut-out", 1, 5_000))).containsExactlyElementsOf(numbers(0, 5_000));
            assertThat(batches).hasSizeGreaterThanOrEqualTo(50).allMatch(size -> size <= 100);

            batches.clear();
            pod.reconfigure(settings(1, Map.of("max.poll.records", "7")), 30, NEVER);
            JobTestBed.produceValues(kafka, "cut-in", numbers(5_000, 6_000));

            assertThat(JobTestBed.read(kafka, "cut-out", 1, 6_000)).hasSize(6_000);
            assertThat(batches).anyMatch(size -> size > 7).allMatch(size -> size <= 30);

            pod.restart().join();
            awaitRunning(pod, "cut");
            batches.clear();
            JobTestBed.produceValues(kafka, "cut-in", numbers(6_000, 6_100));

            assertThat(texts(JobTestBed.read(kafka, "cut-out", 1, 6_100))).containsExactlyElementsOf(numbers(0, 6_100));
            assertThat(batches).isNotEmpty().allMatch(size -> size <= 7);
        }
    }

    @Test
    void bringsStateWithinALowerLimit() {
        kafka.createTopic("limit-in", 1);
        kafka.createTopic("limit-out", 1);
        MemoryBudget memory =
                new MemoryBudget(limits(1_000_000), Optional.of(new ScratchSpace(state.resolve("spill"), 8 << 20)));
        try (var pod = pod(settings(1, Map.of()), memory)) {
            pod.apply(TestDocuments.job("limit").sql("""
                    CREATE STREAM source (n BIGINT) WITH ('topic' = 'limit-in', 'format' = 'json');
                    CREATE TABLE counted AS SELECT n, COUNT(*) AS c FROM source GROUP BY n EMIT CHANGES
                    WITH ('counted.topic' = 'limit-out', 'counted.format' = 'json');
                    """).build());
            JobTestBed.produceValues(kafka, "limit-in", numbers(0, 2_000));
            await().atMost(Duration.ofSeconds(60)).until(() -> groups(pod) == 2_000);
            assertThat(spilled(pod)).isZero();

            memory.change(limits(100));

            await().atMost(Duration.ofSeconds(30)).until(() -> spilled(pod) >= 1_900);
            assertThat(memory.violations(LimitedResource.AGGREGATION_GROUPS)).isPositive();
            JobTestBed.produceValues(kafka, "limit-in", numbers(0, 2_000));
            assertThat(texts(JobTestBed.read(kafka, "limit-out", 1, 4_000)))
                    .filteredOn(row -> row.endsWith("\"c\":2}"))
                    .hasSize(2_000);
        }
    }

    @Test
    void movesHalfOfTheStateToDiskWhenAsked() {
        kafka.createTopic("trim-in", 1);
        kafka.createTopic("trim-out", 1);
        MemoryBudget memory =
                new MemoryBudget(limits(1_000_000), Optional.of(new ScratchSpace(state.resolve("spill"), 8 << 20)));
        try (var pod = pod(settings(1, Map.of()), memory)) {
            pod.apply(TestDocuments.job("trim").sql("""
                    CREATE STREAM source (n BIGINT) WITH ('topic' = 'trim-in', 'format' = 'json');
                    CREATE TABLE counted AS SELECT n, COUNT(*) AS c FROM source GROUP BY n EMIT CHANGES
                    WITH ('counted.topic' = 'trim-out', 'counted.format' = 'json');
                    """).build());
            JobTestBed.produceValues(kafka, "trim-in", numbers(0, 20_000));
            await().atMost(Duration.ofSeconds(60)).until(() -> groups(pod) == 20_000);
            long before = memory.bytes();

            pod.trim();

            await().atMost(Duration.ofSeconds(30)).until(() -> spilled(pod) > 0);
            assertThat(memory.bytes()).isLessThanOrEqualTo(before / 2);
            assertThat(memory.violations(LimitedResource.MEMORY)).isZero();
            JobTestBed.produceValues(kafka, "trim-in", numbers(0, 20_000));
            assertThat(texts(JobTestBed.read(kafka, "trim-out", 1, 40_000)))
                    .filteredOn(row -> row.endsWith("\"c\":2}"))
                    .hasSize(20_000);
        }
    }

    private static MemoryLimits limits(long groups) {
        return new MemoryLimits(64 << 20, 64 << 20, groups, 10, ExhaustionPolicy.SPILL);
    }

    private static long groups(JobRegistry pod) {
        return pod.statistics().stream().mapToLong(StageStatistics::stateGroups).sum();
    }

    private static long spilled(JobRegistry pod) {
        return pod.statistics().stream()
                .mapToLong(StageStatistics::spilledGroups)
                .sum();
    }
}
