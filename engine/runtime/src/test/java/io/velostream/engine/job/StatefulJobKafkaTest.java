package io.velostream.engine.job;

import static io.velostream.engine.job.JobTestBed.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.velostream.engine.job.JobDocument.DesiredState;
import io.velostream.engine.job.JobStatus.JobState;
import io.velostream.engine.plan.physical.JobPlan;
import io.velostream.engine.runtime.topology.TestPlans;
import io.velostream.local.kafka.LocalKafka;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Exactly-once with state, record by record: a running count a key writes one row an input, so that a lost, doubled or
 * reordered record leaves a gap or a repetition in the key's sequence 1, 2, 3, ….
 */
class StatefulJobKafkaTest {

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
    void countsOnWhereItEndedAfterARestartOfThePod() {
        kafka.createTopic("events-1", 2);
        Map<String, JobPlan> plans =
                Map.of("good", TestPlans.job(TestPlans.countByKey("counts", "events-1", "counts-1")));
        JobTestBed.produce(kafka, "events-1", 0, 3_000, 50);
        try (var pod = JobTestBed.pod(kafka, 0, state, plans)) {
            pod.apply(TestDocuments.job("restarted").build());
            assertThat(JobTestBed.read(kafka, "counts-1", 3, 3_000)).hasSize(3_000);
        }

        JobTestBed.produce(kafka, "events-1", 3_000, 6_000, 50);
        try (var pod = JobTestBed.pod(kafka, 0, state, plans)) {
            pod.apply(TestDocuments.job("restarted").build());

            assertEachKeyCountsUp(JobTestBed.read(kafka, "counts-1", 3, 6_000), 6_000);
        }
    }

    @Test
    void restoresFromItsSnapshotWhatTheChangelogNoLongerHolds() throws Exception {
        kafka.createTopic("events-4", 1);
        Map<String, JobPlan> plans =
                Map.of("good", TestPlans.job(TestPlans.countByKey("counts", "events-4", "counts-4")));
        JobTestBed.produce(kafka, "events-4", 0, 1_000, 20);
        try (var pod = JobTestBed.pod(kafka, 0, state, plans)) {
            pod.apply(TestDocuments.job("snapshots").build());
            assertThat(JobTestBed.read(kafka, "counts-4", 3, 1_000)).hasSize(1_000);
        }
        truncateChangelog(new TopicPartition("velostream.shop.snapshots.u.g1-counts-counts-changelog", 0));

        JobTestBed.produce(kafka, "events-4", 1_000, 2_000, 20);
        try (var pod = JobTestBed.pod(kafka, 0, state, plans)) {
            pod.apply(TestDocuments.job("snapshots").build());

            assertEachKeyCountsUp(JobTestBed.read(kafka, "counts-4", 3, 2_000), 2_000);
        }
    }

    /** Deletes all but the last record, so that only a snapshot can tell what was before. */
    private static void truncateChangelog(TopicPartition changelog) throws Exception {
        var resource = new ConfigResource(ConfigResource.Type.TOPIC, changelog.topic());
        kafka.admin()
                .incrementalAlterConfigs(Map.of(
                        resource,
                        List.of(new AlterConfigOp(
                                new ConfigEntry("cleanup.policy", "compact,delete"), AlterConfigOp.OpType.SET))))
                .all()
                .get();
        long end = kafka.admin()
                .listOffsets(Map.of(changelog, OffsetSpec.latest()))
                .partitionResult(changelog)
                .get()
                .offset();
        kafka.admin()
                .deleteRecords(Map.of(changelog, RecordsToDelete.beforeOffset(end - 2)))
                .all()
                .get();
    }

    @Test
    void repartitionsOverTwelvePartitionsWhileAPodJoinsAndLeaves() {
        kafka.createTopic("events-2", 12);
        Map<String, JobPlan> plans =
                Map.of("good", TestPlans.job(TestPlans.countByValue("totals", "events-2", "totals-2")));
        try (var first = JobTestBed.pod(kafka, 0, state, plans);
                var second = JobTestBed.pod(kafka, 1, state, plans)) {
            first.apply(TestDocuments.job("scaled").parallelism(2).build());
            produceNames(0, 4_000);
            assertThat(JobTestBed.read(kafka, "totals-2", 3, 4_000)).hasSize(4_000);

            JobDocument two = TestDocuments.job("scaled")
                    .sequence(2)
                    .replicas(2)
                    .parallelism(4)
                    .build();
            first.apply(two);
            second.apply(two);
            produceNames(4_000, 6_000);
            await().atMost(40, TimeUnit.SECONDS)
                    .untilAsserted(() -> assertThat(
                                    second.status("scaled").orElseThrow().units())
                            .anySatisfy(unit -> assertThat(unit.tasks()).isNotEmpty()));
            produceNames(6_000, 8_000);

            JobDocument drainSecond = TestDocuments.job("scaled")
                    .sequence(3)
                    .replicas(2)
                    .drainedOrdinals(1)
                    .parallelism(2)
                    .build();
            second.apply(drainSecond);
            first.apply(drainSecond);
            produceNames(8_000, 10_000);

            assertEachKeyCountsUp(JobTestBed.read(kafka, "totals-2", 3, 10_000), 10_000);
            await().atMost(20, TimeUnit.SECONDS).untilAsserted(() -> {
                JobStatus drained = second.status("scaled").orElseThrow();
                assertThat(drained.state()).isEqualTo(JobState.DRAINED);
                assertThat(drained.inFlight()).isZero();
            });
        }
    }

    @Test
    void drainsAndResumesWithItsState() {
        kafka.createTopic("events-3", 1);
        Map<String, JobPlan> plans =
                Map.of("good", TestPlans.job(TestPlans.countByKey("counts", "events-3", "counts-3")));
        JobTestBed.produce(kafka, "events-3", 0, 1_000, 7);
        try (var pod = JobTestBed.pod(kafka, 0, state, plans)) {
            pod.apply(TestDocuments.job("drained").build());
            assertThat(JobTestBed.read(kafka, "counts-3", 3, 1_000)).hasSize(1_000);

            pod.apply(TestDocuments.job("drained")
                    .sequence(2)
                    .desired(DesiredState.DRAINED)
                    .build());
            await().atMost(20, TimeUnit.SECONDS)
                    .until(() -> pod.status("drained").orElseThrow().state() == JobState.DRAINED);
            JobTestBed.produce(kafka, "events-3", 1_000, 2_000, 7);
            pod.apply(TestDocuments.job("drained").sequence(3).build());

            assertEachKeyCountsUp(JobTestBed.read(kafka, "counts-3", 3, 2_000), 2_000);
            assertThat(pod.status("drained").orElseThrow().state()).isEqualTo(JobState.RUNNING);
        }
    }

    private static void produceNames(int from, int to) {
        JobTestBed.produceValues(
                kafka,
                "events-2",
                IntStream.range(from, to).mapToObj(i -> "name" + i % 97).toList());
    }

    private static void assertEachKeyCountsUp(List<ConsumerRecord<byte[], byte[]>> rows, int expected) {
        assertThat(rows).hasSize(expected);
        Map<String, List<Long>> counts = new HashMap<>();
        rows.forEach(row -> counts.computeIfAbsent(text(row.key()), key -> new ArrayList<>())
                .add(Long.parseLong(text(row.value()))));
        counts.forEach((key, sequence) -> assertThat(sequence)
                .as("counts of %s", key)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, sequence.size()).boxed().toList()));
    }
}
