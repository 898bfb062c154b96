package io.velostream.engine.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.velostream.engine.job.JobDocument.ErrorStrategy;
import io.velostream.engine.job.JobDocument.StartFrom;
import io.velostream.engine.job.JobDocument.StartType;
import io.velostream.engine.job.JobRegistry.Applied;
import io.velostream.engine.job.JobStatus.JobState;
import io.velostream.engine.plan.physical.JobPlan;
import io.velostream.engine.runtime.topology.TestPlans;
import io.velostream.local.kafka.LocalKafka;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who owns which failure, and what the status says of it. */
class JobSupervisionKafkaTest {

    private static final Map<String, JobPlan> PLANS =
            Map.of("good", TestPlans.job(TestPlans.copy("copy", "in", "out")));

    @TempDir
    Path state;

    private LocalKafka kafka;

    @BeforeEach
    void startBroker() {
        kafka = LocalKafka.builder().start();
        kafka.createTopic("in", 1);
    }

    @AfterEach
    void stopBroker() {
        kafka.close();
    }

    @Test
    void waitsForABrokerAndRecoversByItself() {
        kafka.stop();
        try (var pod = JobTestBed.pod(kafka, 0, state, PLANS)) {
            pod.apply(TestDocuments.job("early").build());
            await().atMost(40, TimeUnit.SECONDS).untilAsserted(() -> {
                assertThat(pod.kafkaReachable()).isFalse();
                JobStatus status = pod.status("early").orElseThrow();
                assertThat(status.state()).isEqualTo(JobState.WAITING);
                assertThat(status.reason()).contains(JobStatus.Reason.KAFKA_UNREACHABLE);
            });

            kafka.start();
            JobTestBed.produceValues(kafka, "in", List.of("a"));

            assertThat(JobTestBed.read(kafka, "out", 3, 1, Duration.ofSeconds(60)))
                    .hasSize(1);
            assertThat(pod.kafkaReachable()).isTrue();
        }
    }

    /** Sends that failed for good corrupt their task; what Streams would make of it in place is not exact. */
    @Test
    void rebuildsAUnitWhoseSendsFailedWithoutLosingOrDoublingARecord() {
        kafka.createTopic("events", 2);
        Map<String, JobPlan> plans =
                Map.of("good", TestPlans.job(TestPlans.countByValue("totals", "events", "totals")));
        Map<String, String> impatient =
                Map.of("delivery.timeout.ms", "2500", "request.timeout.ms", "1000", "max.block.ms", "4000");
        try (var pod = JobTestBed.pod(kafka.bootstrapServers(), 0, state, plans, true, impatient)) {
            pod.apply(TestDocuments.job("impatient").build());
            JobTestBed.produceValues(kafka, "events", names(0, 20_000));
            assertThat(JobTestBed.read(kafka, "totals", 3, 1)).isNotEmpty();
            JobTestBed.produceValues(kafka, "events", names(20_000, 60_000));

            kafka.stop();
            await().atMost(60, TimeUnit.SECONDS)
                    .untilAsserted(() -> assertThat(
                                    pod.status("impatient").orElseThrow().lastError())
                            .isPresent());
            kafka.start();
            JobTestBed.produceValues(kafka, "events", names(60_000, 61_000));

            Map<String, List<Long>> counts = new HashMap<>();
            JobTestBed.read(kafka, "totals", 3, 61_000)
                    .forEach(row -> counts.computeIfAbsent(JobTestBed.text(row.key()), key -> new ArrayList<>())
                            .add(Long.parseLong(JobTestBed.text(row.value()))));
            assertThat(counts)
                    .hasSize(50)
                    .allSatisfy((key, sequence) -> assertThat(sequence)
                            .containsExactlyElementsOf(
                                    LongStream.rangeClosed(1, 1_220).boxed().toList()));
        }
    }

    private static List<String> names(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "name" + i % 50).toList();
    }

    @Test
    void refusesBadSqlWhileTheLastGoodOneRunsOn() {
        try (var pod = JobTestBed.pod(kafka, 0, state, PLANS)) {
            pod.apply(TestDocuments.job("edited").build());

            Applied applied =
                    pod.apply(TestDocuments.job("edited").sequence(2).sql("bad").build());
            JobTestBed.produceValues(kafka, "in", List.of("a"));

            assertThat(applied).isInstanceOfSatisfying(Applied.Refused.class, refused -> {
                assertThat(refused.status().problems()).hasSize(1);
                assertThat(refused.status().generation()).isEqualTo(2);
                assertThat(refused.status().runningGeneration()).isEqualTo(1);
            });
            assertThat(JobTestBed.read(kafka, "out", 3, 1)).hasSize(1);
            assertThat(pod.status("edited").orElseThrow().state()).isEqualTo(JobState.RUNNING);
            assertThat(pod.apply(TestDocuments.job("edited").sequence(1).build()))
                    .isEqualTo(new Applied.Outdated(2));
        }
    }

    @Test
    void aJobWhoseFirstSqlIsRefusedIsInvalidAndRunsOnceItIsRight() {
        try (var pod = JobTestBed.pod(kafka, 0, state, PLANS)) {
            pod.apply(TestDocuments.job("typo").sql("bad").build());
            assertThat(pod.status("typo").orElseThrow().state()).isEqualTo(JobState.INVALID);

            pod.apply(TestDocuments.job("typo").sequence(2).build());
            JobTestBed.produceValues(kafka, "in", List.of("a"));

            assertThat(JobTestBed.read(kafka, "out", 3, 1)).hasSize(1);
        }
    }

    @Test
    void stopsBeforeABadRecordWhenThatIsTheStrategy() {
        try (var pod = JobTestBed.pod(kafka, 0, state, PLANS)) {
            JobTestBed.produceValues(kafka, "in", List.of("a", "bad", "b"));
            pod.apply(TestDocuments.job("strict").onError(ErrorStrategy.FAIL).build());

            await().atMost(30, TimeUnit.SECONDS).untilAsserted(() -> {
                JobStatus status = pod.status("strict").orElseThrow();
                assertThat(status.state()).isEqualTo(JobState.FAILED);
                assertThat(status.reason()).contains(JobStatus.Reason.RECORD_FAILED);
                assertThat(status.lastError()).contains("The value is bad");
            });
        }
    }

    @Test
    void missingTopicsAreNamedWhenTheJobMayNotCreateThem() {
        try (var pod = JobTestBed.pod(kafka, 0, state, PLANS)) {
            pod.apply(TestDocuments.job("careful").createTopics(false).build());

            await().atMost(20, TimeUnit.SECONDS).untilAsserted(() -> {
                JobStatus status = pod.status("careful").orElseThrow();
                assertThat(status.state()).isEqualTo(JobState.WAITING);
                assertThat(status.reason()).contains(JobStatus.Reason.TOPIC_MISSING);
            });
        }
    }

    @Test
    void aDrainOfThePodHoldsUntilARestart() throws Exception {
        try (var pod = JobTestBed.pod(kafka, 0, state, PLANS)) {
            pod.apply(TestDocuments.job("busy").build());
            JobTestBed.produceValues(kafka, "in", List.of("a"));
            assertThat(JobTestBed.read(kafka, "out", 3, 1)).hasSize(1);

            List<JobStatus> drained = pod.drain(Duration.ofSeconds(30)).get(40, TimeUnit.SECONDS);
            pod.apply(TestDocuments.job("busy").sequence(2).build());

            assertThat(drained).singleElement().satisfies(status -> {
                assertThat(status.state()).isEqualTo(JobState.DRAINED);
                assertThat(status.inFlight()).isZero();
            });
            assertThat(pod.processingState()).isEqualTo(JobRegistry.ProcessingState.DRAINED);
            assertThat(kafka.admin()
                            .describeConsumerGroups(List.of("velostream.shop.busy.u.g1"))
                            .all()
                            .get()
                            .values())
                    .allSatisfy(group -> assertThat(group.members()).isEmpty());
            pod.restart().get(30, TimeUnit.SECONDS);
            JobTestBed.produceValues(kafka, "in", List.of("b"));
            assertThat(JobTestBed.read(kafka, "out", 3, 2)).hasSize(2);
        }
    }

    @Test
    void removesAJobWithItsMembership() throws Exception {
        try (var pod = JobTestBed.pod(kafka, 0, state, PLANS)) {
            pod.apply(TestDocuments.job("gone").build());
            await().atMost(30, TimeUnit.SECONDS)
                    .until(() -> pod.status("gone").orElseThrow().state() == JobState.RUNNING);

            pod.remove("gone").get(30, TimeUnit.SECONDS);

            assertThat(pod.status("gone")).isEmpty();
            assertThat(kafka.admin()
                            .describeConsumerGroups(List.of("velostream.shop.gone.u.g1"))
                            .all()
                            .get()
                            .values())
                    .allSatisfy(group -> assertThat(group.members()).isEmpty());
        }
    }

    @Test
    void beginsAtAPointInTime() throws Exception {
        JobTestBed.produceValues(kafka, "in", List.of("before"));
        long between = System.currentTimeMillis() + 1_000;
        await().until(() -> System.currentTimeMillis() > between);
        JobTestBed.produceValues(kafka, "in", List.of("after"));
        try (var pod = JobTestBed.pod(kafka, 0, state, PLANS)) {
            pod.apply(TestDocuments.job("later")
                    .startFrom(new StartFrom(StartType.TIMESTAMP, Optional.of(between)))
                    .build());

            assertThat(JobTestBed.read(kafka, "out", 3, 1).stream().map(row -> JobTestBed.text(row.value())))
                    .containsExactly("after");
        }
    }

    @Test
    void runsOnPlainClientsWithTheSameRows() {
        try (var pod = JobTestBed.pod(kafka.bootstrapServers(), 0, state, PLANS, false)) {
            JobTestBed.produce(kafka, "in", 0, 500, 10);
            pod.apply(TestDocuments.job("plain").build());

            assertThat(JobTestBed.read(kafka, "out", 3, 500)).hasSize(500);
        }
    }
}
