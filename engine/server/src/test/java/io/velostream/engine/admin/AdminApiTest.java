package io.velostream.engine.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.velostream.engine.admin.Api.Answer;
import io.velostream.engine.job.FakeJobRegistry;
import io.velostream.engine.job.JobDocument;
import io.velostream.engine.job.JobJson;
import io.velostream.engine.job.JobStatuses;
import io.velostream.engine.job.TestDocuments;
import io.velostream.engine.reference.CheckedInPage;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URL;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtLogRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole HTTP API over a registry that does what the test says; one boot for all. */
@QuarkusTest
@QuarkusTestResource(PodFiles.class)
class AdminApiTest {

    @TestHTTPResource("/")
    URL root;

    @Inject
    FakeJobRegistry jobs;

    @Inject
    Maintenance maintenance;

    private Api anybody;
    private Api admin;
    private Api reader;

    @BeforeEach
    void connect() {
        String base = root.toString().replaceFirst("/$", "");
        anybody = new Api(base, Optional.empty());
        admin = new Api(base, Optional.of(PodFiles.TOKEN));
        reader = new Api(base, Optional.of(PodFiles.READ_ONLY_TOKEN));
    }

    @AfterEach
    void reset() {
        jobs.reset();
        maintenance.set(false);
    }

    private static String json(JobDocument document) {
        return new String(JobJson.writeDocument(document), StandardCharsets.UTF_8);
    }

    private static void isProblem(Answer answer, int status) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.type()).startsWith("application/problem+json");
        assertThat(answer.json().get("status").asInt()).isEqualTo(status);
        assertThat(answer.json().get("title").asText()).isNotBlank();
        assertThat(answer.json().get("type").asText()).isNotBlank();
        assertThat(answer.json().get("detail").asText()).isNotBlank();
    }

    @Test
    void isHealthyAsLongAsItServes() {
        Answer answer = anybody.get("/health");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().get("status").asText()).isEqualTo("healthy");
        assertThat(Instant.parse(answer.json().get("timestamp").asText()))
                .isCloseTo(Instant.now(), org.assertj.core.api.Assertions.within(Duration.ofMinutes(1)));
    }

    @Test
    void isNotReadyWithoutKafkaButThePodItselfIs() {
        Answer ready = anybody.get("/ready");
        Answer pod = anybody.get("/ready?scope=pod");

        assertThat(ready.status()).isEqualTo(503);
        assertThat(ready.json().get("status").asText()).isEqualTo("not_ready");
        assertThat(ready.json().at("/checks/kafka").asBoolean()).isFalse();
        assertThat(ready.json().at("/checks/circuit_breakers").asBoolean()).isTrue();
        assertThat(ready.json().at("/checks/resources").asBoolean()).isTrue();
        assertThat(pod.status()).isEqualTo(200);
        assertThat(pod.json().get("status").asText()).isEqualTo("ready");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"text/plain", "application/openmetrics-text; version=1.0.0", "application/vnd.google.protobuf"})
    void givesMetricsAsTextWhateverIsPreferred(String accept) {
        Answer answer = anybody.get("/metrics", "Accept", accept);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.type()).isEqualTo("text/plain; version=0.0.4; charset=utf-8");
        assertThat(answer.body())
                .contains("# TYPE velo_streams_records_processed_total counter\n")
                .contains("velo_streams_records_processed_total{source=\"kafka\"} 0.0\n")
                .contains("jvm_memory_used_bytes{");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/admin",
                "/admin/version",
                "/admin/nothing",
                "/admin/openapi",
                "//admin/version",
                "/admin//version",
                "/x/../admin/version",
                "/./admin/version",
                "/%61dmin/version",
                "/admin/../admin/version",
                "/admin;a=b/version",
                "/admin/version;a=b"
            })
    void letsNobodyInWithoutAToken(String path) {
        Answer answer = anybody.get(path);

        isProblem(answer, 401);
        assertThat(answer.body()).doesNotContain("SNAPSHOT");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer wrong", "Bearer ", "Bearer", "Basic dGhlLWZ1bGwtdG9rZW4=", "the-full-token"})
    void letsNobodyInWithAnotherToken(String authorization) {
        Answer answer = anybody.get("/admin/version", "Authorization", authorization);

        isProblem(answer, 401);
        assertThat(answer.header("WWW-Authenticate")).contains("Bearer");
    }

    @Test
    void letsTheReadOnlyTokenReadAndNothingElse() {
        assertThat(reader.get("/admin/jobs").status()).isEqualTo(200);
        isProblem(reader.post("/admin/processing/drain"), 403);
        isProblem(
                reader.put("/admin/jobs/sales", json(TestDocuments.job("sales").build())), 403);
        isProblem(reader.delete("/admin/jobs/sales"), 403);

        assertThat(jobs.applied()).isEmpty();
    }

    @Test
    void takesBothTokensDuringARotation() throws IOException {
        Api next = new Api(root.toString().replaceFirst("/$", ""), Optional.of("the-next-token"));
        isProblem(next.get("/admin/version"), 401);

        Files.writeString(PodFiles.tokens().resolve("previous-token"), PodFiles.TOKEN);
        Files.writeString(PodFiles.tokens().resolve("token"), "the-next-token");

        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(
                        () -> assertThat(next.get("/admin/version").status()).isEqualTo(200));
        assertThat(admin.get("/admin/version").status()).isEqualTo(200);
        Files.writeString(PodFiles.tokens().resolve("token"), PodFiles.TOKEN);
        Files.delete(PodFiles.tokens().resolve("previous-token"));
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(
                        () -> assertThat(next.get("/admin/version").status()).isEqualTo(401));
    }

    @Test
    void logsRefusalsWithoutTheToken() {
        List<String> lines = Collections.synchronizedList(new ArrayList<>());
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord record) {
                lines.add(ExtLogRecord.wrap(record).getFormattedMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger logger = Logger.getLogger("io.velostream.engine.admin.access");
        logger.addHandler(handler);
        try {
            await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
                anybody.get("/admin/config", "Authorization", "Bearer secret-of-somebody");
                assertThat(lines)
                        .anySatisfy(line -> assertThat(line)
                                .startsWith("Refused GET /admin/config from ")
                                .contains("with 401"));
            });
            for (int i = 0; i < 200; i++) {
                anybody.get("/admin/config", "Authorization", "Bearer secret-of-somebody");
            }

            assertThat(lines).hasSizeLessThan(100).noneMatch(line -> line.contains("secret-of-somebody"));
        } finally {
            logger.removeHandler(handler);
        }
    }

    @Test
    void givesTheBareVersion() {
        Answer answer = admin.get("/admin/version");

        assertThat(answer.type()).startsWith("text/plain");
        assertThat(answer.body()).matches("[0-9]+\\.[0-9]+\\.[0-9]+(-[A-Za-z0-9.]+)?");
    }

    @Test
    void showsTheConfigurationInForceWithoutSecrets() {
        Answer answer = reader.get("/admin/config");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("X-Config-Hash"))
                .hasValueSatisfying(hash -> assertThat(hash).matches("[0-9a-f]{64}"));
        assertThat(answer.json().at("/resource_limits/max_total_memory").isIntegralNumber())
                .isTrue();
        assertThat(answer.json().at("/resource_limits/max_total_memory").asLong())
                .isEqualTo(1073741824L);
        assertThat(answer.json().at("/resource_limits/max_operator_memory").asLong())
                .isEqualTo(268435456L);
        assertThat(answer.body()).doesNotContain("hunter2").contains("[redacted]");
    }

    @Test
    void saysEverythingThatIsWrongWithAConfigurationWithoutTakingIt() {
        Answer answer = admin.call("POST", "/admin/config/validate", BodyPublishers.ofString("""
                kafka:
                  bootstrap_servers: kafka:9092
                processing:
                  batch_size: -1
                  max_paralelism: 4
                """));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().at("/valid").asBoolean()).isFalse();
        assertThat(answer.json().at("/problems")).hasSize(2);
        assertThat(answer.json().at("/problems/0/line").asInt()).isEqualTo(4);
        assertThat(answer.json().at("/problems/1/message").asText()).contains("max_parallelism");
    }

    @Test
    void givesTheHashThatAValidConfigurationWouldHave() {
        Answer before = admin.get("/admin/config");

        Answer answer = admin.call(
                "POST",
                "/admin/config/validate",
                BodyPublishers.ofString("kafka: { bootstrap_servers: 'kafka:9092' }"),
                "Content-Type",
                "application/yaml");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().at("/hash").asText()).matches("[0-9a-f]{64}");
        assertThat(admin.get("/admin/config").header("X-Config-Hash")).isEqualTo(before.header("X-Config-Hash"));
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /nothing, 404",
        "GET, /admin/nothing, 404",
        "POST, /health, 405",
        "DELETE, /admin/config, 405",
        "POST, /admin/processing/drain?timeout=soon, 400",
        "POST, /admin/processing/drain?timeout=0s, 400",
        "POST, /admin/processing/drain?timeout=2h, 400",
        "POST, /admin/processing/drain?wait=perhaps, 400",
        "GET, /admin/jobs/unknown, 404",
        "DELETE, /admin/jobs/unknown, 404",
        "GET, /admin/jobs/..%2F..%2Fetc%2Fpasswd, 404"
    })
    void answersEveryMistakeWithAProblem(String method, String path, int status) {
        isProblem(admin.call(method, path, BodyPublishers.noBody()), status);
    }

    @Test
    void saysWhichTypesItTakesAndGives() {
        isProblem(admin.put("/admin/jobs/sales", "name: sales", "Content-Type", "application/yaml"), 415);
        isProblem(admin.get("/admin/jobs", "Accept", "image/png"), 406);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "null", "{\"name\":\"sales\"}", "{\"name\": 3, \"sql\": []}", "\u0000"})
    void saysWhatIsWrongWithABody(String body) {
        Answer answer = admin.put("/admin/jobs/sales", body);

        isProblem(answer, 400);
        assertThat(answer.json().get("detail").asText())
                .contains("not a job document")
                .doesNotContain("io.velostream");
        assertThat(jobs.applied()).isEmpty();
    }

    @Test
    void refusesALargeBodyWhetherItsLengthIsSaidOrNot() {
        byte[] large = new byte[3 << 20];

        Answer said = admin.call(
                "PUT", "/admin/jobs/sales", BodyPublishers.ofByteArray(large), "Content-Type", "application/json");
        Answer unsaid = admin.call(
                "PUT",
                "/admin/jobs/sales",
                BodyPublishers.fromPublisher(BodyPublishers.ofByteArray(large)),
                "Content-Type",
                "application/json");

        isProblem(said, 413);
        assertThat(unsaid.status()).isEqualTo(413);
        assertThat(jobs.applied()).isEmpty();
    }

    @Test
    void putsAJobInForceAndShowsIt() {
        JobDocument document = TestDocuments.job("sales").sequence(7).build();

        Answer put = admin.put("/admin/jobs/sales", json(document));

        assertThat(put.status()).as(put.body()).isEqualTo(200);
        assertThat(put.json().get("state").asText()).isEqualTo("RUNNING");
        assertThat(put.json().get("sequence").asLong()).isEqualTo(7);
        assertThat(jobs.applied()).containsExactly(document);
        assertThat(reader.get("/admin/jobs/sales").json()).isEqualTo(put.json());
        JsonNode all = reader.get("/admin/jobs").json();
        assertThat(all).hasSize(1);
        assertThat(all.get(0).get("name").asText()).isEqualTo("sales");
    }

    @Test
    void refusesAnOlderDocumentAndNamesTheOneInForce() {
        admin.put(
                "/admin/jobs/sales", json(TestDocuments.job("sales").sequence(7).build()));

        Answer answer = admin.put(
                "/admin/jobs/sales", json(TestDocuments.job("sales").sequence(6).build()));

        isProblem(answer, 409);
        assertThat(answer.json().get("type").asText()).isEqualTo("urn:velostream:problem:outdated-document");
        assertThat(answer.json().get("sequenceInForce").asLong()).isEqualTo(7);
    }

    @Test
    void answersRefusedSqlWithTheStatusThatHoldsTheProblems() {
        jobs.refuse(document -> Optional.of(JobStatuses.invalid(document, 3, 14, "Unknown column `amout`")));

        Answer answer = admin.put(
                "/admin/jobs/sales", json(TestDocuments.job("sales").sql("bad").build()));

        assertThat(answer.status()).isEqualTo(422);
        JsonNode problem = answer.json().at("/problems/0");
        assertThat(problem.get("severity").asText()).isEqualTo("ERROR");
        assertThat(problem.get("line").asInt()).isEqualTo(3);
        assertThat(problem.get("column").asInt()).isEqualTo(14);
        assertThat(problem.get("message").asText()).isEqualTo("Unknown column `amout`");
    }

    @Test
    void refusesADocumentOfAnotherJob() {
        Answer answer =
                admin.put("/admin/jobs/sales", json(TestDocuments.job("audit").build()));

        isProblem(answer, 400);
        assertThat(answer.body()).contains("audit").contains("sales");
        assertThat(jobs.applied()).isEmpty();
    }

    @Test
    void stopsAJob() {
        admin.put("/admin/jobs/sales", json(TestDocuments.job("sales").build()));

        assertThat(admin.delete("/admin/jobs/sales").status()).isEqualTo(202);

        isProblem(admin.get("/admin/jobs/sales"), 404);
    }

    @Test
    void keepsNewWorkOutDuringMaintenanceExceptTheOperators() {
        String document = json(TestDocuments.job("sales").build());
        assertThat(admin.post("/admin/maintenance/enable")
                        .json()
                        .get("maintenance")
                        .asBoolean())
                .isTrue();
        assertThat(admin.post("/admin/maintenance/enable").status()).isEqualTo(200);

        Answer refused = admin.put("/admin/jobs/sales", document);
        Answer taken = admin.put("/admin/jobs/sales", document, "X-Velostream-Operator", "velostream");

        isProblem(refused, 503);
        assertThat(refused.header("Retry-After")).contains("30");
        assertThat(taken.status()).isEqualTo(200);
        assertThat(admin.get("/admin/processing").json().get("maintenance").asBoolean())
                .isTrue();
        assertThat(admin.post("/admin/maintenance/disable")
                        .json()
                        .get("maintenance")
                        .asBoolean())
                .isFalse();
        assertThat(admin.put("/admin/jobs/sales", document).status()).isEqualTo(200);
    }

    @Test
    void drainsAndRestarts() {
        admin.put("/admin/jobs/sales", json(TestDocuments.job("sales").build()));
        assertThat(admin.get("/admin/processing").json().get("state").asText()).isEqualTo("running");

        Answer drained = admin.post("/admin/processing/drain?timeout=30s");

        assertThat(drained.status()).isEqualTo(200);
        assertThat(drained.json().get("state").asText()).isEqualTo("drained");
        assertThat(drained.json().get("jobs")).hasSize(1);
        assertThat(admin.post("/admin/processing/restart").status()).isEqualTo(202);
        assertThat(jobs.restarts()).isEqualTo(1);
        assertThat(admin.get("/admin/processing").json().get("state").asText()).isEqualTo("running");
    }

    @Test
    void restartsOnceForAKey() {
        assertThat(admin.post("/admin/processing/restart", "Idempotency-Key", "r-1")
                        .status())
                .isEqualTo(202);
        assertThat(admin.post("/admin/processing/restart", "Idempotency-Key", "r-1")
                        .status())
                .isEqualTo(202);
        assertThat(jobs.restarts()).isEqualTo(1);
        assertThat(admin.get("/admin/processing").json().get("lastRestart").asText())
                .isEqualTo("r-1");

        admin.post("/admin/processing/restart", "Idempotency-Key", "r-2");

        assertThat(jobs.restarts()).isEqualTo(2);
        isProblem(admin.post("/admin/processing/restart", "Idempotency-Key", "k".repeat(201)), 400);
    }

    @Test
    void saysThatADrainGoesOn() {
        jobs.drainsInTime(false);

        Answer late = admin.post("/admin/processing/drain?timeout=50ms");
        Answer unawaited = admin.post("/admin/processing/drain?wait=false");

        isProblem(late, 504);
        assertThat(late.body()).contains("goes on");
        assertThat(unawaited.status()).isEqualTo(202);
        assertThat(unawaited.json().get("state").asText()).isEqualTo("draining");
    }

    private Answer ask(Api api, String sql, String query) {
        return api.call("POST", "/admin/sql" + query, BodyPublishers.ofString(sql), "Content-Type", "text/plain");
    }

    @Test
    void answersSqlOverItsOwnState() {
        jobs.apply(TestDocuments.job("first").build());
        jobs.apply(TestDocuments.job("second").build());

        Answer rows = ask(admin, "SELECT name, state FROM velo_jobs WHERE name LIKE 's%'", "");
        Answer limited = ask(admin, "SELECT name FROM velo_jobs", "?limit=1");
        Answer shown = ask(admin, "SHOW JOBS LIKE 'FIRST'", "");
        Answer described = ask(admin, "DESCRIBE velo_query_stats", "");

        assertThat(rows.status()).as(rows.body()).isEqualTo(200);
        assertThat(rows.type()).startsWith("application/x-ndjson");
        assertThat(rows.body().lines()).hasSize(2).first().isEqualTo("{\"name\":\"second\",\"state\":\"RUNNING\"}");
        assertThat(rows.body()).contains("\"reason\":\"complete\"");
        assertThat(limited.body().lines()).hasSize(2);
        assertThat(limited.body()).contains("\"reason\":\"limit\"");
        assertThat(shown.body())
                .contains("{\"job\":\"first\",\"status\":\"RUNNING\"}")
                .doesNotContain("second");
        assertThat(described.body()).contains("records_in");
    }

    @Test
    void refusesSqlWithItsPlace() {
        Answer wrong = ask(admin, "SELECT name\nFROM velo_jobs WHERE stat = 'x'", "");

        isProblem(wrong, 422);
        assertThat(wrong.json().get("type").asText()).isEqualTo("urn:velostream:problem:refused-sql");
        assertThat(wrong.json().get("line").asInt()).isEqualTo(2);
        assertThat(wrong.json().get("column").asInt()).isEqualTo(22);
        assertThat(wrong.json().at("/problems/0/message").asText()).contains("did you mean `state`?");
        isProblem(ask(admin, "SELECT k, COUNT(*) AS n FROM t GROUP BY k", ""), 422);
        isProblem(ask(admin, "SELECT 1 FROM orders", "?limit=0"), 400);
        isProblem(ask(admin, "SELECT 1 FROM orders", "?timeout=1d"), 400);
        isProblem(ask(admin, "SELECT 1 FROM orders", "?from=middle"), 400);
        isProblem(admin.put("/admin/sql", "{}"), 405);
    }

    @Test
    void leavesWhatRunsToTheOperator() {
        Answer paused = ask(admin, "PAUSE JOB orders", "");

        isProblem(paused, 409);
        assertThat(paused.json().get("detail").asText()).contains("kubectl velo suspend orders");
        assertThat(jobs.applied()).isEmpty();
    }

    @Test
    void sqlReadsUserDataSoItWantsTheFullToken() {
        assertThat(ask(anybody, "SHOW JOBS", "").status()).isEqualTo(401);
        assertThat(ask(reader, "SHOW JOBS", "").status()).isEqualTo(403);
    }

    @Test
    void takesJobsFromTheirFiles() throws IOException {
        JobDocument document = TestDocuments.job("from-file").sequence(3).build();

        JobFiles.write(PodFiles.jobs().resolve("4"), document);

        await().atMost(Duration.ofSeconds(15))
                .untilAsserted(() -> assertThat(jobs.applied()).contains(document));
    }

    @Test
    void describesItselfAsTheCheckedInDocumentDoes() throws IOException {
        Answer answer = reader.get("/admin/openapi");

        assertThat(answer.status()).isEqualTo(200);
        CheckedInPage.isCurrent("openapi.yaml", answer.body());
    }
}
