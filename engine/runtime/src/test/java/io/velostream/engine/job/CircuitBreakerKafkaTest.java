package io.velostream.engine.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.velostream.engine.breaker.BreakerSettings;
import io.velostream.engine.breaker.BreakerState;
import io.velostream.engine.breaker.BreakerStatistics;
import io.velostream.engine.breaker.CircuitBreaker;
import io.velostream.engine.breaker.CircuitBreakers;
import io.velostream.engine.job.JobStatus.JobState;
import io.velostream.engine.plan.physical.JobPlan;
import io.velostream.engine.plan.physical.UnitPlan;
import io.velostream.engine.runtime.topology.TestPlans;
import io.velostream.local.kafka.LocalKafka;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What fails is left alone, its records wait in Kafka, and it is used again by itself; nothing is lost or doubled. */
class CircuitBreakerKafkaTest {

    private static final String GROUP = "velostream.shop.orders.u.g1";
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Map<String, JobPlan> PLANS = Map.of(
            "good",
            TestPlans.job(TestPlans.copy("copy", "in", "out")),
            "two",
            new JobPlan(List.of(
                    new UnitPlan("u", List.of(TestPlans.copy("copy", "in", "out"))),
                    new UnitPlan("v", List.of(TestPlans.copy("other", "in2", "out2"))))));

    /** Opens after three looks two seconds apart, stays so for three seconds. */
    private static final BreakerSettings QUICK =
            new BreakerSettings(3, Duration.ofSeconds(3), Duration.ofSeconds(20), 2);

    @TempDir
    Path state;

    private final CircuitBreakers breakers = new CircuitBreakers(QUICK, InstantSource.system());
    private LocalKafka kafka;

    @BeforeEach
    void startBroker() {
        kafka = LocalKafka.builder().start();
        kafka.createTopic("in", 1);
        kafka.createTopic("in2", 1);
    }

    @AfterEach
    void stopBroker() {
        kafka.close();
    }

    @Test
    void aSinkThatVanishesStopsTheIntakeUntilItIsBack() throws Exception {
        kafka.createTopic("out", 1);
        createTopicsOfTheJob();
        try (var pod = JobTestBed.pod(kafka, state, PLANS, breakers)) {
            pod.apply(TestDocuments.job("orders").createTopics(false).build());
            JobTestBed.produceValues(kafka, "in", values(0, 100));
            assertThat(JobTestBed.read(kafka, "out", 1, 100)).hasSize(100);
            awaitCommitted("in", 100);

            kafka.admin().deleteTopics(List.of("out")).all().get(10, TimeUnit.SECONDS);
            awaitState("orders/sink/out", BreakerState.OPEN);
            JobTestBed.produceValues(kafka, "in", values(100, 300));

            await().atMost(PATIENCE).untilAsserted(() -> {
                JobStatus status = pod.status("orders").orElseThrow();
                assertThat(status.state()).isEqualTo(JobState.WAITING);
                assertThat(status.reason()).contains(JobStatus.Reason.CIRCUIT_BREAKER_OPEN);
                assertThat(status.lastError())
                        .hasValueSatisfying(text ->
                                assertThat(text).contains("orders/sink/out").contains("topic out does not exist"));
            });
            awaitState("orders/sink/out", BreakerState.HALF_OPEN);
            awaitState("orders/sink/out", BreakerState.OPEN);
            assertThat(committed("in")).isEqualTo(100);

            kafka.createTopic("out", 1);

            assertThat(JobTestBed.read(kafka, "out", 1, 200, PATIENCE))
                    .extracting(row -> JobTestBed.text(row.value()))
                    .containsExactlyElementsOf(values(100, 300));
            awaitState("orders/sink/out", BreakerState.CLOSED);
            await().atMost(PATIENCE)
                    .until(() -> pod.status("orders").orElseThrow().state() == JobState.RUNNING);
            BreakerStatistics.OfBreaker month = breakers.statistics(Duration.ofDays(30)).breakers().stream()
                    .filter(each -> each.name().equals("orders/sink/out"))
                    .findFirst()
                    .orElseThrow();
            assertThat(month.opened()).isGreaterThanOrEqualTo(2);
            assertThat(month.recovered()).isEqualTo(1);
        }
    }

    @Test
    void aSinkThatTheJobMakesIsMadeAnewOnTrial() throws Exception {
        try (var pod = JobTestBed.pod(kafka, state, PLANS, breakers)) {
            pod.apply(TestDocuments.job("orders").build());
            JobTestBed.produceValues(kafka, "in", values(0, 10));
            assertThat(JobTestBed.read(kafka, "out", 3, 10)).hasSize(10);
            awaitCommitted("in", 10);

            kafka.admin().deleteTopics(List.of("out")).all().get(10, TimeUnit.SECONDS);
            awaitState("orders/sink/out", BreakerState.OPEN);
            JobTestBed.produceValues(kafka, "in", values(10, 60));

            awaitState("orders/sink/out", BreakerState.CLOSED);
            assertThat(JobTestBed.read(kafka, "out", 3, 50, PATIENCE))
                    .extracting(row -> JobTestBed.text(row.value()))
                    .containsExactlyInAnyOrderElementsOf(values(10, 60));
        }
    }

    @Test
    void aSourceThatVanishesStopsNoOther() throws Exception {
        try (var pod = JobTestBed.pod(kafka, state, PLANS, breakers)) {
            pod.apply(TestDocuments.job("orders").sql("two").build());
            JobTestBed.produceValues(kafka, "in", values(0, 10));
            JobTestBed.produceValues(kafka, "in2", values(0, 10));
            assertThat(JobTestBed.read(kafka, "out", 3, 10)).hasSize(10);
            assertThat(JobTestBed.read(kafka, "out2", 3, 10)).hasSize(10);

            kafka.admin().deleteTopics(List.of("in2")).all().get(10, TimeUnit.SECONDS);
            awaitState("orders/source/in2", BreakerState.OPEN);
            JobTestBed.produceValues(kafka, "in", values(10, 20));

            assertThat(JobTestBed.read(kafka, "out", 3, 20)).hasSize(20);
            assertThat(breaker("orders/source/in").state()).isEqualTo(BreakerState.CLOSED);
            assertThat(breakers.main().state()).isNotEqualTo(BreakerState.OPEN);
        }
    }

    @Test
    void aBrokerThatIsAwayOpensMainAndEveryRecordArrivesOnceAfterwards() {
        try (var pod = JobTestBed.pod(kafka, state, PLANS, breakers)) {
            pod.apply(TestDocuments.job("orders").build());
            JobTestBed.produceValues(kafka, "in", values(0, 1_000));
            assertThat(JobTestBed.read(kafka, "out", 3, 1)).isNotEmpty();

            kafka.stop();
            awaitState("main", BreakerState.OPEN);
            assertThat(pod.status("orders").orElseThrow().state()).isEqualTo(JobState.WAITING);
            assertThat(breakers.all())
                    .filteredOn(each -> each != breakers.main())
                    .noneMatch(CircuitBreaker::isOpen);

            kafka.start();
            JobTestBed.produceValues(kafka, "in", values(1_000, 1_500));
            awaitState("main", BreakerState.CLOSED);

            List<String> expected = new ArrayList<>(values(0, 1_500));
            assertThat(JobTestBed.read(kafka, "out", 3, 1_500, PATIENCE))
                    .extracting(row -> JobTestBed.text(row.value()))
                    .containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    @Test
    void aResetOpensTheIntakeAtOnceAndAJobHasSettingsOfItsOwn() throws Exception {
        kafka.createTopic("out", 1);
        createTopicsOfTheJob();
        try (var pod = JobTestBed.pod(kafka, state, PLANS, breakers)) {
            pod.apply(TestDocuments.job("orders")
                    .createTopics(false)
                    .circuitBreaker(new JobDocument.CircuitBreaker(2, 3_600_000, 20_000, 1))
                    .build());
            JobTestBed.produceValues(kafka, "in", values(0, 10));
            assertThat(JobTestBed.read(kafka, "out", 1, 10)).hasSize(10);
            kafka.admin().deleteTopics(List.of("out")).all().get(10, TimeUnit.SECONDS);
            awaitState("orders/sink/out", BreakerState.OPEN);
            kafka.createTopic("out", 1);
            JobTestBed.produceValues(kafka, "in", values(10, 20));

            assertThat(breakers.resetAll("a test")).containsExactly("orders/sink/out");

            assertThat(JobTestBed.read(kafka, "out", 1, 10, PATIENCE)).hasSize(10);
            assertThat(breaker("orders/sink/out").view().settings().successThreshold())
                    .isEqualTo(1);
        }
        assertThat(breakers.all()).containsExactly(breakers.main());
    }

    /** So that only the topic which a test deletes is missing. */
    private void createTopicsOfTheJob() {
        kafka.createTopic("velostream.shop.orders.dlq", 1);
    }

    private static List<String> values(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "v" + i).toList();
    }

    private CircuitBreaker breaker(String name) {
        return breakers.named(name).orElseThrow();
    }

    private void awaitState(String name, BreakerState wanted) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> breakers.named(name)
                        .filter(each -> each.state() == wanted)
                        .isPresent());
    }

    private void awaitCommitted(String topic, long offset) {
        await().atMost(PATIENCE).until(() -> committed(topic) == offset);
    }

    private long committed(String topic) throws Exception {
        return kafka
                .admin()
                .listConsumerGroupOffsets(GROUP)
                .partitionsToOffsetAndMetadata()
                .get(10, TimeUnit.SECONDS)
                .entrySet()
                .stream()
                .filter(entry -> entry.getKey().topic().equals(topic))
                .mapToLong(entry -> entry.getValue().offset())
                .sum();
    }
}
