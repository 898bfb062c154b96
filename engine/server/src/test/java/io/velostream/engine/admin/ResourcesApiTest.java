package io.velostream.engine.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.velostream.engine.admin.Api.Answer;
import io.velostream.engine.job.StageStatistics;
import io.velostream.engine.job.StageStatistics.QueryType;
import io.velostream.engine.runtime.memory.MemoryBudget;
import io.velostream.engine.runtime.memory.ScratchSpace;
import io.velostream.engine.runtime.state.ColdTable;
import jakarta.inject.Inject;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What the pod takes, what it may take and what it should. */
@QuarkusTest
@QuarkusTestResource(PodFiles.class)
class ResourcesApiTest extends AdminApi {

    @Inject
    MemoryBudget memory;

    @Inject
    ScratchSpace disk;

    private static StageStatistics stage(String query, long bytes, long groups, long spilled) {
        return new StageStatistics(
                "sales",
                query,
                QueryType.AGGREGATION,
                query + "-0",
                "orders",
                true,
                true,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                OptionalLong.empty(),
                OptionalLong.empty(),
                bytes,
                groups,
                spilled,
                40,
                0,
                0);
    }

    @Test
    void saysWhatEveryOperatorTakesAndMayTake() {
        jobs.statistics(List.of(stage("small", 1_000, 10, 0), stage("large", 90_000, 900, 30)));
        await().atMost(Duration.ofSeconds(10))
                .until(() ->
                        !reader.get("/admin/resources").json().at("/operators").isEmpty());
        jobs.statistics(List.of(stage("small", 1_000, 10, 0), stage("large", 50_000, 900, 30)));

        await().atMost(Duration.ofSeconds(10))
                .until(() -> reader.get("/admin/resources")
                                .json()
                                .at("/operators/0/used_bytes")
                                .asLong()
                        == 50_000);
        JsonNode resources = reader.get("/admin/resources").json();

        assertThat(resources.at("/policy").asText()).isEqualTo("SPILL");
        assertThat(resources.at("/limits/max_total_memory").asLong()).isEqualTo(1073741824L);
        assertThat(resources.at("/limits/max_windows_per_key").asInt()).isEqualTo(10_000);
        assertThat(resources.at("/memory/used_bytes").asLong()).isPositive();
        assertThat(resources.at("/memory/peak_bytes").asLong())
                .isGreaterThanOrEqualTo(resources.at("/memory/used_bytes").asLong());
        assertThat(resources.at("/state/limit_bytes").asLong())
                .isEqualTo(memory.limits().totalBytes());
        assertThat(resources.at("/violations/memory").asLong()).isZero();
        JsonNode large = resources.at("/operators/0");
        assertThat(large.at("/query").asText()).isEqualTo("large");
        assertThat(large.at("/peak_bytes").asLong()).isEqualTo(90_000);
        assertThat(large.at("/limit_bytes").asLong()).isEqualTo(memory.limits().operatorBytes());
        assertThat(large.at("/groups_on_disk").asLong()).isEqualTo(30);
    }

    @Test
    void givesDiskBackThatNoStateNeeds() {
        try (ColdTable kept = disk.open()) {
            try (ColdTable dropped = disk.open()) {
                fill(dropped, kept);
                disk.compact();
            }
            long before = disk.diskBytes();

            Answer done = admin.post("/admin/resources/cleanup");

            assertThat(done.status()).as(done.body()).isEqualTo(200);
            assertThat(before).isGreaterThan(4 << 20);
            assertThat(done.json().at("/disk_freed_bytes").asLong()).isGreaterThan(before / 4);
            assertThat(done.json().at("/freed_bytes").asLong())
                    .isGreaterThanOrEqualTo(done.json().at("/disk_freed_bytes").asLong());
            assertThat(done.json().at("/trigger").asText()).isEqualTo("request");
            assertThat(kept.get(new byte[] {0, 7})).hasSize(1_000);
            assertThat(admin.get("/admin/resources").json().at("/last_cleanup")).isEqualTo(done.json());
            assertThat(admin.get("/admin/config/changes")
                            .json()
                            .at("/entries/0/action")
                            .asText())
                    .isEqualTo("POST /admin/resources/cleanup");
        }
    }

    /** In turns, so that files hold entries of both. */
    private static void fill(ColdTable one, ColdTable other) {
        Random random = new Random(7);
        for (int key = 0; key < 8_000; key++) {
            for (ColdTable table : List.of(one, other)) {
                byte[] value = new byte[1_000];
                random.nextBytes(value);
                table.put(new byte[] {(byte) (key >> 8), (byte) key}, value);
            }
            if (key % 500 == 0) {
                one.flush();
                other.flush();
            }
        }
        one.flush();
        other.flush();
    }

    @Test
    void collectsGarbage() {
        byte[][] garbage = new byte[64][];
        for (int i = 0; i < garbage.length; i++) {
            garbage[i] = new byte[1 << 20];
        }
        assertThat(garbage.length).isEqualTo(64);
        garbage = new byte[0][];

        Answer done = admin.post("/admin/resources/cleanup?spill=true");

        assertThat(done.json().at("/heap_freed_bytes").asLong()).isGreaterThan(32 << 20);
        isProblem(admin.post("/admin/resources/cleanup?spill=some"), 400);
        isProblem(reader.post("/admin/resources/cleanup"), 403);
    }

    @Test
    void saysWhatTheQueriesCostAndFindsTheSlowOnesBySql() {
        jobs.statistics(List.of(timed("fast", 100, 50_000_000L), timed("slow", 2, 3_000_000_000L)));

        JsonNode queries = reader.get("/admin/queries/performance").json().at("/queries");
        Answer slow = admin.call(
                "POST",
                "/admin/sql",
                BodyPublishers.ofString("SELECT * FROM velo_query_stats WHERE avg_latency_ms > 1000;"),
                "Content-Type",
                "text/plain");

        assertThat(queries).hasSize(2);
        assertThat(queries.at("/0/query").asText()).isEqualTo("slow");
        assertThat(queries.at("/0/avg_latency_ms").asDouble()).isEqualTo(1_500);
        assertThat(queries.at("/0/share_of_time_percent").asDouble()).isEqualTo(98.4);
        assertThat(queries.at("/1/avg_latency_ms").asDouble()).isEqualTo(0.5);
        assertThat(queries.at("/0/stages/0/avg_batch_ms").asDouble()).isEqualTo(1_500);
        assertThat(slow.status()).as(slow.body()).isEqualTo(200);
        assertThat(slow.body())
                .contains("\"query\":\"slow\"")
                .contains("\"avg_latency_ms\":1500")
                .doesNotContain("fast");
    }

    private static StageStatistics timed(String query, long batches, long batchNanos) {
        return new StageStatistics(
                "sales",
                query,
                QueryType.AGGREGATION,
                query + "-0",
                "orders",
                true,
                true,
                100,
                0,
                0,
                0,
                0,
                0,
                0,
                OptionalLong.empty(),
                OptionalLong.empty(),
                0,
                0,
                0,
                0,
                batches,
                batchNanos);
    }

    @Test
    void saysWhatIsInUse() {
        JsonNode use = reader.get("/admin/resources/utilization").json();

        assertThat(use.at("/heap/used_bytes").asLong()).isPositive();
        assertThat(use.at("/heap/max_bytes").asLong())
                .isEqualTo(Runtime.getRuntime().maxMemory());
        assertThat(use.at("/cpu/processors").asInt())
                .isEqualTo(Runtime.getRuntime().availableProcessors());
        assertThat(use.at("/threads/live").asInt()).isGreaterThan(5);
        assertThat(use.at("/threads/deadlocked").asInt()).isZero();
        assertThat(use.at("/disk/total_bytes").asLong())
                .isGreaterThan(use.at("/disk/free_bytes").asLong());
        assertThat(use.at("/memory_percent").isNumber()).isTrue();
    }

    @Test
    void analysesWhatWasAndRecommends() {
        jobs.statistics(List.of(stage("large", 90_000, 900, 300)));
        await().atMost(Duration.ofSeconds(15))
                .until(() -> !reader.get("/admin/resources/recommendations")
                        .json()
                        .at("/recommendations")
                        .isEmpty());

        JsonNode analysis = reader.get("/admin/resources/analysis").json();
        JsonNode advice = reader.get("/admin/resources/recommendations").json();

        assertThat(analysis.at("/samples").asInt()).isPositive();
        assertThat(Instant.parse(analysis.at("/from").asText())).isBefore(Instant.now());
        assertThat(analysis.at("/memory_bytes/max").asLong()).isPositive();
        assertThat(analysis.at("/findings")).isNotEmpty();
        assertThat(analysis.at("/operators/0/query").asText()).isEqualTo("large");
        assertThat(advice.at("/recommendations/0/reason").asText()).contains("300 groups of state are on disk");
        assertThat(advice.at("/recommendations/0/recommended").asLong())
                .isGreaterThan(advice.at("/recommendations/0/current").asLong());
        assertThat(advice.at("/summary").asText()).isNotBlank();
    }
}
