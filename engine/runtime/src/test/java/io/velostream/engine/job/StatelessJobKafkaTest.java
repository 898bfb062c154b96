package io.velostream.engine.job;

import static io.velostream.engine.job.JobTestBed.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.velostream.engine.job.JobDocument.DesiredState;
import io.velostream.engine.job.JobStatus.JobState;
import io.velostream.engine.runtime.topology.TestPlans;
import io.velostream.local.kafka.LocalKafka;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatelessJobKafkaTest {

    private static LocalKafka kafka;

    @TempDir
    Path state;

    @BeforeAll
    static void startBroker() {
        kafka = LocalKafka.builder().start();
    }

    @AfterAll
    static void stopBroker() {
        kafka.close();
    }

    @Test
    void copiesEachRecordOnceAndDrainsWithNothingInFlight() {
        kafka.createTopic("in-1", 3);
        JobTestBed.produce(kafka, "in-1", 0, 5_000, 100);
        var plans = Map.of("good", TestPlans.job(TestPlans.copy("copy", "in-1", "out-1")));
        try (var pod = JobTestBed.pod(kafka, 0, state, plans)) {
            pod.apply(TestDocuments.job("first").build());
            JobTestBed.produce(kafka, "in-1", 5_000, 10_000, 100);

            var values = JobTestBed.read(kafka, "out-1", 3, 10_000).stream()
                    .map(found -> text(found.value()))
                    .toList();
            pod.apply(TestDocuments.job("first")
                    .sequence(2)
                    .desired(DesiredState.DRAINED)
                    .build());

            assertThat(values).hasSize(10_000).doesNotHaveDuplicates();
            assertThat(values)
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.range(0, 10_000).mapToObj(i -> "v" + i).toList());
            await().atMost(20, TimeUnit.SECONDS)
                    .untilAsserted(() -> assertThat(pod.status("first")).hasValueSatisfying(status -> {
                        assertThat(status.state()).isEqualTo(JobState.DRAINED);
                        assertThat(status.inFlight()).isZero();
                        assertThat(status.recordsProcessed()).isEqualTo(10_000);
                        assertThat(status.offsets().stream()
                                        .mapToLong(JobStatus.PartitionOffset::offset)
                                        .sum())
                                .isEqualTo(10_000);
                    }));
        }
    }

    @Test
    void sendsABadRecordToTheDeadLettersWithItsProvenanceAndGoesOn() {
        kafka.createTopic("in-2", 1);
        JobTestBed.produceValues(kafka, "in-2", List.of("a", "bad", "b"));
        var plans = Map.of("good", TestPlans.job(TestPlans.copy("copy", "in-2", "out-2")));
        try (var pod = JobTestBed.pod(kafka, 0, state, plans)) {
            pod.apply(TestDocuments.job("second").build());

            var values = JobTestBed.read(kafka, "out-2", 3, 2).stream()
                    .map(found -> text(found.value()))
                    .toList();
            var letters = JobTestBed.read(kafka, "velostream.shop.second.dlq", 3, 1);

            assertThat(values).containsExactlyInAnyOrder("a", "b");
            assertThat(letters).singleElement().satisfies(letter -> {
                assertThat(text(letter.key())).isEqualTo("kbad");
                assertThat(text(letter.value())).isEqualTo("bad");
                assertThat(text(letter.headers().lastHeader("velo.dlq.topic").value()))
                        .isEqualTo("in-2");
                assertThat(text(letter.headers().lastHeader("velo.dlq.offset").value()))
                        .isEqualTo("1");
                assertThat(text(letter.headers()
                                .lastHeader("velo.dlq.error.code")
                                .value()))
                        .isEqualTo("BAD_VALUE");
                assertThat(text(letter.headers().lastHeader("velo.dlq.query").value()))
                        .isEqualTo("copy");
                assertThat(text(letter.headers().lastHeader("velo.dlq.job").value()))
                        .isEqualTo("second");
                assertThat(letter.headers().lastHeader("velo.reference")).isNull();
            });
            assertThat(pod.status("second").orElseThrow().recordsFailed()).isEqualTo(1);
        }
    }

    @Test
    void waitsForAMissingSourceTopicWithItsReasonAndGoesOnWhenItIsThere() {
        var plans = Map.of("good", TestPlans.job(TestPlans.copy("copy", "in-3", "out-3")));
        try (var pod = JobTestBed.pod(kafka, 0, state, plans)) {
            pod.apply(TestDocuments.job("third").build());
            await().atMost(20, TimeUnit.SECONDS)
                    .untilAsserted(() -> assertThat(pod.status("third")).hasValueSatisfying(status -> {
                        assertThat(status.state()).isEqualTo(JobState.WAITING);
                        assertThat(status.reason()).contains(JobStatus.Reason.SOURCE_TOPIC_MISSING);
                        assertThat(status.lastError().orElseThrow()).contains("in-3");
                    }));

            kafka.createTopic("in-3", 1);
            JobTestBed.produceValues(kafka, "in-3", List.of("a"));

            assertThat(JobTestBed.read(kafka, "out-3", 3, 1)).hasSize(1);
            assertThat(pod.status("third").orElseThrow().state()).isEqualTo(JobState.RUNNING);
        }
    }

    @Test
    void suspendsAndResumesWithoutLosingOrDoublingARecord() {
        kafka.createTopic("in-4", 2);
        JobTestBed.produce(kafka, "in-4", 0, 100, 10);
        var plans = Map.of("good", TestPlans.job(TestPlans.copy("copy", "in-4", "out-4")));
        try (var pod = JobTestBed.pod(kafka, 0, state, plans)) {
            pod.apply(TestDocuments.job("fourth").build());
            assertThat(JobTestBed.read(kafka, "out-4", 3, 100)).hasSize(100);

            pod.apply(TestDocuments.job("fourth")
                    .sequence(2)
                    .desired(DesiredState.SUSPENDED)
                    .build());
            await().atMost(10, TimeUnit.SECONDS)
                    .until(() -> pod.status("fourth").orElseThrow().state() == JobState.SUSPENDED);
            JobTestBed.produce(kafka, "in-4", 100, 200, 10);

            assertThat(JobTestBed.read(kafka, "out-4", 3, 101, Duration.ofSeconds(3)))
                    .hasSize(100);
            pod.apply(TestDocuments.job("fourth").sequence(3).build());
            assertThat(JobTestBed.read(kafka, "out-4", 3, 200)).hasSize(200);
        }
    }
}
