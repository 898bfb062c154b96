package io.velostream.engine.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.velostream.engine.admin.Api.Answer;
import io.velostream.engine.config.EngineConfig;
import io.velostream.engine.config.ExhaustionPolicy;
import io.velostream.engine.config.PodResources;
import io.velostream.engine.runtime.memory.MemoryBudget;
import io.velostream.engine.runtime.memory.MemoryLimits;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The configuration: shown, checked, changed and read again. */
@QuarkusTest
@QuarkusTestResource(PodFiles.class)
class ConfigApiTest extends AdminApi {

    @Inject
    MemoryBudget memory;

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

    /** As curl sends it without a Content-Type. */
    private Answer curlPut(String change, String... headers) {
        List<String> all = new ArrayList<>(List.of("Content-Type", "application/x-www-form-urlencoded"));
        all.addAll(List.of(headers));
        return admin.put("/admin/config", change, all.toArray(String[]::new));
    }

    @AfterEach
    void backToTheFile() throws IOException {
        Files.writeString(PodFiles.configuration(), PodFiles.CONFIGURATION);
        admin.post("/admin/config/reload");
        admin.post("/admin/processing/restart");
    }

    @Test
    void lowersTheLimitOfMemoryAtOnce() {
        String before = admin.get("/admin/config").header("X-Config-Hash").orElseThrow();

        Answer put = curlPut("{\"resource_limits\": {\"max_total_memory\": 536870912}}");

        assertThat(put.status()).as(put.body()).isEqualTo(200);
        assertThat(put.json().at("/applied"))
                .extracting(JsonNode::asText)
                .containsExactly(
                        "resource_limits.max_total_memory",
                        "resource_limits.max_operator_memory",
                        "resource_limits.max_aggregation_groups");
        assertThat(put.json().at("/restart_required")).isEmpty();
        Answer now = reader.get("/admin/config");
        assertThat(now.json().at("/resource_limits/max_total_memory").asLong()).isEqualTo(536870912L);
        assertThat(now.header("X-Config-Hash"))
                .contains(put.json().get("hash").asText())
                .isNotEqualTo(Optional.of(before))
                .isEqualTo(put.header("X-Config-Hash"));
        assertThat(memory.limits())
                .isEqualTo(MemoryLimits.of(
                        new EngineConfig.ResourceLimits(
                                536870912L, 134217728L, 10_000, 134217728 / 32, ExhaustionPolicy.SPILL),
                        new EngineConfig.MemoryManagement(0.8, 300, 3600),
                        PodResources.ofThisProcess().heapBytes()));
    }

    @Test
    void takesTheOtherSpellings() {
        Answer parallelism = curlPut("{\"processing\": {\"parallelism\": 8}}");
        Answer batches = curlPut("{\"performance\": {\"batch_size\": 1000, \"enable_caching\": false}}");

        assertThat(parallelism.json().at("/applied/0").asText()).isEqualTo("processing.max_parallelism");
        assertThat(batches.json().at("/applied/0").asText()).isEqualTo("processing.batch_size");
        assertThat(batches.json().at("/without_effect/0").asText()).isEqualTo("performance.enable_caching");
        assertThat(jobs.settings().orElseThrow().maxParallelism()).isEqualTo(8);
        assertThat(jobs.batchRecords()).isEqualTo(1000);
        JsonNode now = admin.get("/admin/config").json();
        assertThat(now.at("/processing/max_parallelism").asInt()).isEqualTo(8);
        assertThat(now.at("/processing/batch_size").asInt()).isEqualTo(1000);
        assertThat(now.at("/performance/enable_caching").asBoolean()).isFalse();
    }

    @Test
    void goesBackToTheDefaultWithNull() {
        curlPut("{\"processing\": {\"batch_size\": 7}}");

        Answer back = curlPut("{\n\t\"processing\": {\"batch_size\": null}\n}");

        assertThat(back.json().at("/applied/0").asText()).isEqualTo("processing.batch_size");
        assertThat(admin.get("/admin/config")
                        .json()
                        .at("/processing/batch_size")
                        .asInt())
                .isEqualTo(10_000);
    }

    @Test
    void takesNothingOfAChangeOfWhichAPartIsWrong() {
        Answer before = admin.get("/admin/config");

        Answer put = curlPut("""
                {"processing": {"batch_size": 500,
                                "max_paralelism": 4},
                 "resource_limits": {"max_operator_memory": "2Gi"}}
                """);

        isProblem(put, 422);
        assertThat(put.json().at("/problems")).hasSize(2);
        assertThat(put.json().at("/problems/0/line").asInt()).isEqualTo(2);
        assertThat(put.json().at("/problems/0/message").asText()).contains("max_parallelism");
        assertThat(put.json().at("/problems/1/key").asText()).isEqualTo("resource_limits.max_operator_memory");
        assertThat(admin.get("/admin/config").body()).isEqualTo(before.body());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[1]",
                "\u0000",
                "{\"resource_limits\": {\"max_total_memory\": null, \"max_operator_memory\": 9999999999999}}",
                "{\"kafka\": {\"bootstrap_servers\": \"other:9092\"}}",
                "{\"kafka\": {\"bootstrap_servers\": null}}",
                "{\"kafka\": {\"producer\": {\"ssl.key.password\": \"[redacted]\"}}}",
                "{\"processing\": 8}"
            })
    void refuses(String change) {
        Answer before = admin.get("/admin/config");

        isProblem(curlPut(change), 422);

        assertThat(admin.get("/admin/config").body()).isEqualTo(before.body());
    }

    @Test
    void saysWhatWaitsForARestartUntilItWas() {
        Answer put = curlPut("""
                {"kafka": {"producer": {"linger.ms": 5}}, "resource_limits": {"exhaustion_policy": "fail"}}
                """);

        assertThat(put.json().at("/applied")).isEmpty();
        assertThat(put.json().at("/restart_required/kafka.producer.linger.ms").asText())
                .isEqualTo("processing");
        assertThat(put.json()
                        .at("/restart_required/resource_limits.exhaustion_policy")
                        .asText())
                .isEqualTo("processing");
        Answer waiting = admin.get("/admin/config");
        assertThat(waiting.header("X-Config-Restart-Required"))
                .contains("kafka.producer.linger.ms, resource_limits.exhaustion_policy");
        assertThat(waiting.json().at("/resource_limits/exhaustion_policy").asText())
                .isEqualTo("SPILL");
        assertThat(jobs.settings().orElseThrow().producer()).doesNotContainKey("linger.ms");

        admin.post("/admin/processing/restart");

        Answer after = admin.get("/admin/config");
        assertThat(after.header("X-Config-Restart-Required")).isEmpty();
        assertThat(after.json().at("/resource_limits/exhaustion_policy").asText())
                .isEqualTo("FAIL");
        assertThat(jobs.settings().orElseThrow().producer()).containsEntry("linger.ms", "5");
        assertThat(memory.policy()).isEqualTo(ExhaustionPolicy.FAIL);
    }

    @Test
    void readsItsFileAgainAlsoInMaintenance() throws IOException {
        curlPut("{\"processing\": {\"batch_size\": 7}}");
        admin.post("/admin/maintenance/enable");
        Files.writeString(
                PodFiles.configuration(),
                PodFiles.CONFIGURATION.replace("127.0.0.1:1", "127.0.0.1:2") + "processing: {max_parallelism: 3}\n");

        Answer reloaded = admin.post("/admin/config/reload");

        assertThat(reloaded.status()).as(reloaded.body()).isEqualTo(200);
        assertThat(reloaded.json().at("/applied"))
                .extracting(JsonNode::asText)
                .containsExactly("processing.batch_size", "processing.max_parallelism");
        assertThat(reloaded.json()
                        .at("/restart_required/kafka.bootstrap_servers")
                        .asText())
                .isEqualTo("pod");
        admin.post("/admin/processing/restart");
        Answer now = admin.get("/admin/config");
        assertThat(now.header("X-Config-Restart-Required")).contains("kafka.bootstrap_servers");
        assertThat(now.json().at("/kafka/bootstrap_servers").asText()).isEqualTo("127.0.0.1:1");
        assertThat(now.json().at("/processing/batch_size").asInt()).isEqualTo(10_000);
        assertThat(jobs.settings().orElseThrow().maxParallelism()).isEqualTo(3);
    }

    @Test
    void aBadFileLeavesTheOldOneInForce() throws IOException {
        Answer before = admin.get("/admin/config");
        Files.writeString(PodFiles.configuration(), PodFiles.CONFIGURATION + "processing:\n  batch_size: many\n");

        Answer reloaded = admin.post("/admin/config/reload");

        isProblem(reloaded, 422);
        assertThat(reloaded.json().at("/problems/0/line").asInt()).isEqualTo(6);
        assertThat(reloaded.json().at("/problems/0/key").asText()).isEqualTo("processing.batch_size");
        assertThat(admin.get("/admin/config").body()).isEqualTo(before.body());
    }

    @Test
    void keepsTheChangesOfOthersOutDuringMaintenance() {
        admin.post("/admin/maintenance/enable");

        Answer refused = curlPut("{\"processing\": {\"parallelism\": 2}}");
        Answer taken = curlPut("{\"processing\": {\"parallelism\": 2}}", "X-Velostream-Operator", "velostream");

        isProblem(refused, 503);
        assertThat(taken.status()).isEqualTo(200);
        isProblem(reader.put("/admin/config", "{\"processing\": {\"parallelism\": 3}}"), 403);
        isProblem(reader.post("/admin/config/reload"), 403);
    }

    @Test
    void writesDownWhoChangedWhatWithoutSecrets() {
        curlPut(
                "{\"processing\": {\"batch_size\": 9}, \"kafka\": {\"consumer\": {\"ssl.truststore.location\": null}}}",
                "X-Velostream-Operator",
                "velo\tstream");
        curlPut("{\"processing\": {\"batch_size\": 0}}");
        curlPut("{\"kafka\": {\"producer\": {\"ssl.keystore.password\": \"geheim\"}}}");
        curlPut("{\"kafka\": {\"consumer\": {\"ssl.key.password\": \"[redacted]\"}}}");

        Answer history = reader.get("/admin/config/changes");

        JsonNode entries = history.json().at("/entries");
        assertThat(entries.get(0).at("/taken").asBoolean()).isTrue();
        assertThat(entries.get(0).at("/details")).isEmpty();
        assertThat(entries.get(1).at("/taken").asBoolean()).isFalse();
        assertThat(entries.get(2).at("/taken").asBoolean()).isFalse();
        assertThat(entries.get(3).at("/details/0").asText()).isEqualTo("processing.batch_size 10000 → 9");
        assertThat(entries.get(3).at("/who").asText())
                .matches("the full token from 127\\.0\\.0\\.1 \\(operator velo\\?stream\\)");
        assertThat(Instant.parse(entries.get(3).at("/at").asText())).isBefore(Instant.now());
        assertThat(history.body()).doesNotContain("hunter2").doesNotContain("geheim");
    }
}
