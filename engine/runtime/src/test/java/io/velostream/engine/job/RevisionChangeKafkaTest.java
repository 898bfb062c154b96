package io.velostream.engine.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.velostream.engine.job.JobStatus.JobState;
import io.velostream.engine.job.JobStatus.Reason;
import io.velostream.local.kafka.LocalKafka;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An edited query on two pods that hear of the edit at different times: two revisions never share a group. */
class RevisionChangeKafkaTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static LocalKafka kafka;

    @TempDir
    Path state;

    @BeforeAll
    static void startBroker() {
        kafka = LocalKafka.builder().start();
        kafka.createTopic("numbers", 6);
    }

    @AfterAll
    static void stopBroker() {
        kafka.close();
    }

    @Test
    void startsTheNewRevisionWhenTheLastMemberOfTheOldOneHasLeft() {
        try (var first = JobTestBed.sqlPod(kafka, 0, state);
                var second = JobTestBed.sqlPod(kafka, 1, state)) {
            first.apply(copying(1, "n"));
            second.apply(copying(1, "n"));
            await().atMost(PATIENCE).until(() -> runs(first) && runs(second));
            produce(0, 1_000);
            assertThat(JobTestBed.read(kafka, "copied", 6, 1_000)).hasSize(1_000);

            first.apply(copying(2, "n + 1000000 AS n"));

            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(first.status("copy").orElseThrow().reason())
                                    .contains(Reason.OTHER_REVISION));
            produce(1_000, 2_000);
            assertThat(values(2_000))
                    .as("the old revision works on")
                    .containsExactlyInAnyOrderElementsOf(numbers(0, 2_000));

            second.apply(copying(2, "n + 1000000 AS n"));

            await().atMost(PATIENCE).until(() -> runs(first) && runs(second));
            produce(2_000, 3_000);
            List<Integer> expected = IntStream.concat(IntStream.range(0, 2_000), IntStream.range(1_002_000, 1_003_000))
                    .boxed()
                    .toList();
            assertThat(values(3_000)).containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    private static boolean runs(JobRegistry pod) {
        JobStatus status = pod.status("copy").orElseThrow();
        return status.state() == JobState.RUNNING
                && status.units().stream().noneMatch(unit -> unit.tasks().isEmpty());
    }

    private static JobDocument copying(long sequence, String column) {
        return TestDocuments.job("copy")
                .sequence(sequence)
                .replicas(2)
                .parallelism(2)
                .sql("""
                        CREATE STREAM numbers (n BIGINT) WITH ('topic' = 'numbers', 'format' = 'json');
                        CREATE STREAM copied AS SELECT %s FROM numbers EMIT CHANGES
                        WITH ('copied.topic' = 'copied', 'copied.format' = 'json');
                        """.formatted(column))
                .partitionsOfTheSource()
                .build();
    }

    private static void produce(int from, int to) {
        JobTestBed.produceValues(
                kafka,
                "numbers",
                numbers(from, to).stream().map("{\"n\":%d}"::formatted).toList());
    }

    private static List<Integer> numbers(int from, int to) {
        return IntStream.range(from, to).boxed().toList();
    }

    private static List<Integer> values(int expected) {
        return JobTestBed.read(kafka, "copied", 6, expected).stream()
                .map(row -> Integer.valueOf(JobTestBed.text(row.value()).replaceAll("\\D", "")))
                .toList();
    }
}
