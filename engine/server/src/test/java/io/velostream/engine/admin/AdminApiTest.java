package io.velostream.engine.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.velostream.engine.admin.Api.Answer;
import io.velostream.engine.reference.CheckedInPage;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for the whole HTTP API. */
@QuarkusTest
@QuarkusTestResource(PodFiles.class)
class AdminApiTest extends AdminApi {

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

    @Test
    void givesTheBareVersion() {
        Answer answer = admin.get("/admin/version");

        assertThat(answer.type()).startsWith("text/plain");
        assertThat(answer.body()).matches("[0-9]+\\.[0-9]+\\.[0-9]+(-[A-Za-z0-9.]+)?");
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
    void describesItselfAsTheCheckedInDocumentDoes() throws IOException {
        Answer answer = reader.get("/admin/openapi");

        assertThat(answer.status()).isEqualTo(200);
        CheckedInPage.isCurrent("openapi.yaml", answer.body());
    }
}
