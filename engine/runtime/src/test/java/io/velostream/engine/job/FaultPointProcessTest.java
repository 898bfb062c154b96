package io.velostream.engine.job;

import static io.velostream.engine.job.JobTestBed.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.velostream.engine.guard.FaultHooks;
import io.velostream.engine.guard.FaultHooks.Point;
import io.velostream.local.kafka.LocalKafka;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A pod dies at every point at which dying could cost something, one after the other, in the middle of a GROUP BY over a
 * repartition topic with state, and each time starts again on the same directory. In the end the counts of each key must
 * be 1, 2, 3, … without a gap or a repetition.
 */
class FaultPointProcessTest {

    private static final int CHUNK = 1_500;
    private static final int KEYS = 40;

    @TempDir
    Path directory;

    private LocalKafka kafka;
    private Process pod;
    private int fed;

    @BeforeEach
    void startBroker() {
        kafka = LocalKafka.builder().start();
        kafka.createTopic("events", 4);
        kafka.createTopic("totals", 1);
    }

    @AfterEach
    void stopEverything() throws InterruptedException {
        if (pod != null) {
            pod.destroyForcibly().waitFor();
        }
        kafka.close();
    }

    @Test
    void survivesADeathAtEveryPoint() throws Exception {
        dieAt(Point.IN_FAN_OUT, 700);
        dieAt(Point.BEFORE_FLUSH, 7);
        dieAt(Point.AFTER_FLUSH, 7);
        dieAt(Point.BEFORE_COMMIT, 4);
        dieAt(Point.AFTER_COMMIT, 4);
        dieAt(Point.ON_RESTORE, 1);
        dieAt(Point.IN_SNAPSHOT, 2);
        dieWhileItCloses();

        start("");
        feed();

        List<ConsumerRecord<byte[], byte[]>> rows = JobTestBed.read(kafka, "totals", 1, fed);
        assertThat(rows).as(log()).hasSize(fed);
        assertEachKeyCountsUp(rows);
    }

    private void dieAt(Point point, int pass) throws Exception {
        start(point + ":" + pass);
        feed();
        for (int second = 0; second < 60 && pod.isAlive(); second++) {
            pod.waitFor(1, TimeUnit.SECONDS);
            feedOne();
        }
        assertDiedOfTheFault(point);
    }

    private void dieWhileItCloses() throws Exception {
        start(Point.ON_REVOKE + ":1");
        feed();
        JobTestBed.read(kafka, "totals", 1, fed);
        pod.destroy();
        pod.waitFor(60, TimeUnit.SECONDS);
        assertDiedOfTheFault(Point.ON_REVOKE);
    }

    private void assertDiedOfTheFault(Point point) throws IOException {
        assertThat(pod.isAlive()).as("still alive at %s: %s", point, log()).isFalse();
        assertThat(pod.exitValue())
                .as("died of something else at %s: %s", point, log())
                .isEqualTo(FaultHooks.EXIT_CODE);
    }

    private void start(String fault) throws IOException {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        ProcessBuilder builder = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx256m",
                        "--sun-misc-unsafe-memory-access=allow",
                        "--enable-native-access=ALL-UNNAMED",
                        "-Dvelo.snapshot.millis=2000",
                        "-cp",
                        classPath,
                        PodMain.class.getName(),
                        kafka.bootstrapServers(),
                        directory.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile());
        builder.environment().put("VELO_FAULT", fault);
        pod = builder.start();
    }

    private String log() throws IOException {
        List<String> lines = Files.readAllLines(directory.resolve("log"));
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
    }

    private void feed() {
        feedTo(fed + CHUNK);
    }

    private void feedOne() {
        feedTo(fed + KEYS);
    }

    private void feedTo(int end) {
        JobTestBed.produceValues(
                kafka,
                "events",
                IntStream.range(fed, end).mapToObj(i -> "name" + i % KEYS).toList());
        fed = end;
    }

    private static void assertEachKeyCountsUp(List<ConsumerRecord<byte[], byte[]>> rows) {
        Map<String, List<Long>> counts = new HashMap<>();
        rows.forEach(row -> counts.computeIfAbsent(text(row.key()), key -> new ArrayList<>())
                .add(Long.parseLong(text(row.value()))));
        assertThat(counts).hasSize(KEYS);
        counts.forEach((key, sequence) -> assertThat(sequence)
                .as("counts of %s", key)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, sequence.size()).boxed().toList()));
    }
}
