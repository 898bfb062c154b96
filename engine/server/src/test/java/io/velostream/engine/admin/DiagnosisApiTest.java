package io.velostream.engine.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.velostream.engine.admin.Api.Answer;
import io.velostream.engine.job.JobStatus;
import io.velostream.engine.job.JobStatuses;
import io.velostream.engine.job.TestDocuments;
import java.io.StringReader;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.StreamSupport;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

/** What the threads do and where their time goes. */
@QuarkusTest
@QuarkusTestResource(PodFiles.class)
class DiagnosisApiTest extends AdminApi {

    private static volatile boolean busy;

    private static Thread started(String name, Runnable work) {
        return Thread.ofPlatform().name(name).daemon().start(work);
    }

    private static void burn() {
        double sum = 0;
        while (busy) {
            for (int i = 1; i < 10_000; i++) {
                sum += Math.sin(i) / i;
            }
        }
        assertThat(sum).isNotNaN();
    }

    private static JsonNode thread(JsonNode threads, String name) {
        return StreamSupport.stream(threads.at("/threads").spliterator(), false)
                .filter(thread -> thread.at("/name").asText().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void showsTheThreadsOfAJobWithTheirTime() throws InterruptedException {
        jobs.status(JobStatuses.rebuilt(TestDocuments.job("sales").build(), 0));
        String unit = jobs.status("sales").orElseThrow().units().stream()
                .map(JobStatus.UnitStatus::applicationId)
                .findFirst()
                .orElseThrow();
        busy = true;
        Thread worker = started(unit + "-abc-pod-0-StreamThread-1", DiagnosisApiTest::burn);
        try {
            JsonNode threads = reader.get("/admin/threads?stack=20").json();

            JsonNode stream = thread(threads, worker.getName());
            assertThat(stream.at("/job").asText()).isEqualTo("sales");
            assertThat(stream.at("/state").asText()).isEqualTo("RUNNABLE");
            assertThat(stream.at("/cpu_percent").asDouble()).isPositive();
            assertThat(stream.at("/stack").toString()).contains("DiagnosisApiTest.burn");
            assertThat(threads.at("/live").asInt())
                    .isEqualTo(threads.at("/threads").size());
            assertThat(threads.at("/states/RUNNABLE").asInt()).isPositive();
            assertThat(threads.at("/deadlocks")).isEmpty();
            assertThat(thread(threads, "meters").has("job")).isFalse();
        } finally {
            busy = false;
            worker.join();
        }
        isProblem(reader.get("/admin/threads?stack=1000"), 400);
        isProblem(reader.get("/admin/threads?stack=deep"), 400);
    }

    @Test
    void findsThreadsThatWaitForEachOther() throws InterruptedException {
        ReentrantLock first = new ReentrantLock();
        ReentrantLock second = new ReentrantLock();
        CountDownLatch both = new CountDownLatch(2);
        Thread one = started("philosopher-1", () -> take(first, second, both));
        Thread other = started("philosopher-2", () -> take(second, first, both));
        try {
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> !reader.get("/admin/threads")
                            .json()
                            .at("/deadlocks")
                            .isEmpty());

            JsonNode circle = reader.get("/admin/threads").json().at("/deadlocks/0");
            assertThat(circle).hasSize(2);
            assertThat(circle.toString())
                    .contains("philosopher-1 waits for")
                    .contains("which philosopher-2 has")
                    .contains("which philosopher-1 has");
            assertThat(reader.get("/admin/resources/utilization")
                            .json()
                            .at("/threads/deadlocked")
                            .asInt())
                    .isEqualTo(2);
        } finally {
            one.interrupt();
            other.interrupt();
            one.join();
            other.join();
        }
    }

    private static void take(ReentrantLock mine, ReentrantLock yours, CountDownLatch both) {
        mine.lock();
        try {
            both.countDown();
            both.await();
            yours.lockInterruptibly();
            yours.unlock();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            mine.unlock();
        }
    }

    @Test
    void drawsWhereTheTimeGoes() throws Exception {
        busy = true;
        Thread worker = started("burner <1>", DiagnosisApiTest::burn);
        try {
            Answer answer = reader.get("/admin/profile?duration=2s");

            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            assertThat(answer.type()).startsWith("image/svg+xml");
            assertThat(answer.body())
                    .contains("io.velostream.engine.admin.DiagnosisApiTest.burn (")
                    .contains("burner &lt;1&gt;")
                    .contains("samples in 2 s");
            assertThat(DocumentBuilderFactory.newInstance()
                            .newDocumentBuilder()
                            .parse(new InputSource(new StringReader(answer.body())))
                            .getDocumentElement()
                            .getTagName())
                    .isEqualTo("svg");
        } finally {
            busy = false;
            worker.join();
        }
    }

    @Test
    void takesOneProfileAtATime() throws InterruptedException {
        Thread first = started(
                "first-profile",
                () -> await().atMost(Duration.ofSeconds(30))
                        .until(() -> reader.get("/admin/profile?duration=3s").status() == 200));

        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            Answer second = reader.get("/admin/profile?duration=1s");
            isProblem(second, 429);
            assertThat(second.header("Retry-After")).contains("1");
        });
        first.join();
        assertThat(reader.get("/admin/profile?duration=1s").status()).isEqualTo(200);
    }

    @Test
    void takesNoProfileWhenThatIsOff() {
        admin.put("/admin/config", "{\"profiling\": {\"mode\": \"off\"}}");

        Answer off = reader.get("/admin/profile?duration=1s");

        isProblem(off, 409);
        assertThat(off.json().at("/type").asText()).isEqualTo("urn:velostream:problem:profiling-off");
        admin.put("/admin/config", "{\"profiling\": {\"mode\": null}}");
        for (String duration : List.of("0s", "3m", "long", "500ms")) {
            isProblem(reader.get("/admin/profile?duration=" + duration), 400);
        }
    }
}
