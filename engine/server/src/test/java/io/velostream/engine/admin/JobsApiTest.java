package io.velostream.engine.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.velostream.engine.admin.Api.Answer;
import io.velostream.engine.job.JobDocument;
import io.velostream.engine.job.JobStatuses;
import io.velostream.engine.job.TestDocuments;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Jobs, maintenance and processing through the API, over a registry that does what the test says. */
@QuarkusTest
@QuarkusTestResource(PodFiles.class)
class JobsApiTest extends AdminApi {

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

    @Test
    void takesJobsFromTheirFiles() throws IOException {
        JobDocument document = TestDocuments.job("from-file").sequence(3).build();

        JobFiles.write(PodFiles.jobs().resolve("4"), document);

        await().atMost(Duration.ofSeconds(15))
                .untilAsserted(() -> assertThat(jobs.applied()).contains(document));
    }
}
