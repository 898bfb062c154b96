package io.velostream.engine.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.velostream.engine.admin.Api.Answer;
import io.velostream.engine.breaker.CircuitBreaker;
import io.velostream.engine.breaker.Dependency;
import jakarta.inject.Inject;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The circuit breakers: shown, counted and closed by force. */
@QuarkusTest
@QuarkusTestResource(PodFiles.class)
class BreakerApiTest extends AdminApi {

    private static final Dependency TOTALS = Dependency.of(Dependency.Kind.SINK, "orders", "totals");

    @Inject
    AuditLog audit;

    @Test
    void mainIsThereWithoutAJob() {
        Answer answer = reader.get("/admin/circuit-breaker");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().at("/breakers")).hasSize(1);
        assertThat(answer.json().at("/breakers/0/name").asText()).isEqualTo("main");
        assertThat(answer.json().at("/breakers/0/state").asText()).isEqualTo("CLOSED");
        assertThat(answer.json().at("/breakers/0/settings/failureThreshold").isIntegralNumber())
                .isTrue();
    }

    @Test
    void anOpenBreakerIsNamedWithItsReasonAndMakesThePodNotReady() {
        jobs.kafkaReachable(true);
        assertThat(anybody.get("/ready").status()).isEqualTo(200);

        open();

        Answer ready = anybody.get("/ready");
        assertThat(ready.status()).isEqualTo(503);
        assertThat(ready.json().at("/checks/circuit_breakers").isBoolean()).isTrue();
        assertThat(ready.json().at("/checks/circuit_breakers").asBoolean()).isFalse();
        assertThat(anybody.get("/ready?scope=pod").status()).isEqualTo(200);
        JsonNode totals = reader.get("/admin/circuit-breaker").json().at("/breakers/1");
        assertThat(totals.at("/name").asText()).isEqualTo("orders/sink/totals");
        assertThat(totals.at("/kind").asText()).isEqualTo("sink");
        assertThat(totals.at("/state").asText()).isEqualTo("OPEN");
        assertThat(totals.at("/failures").asLong()).isEqualTo(10);
        assertThat(totals.at("/lastFailure").asText()).isEqualTo("topic totals does not exist");
        Answer rows = admin.call(
                "POST",
                "/admin/sql",
                BodyPublishers.ofString("SELECT name, last_failure FROM velo_circuit_breakers WHERE state = 'OPEN'"),
                "Content-Type",
                "text/plain");
        assertThat(rows.body())
                .startsWith("{\"name\":\"orders/sink/totals\",\"last_failure\":\"topic totals does not exist\"}");
    }

    @Test
    void resetsOneByNameAndSaysWhoDidIt() {
        CircuitBreaker totals = open();

        Answer ofMain = admin.post("/admin/circuit-breaker/reset");
        assertThat(ofMain.status()).isEqualTo(200);
        assertThat(ofMain.json().at("/reset")).isEmpty();
        assertThat(totals.isOpen()).isTrue();
        Answer ofTotals = admin.post("/admin/circuit-breaker/reset?name=orders/sink/totals");

        assertThat(ofTotals.json().at("/reset/0").asText()).isEqualTo("orders/sink/totals");
        assertThat(ofTotals.json().at("/breakers/1/state").asText()).isEqualTo("CLOSED");
        assertThat(audit.entries().getFirst().action()).isEqualTo("POST /admin/circuit-breaker/reset");
        assertThat(audit.entries().getFirst().details()).containsExactly("closed circuit breaker orders/sink/totals");
    }

    @Test
    void resetsAllOfThem() {
        CircuitBreaker totals = open();

        Answer answer = admin.post("/admin/circuit-breaker/reset-all");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().at("/reset/0").asText()).isEqualTo("orders/sink/totals");
        assertThat(totals.isOpen()).isFalse();
    }

    @Test
    void aResetWantsTheFullTokenAndANameThatThereIs() {
        assertThat(anybody.post("/admin/circuit-breaker/reset").status()).isEqualTo(401);
        assertThat(reader.post("/admin/circuit-breaker/reset-all").status()).isEqualTo(403);
        Answer unknown = admin.post("/admin/circuit-breaker/reset?name=mian");

        isProblem(unknown, 404);
        assertThat(unknown.json().get("detail").asText()).contains("mian").contains("main");
    }

    @Test
    void tellsWhatHappenedInTheMonth() {
        open();
        admin.post("/admin/circuit-breaker/reset-all");

        Answer answer = reader.get("/admin/circuit-breaker/monthly-stats");

        assertThat(answer.status()).isEqualTo(200);
        JsonNode totals = answer.json().at("/breakers/1");
        assertThat(totals.at("/name").asText()).isEqualTo("orders/sink/totals");
        assertThat(totals.at("/opened").asInt()).isEqualTo(1);
        assertThat(totals.at("/resets").asInt()).isEqualTo(1);
        assertThat(totals.at("/recovered").asInt()).isZero();
        assertThat(totals.at("/lastReason").asText()).isEqualTo("topic totals does not exist");
    }

    private CircuitBreaker open() {
        CircuitBreaker totals = jobs.breakers().acquire(TOTALS, Optional.empty());
        for (int i = 0; i < 10; i++) {
            totals.failed("topic totals does not exist");
        }
        return totals;
    }
}
