package io.velostream.engine.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.velostream.engine.admin.Api.Answer;
import io.velostream.engine.stats.history.MetricsHistory;
import io.velostream.engine.stats.history.MetricsHistory.Sample;
import io.velostream.engine.stats.history.SeriesName;
import jakarta.inject.Inject;
import java.net.URL;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Export, clean-up, weekly report and baselines over HTTP. */
@QuarkusTest
@QuarkusTestResource(PodFiles.class)
class MetricsHistoryApiTest {

    private static final SeriesName LAG =
            new SeriesName("velo_streams_watermark_lag_seconds", Map.of(), SeriesName.Kind.GAUGE);
    private static final SeriesName PROCESSED =
            new SeriesName("velo_streams_records_processed_total", Map.of("source", "kafka"), SeriesName.Kind.COUNTER);

    @TestHTTPResource("/")
    URL root;

    @Inject
    MetricsHistory history;

    private Api admin;
    private Api reader;

    @BeforeEach
    void fill() {
        String base = root.toString().replaceFirst("/$", "");
        admin = new Api(base, Optional.of(PodFiles.TOKEN));
        reader = new Api(base, Optional.of(PodFiles.READ_ONLY_TOKEN));
        long now = System.currentTimeMillis();
        // At once, since the recorder of the pod adds samples of its own.
        synchronized (history) {
            history.forget(Long.MAX_VALUE / 2);
            for (int hours = 20 * 24; hours > 0; hours--) {
                long at = now - Duration.ofHours(hours).toMillis();
                history.record(
                        at,
                        List.of(new Sample(LAG, hours > 100 ? 2 : 9), new Sample(PROCESSED, 10.0 * (20 * 24 - hours))));
            }
        }
    }

    @Test
    void exportsThirtyDaysThatAddUp() {
        Answer answer = reader.get("/admin/metrics/export?days=30");

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.type()).startsWith("application/json");
        assertThat(answer.json().path("pod").asText()).isNotBlank();
        assertThat(Instant.parse(answer.json().path("from").asText())).isBefore(Instant.now());
        JsonNode counter = series(answer.json(), PROCESSED.metric());
        assertThat(counter.path("kind").asText()).isEqualTo("counter");
        assertThat(counter.at("/labels/source").asText()).isEqualTo("kafka");
        assertThat(counter.path("columns")).hasSize(3);
        double grown = 0;
        for (JsonNode point : counter.path("points")) {
            grown += point.get(2).asDouble();
        }
        assertThat(grown).isEqualTo(10.0 * (20 * 24 - 1));
        assertThat(series(answer.json(), LAG.metric()).path("columns")).hasSize(5);
    }

    @Test
    void exportsFewerDaysAndOneMetric() {
        JsonNode day =
                admin.get("/admin/metrics/export?days=1&metric=" + LAG.metric()).json();

        assertThat(day.path("series")).hasSize(1);
        assertThat(series(day, LAG.metric()).path("points")).hasSizeBetween(22, 26);
    }

    private static JsonNode series(JsonNode export, String name) {
        for (JsonNode series : export.path("series")) {
            if (series.path("name").asText().equals(name)) {
                return series;
            }
        }
        throw new AssertionError("No series " + name + " in " + export);
    }

    @Test
    void forgetsWhatIsOlderThanAWeek() {
        Answer refused = reader.post("/admin/metrics/cleanup?older_than=7d");
        Answer done = admin.post("/admin/metrics/cleanup?older_than=7d");

        assertThat(refused.status()).isEqualTo(403);
        assertThat(done.status()).as(done.body()).isEqualTo(200);
        assertThat(done.json().path("points_removed").asLong()).isGreaterThan(12 * 24);
        long oldest = Instant.now().minus(Duration.ofDays(8)).getEpochSecond();
        for (JsonNode point :
                series(admin.get("/admin/metrics/export").json(), LAG.metric()).path("points")) {
            assertThat(point.get(0).asLong()).isGreaterThan(oldest);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/admin/metrics/export?days=0", "/admin/metrics/export?days=x", "/admin/metrics/export?days=9999"
            })
    void saysWhichDaysAreAllowed(String path) {
        Answer answer = admin.get(path);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.type()).startsWith("application/problem+json");
        assertThat(answer.json().path("detail").asText()).contains("from 1 to 366");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/admin/metrics/cleanup", "/admin/metrics/cleanup?older_than=week"})
    void saysHowOldIsWritten(String path) {
        Answer answer = admin.post(path);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("detail").asText()).contains("7d");
    }

    @Test
    void reportsTheWeekAgainstBaselinesOnceTheyAreSet() {
        Answer first = admin.post("/admin/performance/update-baselines");
        Answer same = reader.get("/admin/performance/weekly-report");

        assertThat(first.status()).as(first.body()).isEqualTo(200);
        assertThat(first.json()
                        .at("/baseline/figures/watermark_lag_seconds/mean")
                        .asDouble())
                .isBetween(5.0, 9.0);
        assertThat(same.json().at("/figures/watermark_lag_seconds/verdict").asText())
                .isEqualTo("same");
        assertThat(same.json().path("baseline_updated_at").asText()).isNotBlank();
        assertThat(same.json().at("/totals/records_processed").asDouble()).isBetween(1_600.0, 1_690.0);
        assertThat(same.json().path("coverage_percent").isNumber()).isTrue();
        assertThat(admin.post("/admin/performance/update-baselines")
                        .json()
                        .at("/previous/updated_at")
                        .asText())
                .isEqualTo(first.json().at("/baseline/updated_at").asText());
        assertThat(reader.post("/admin/performance/update-baselines").status()).isEqualTo(403);
    }
}
