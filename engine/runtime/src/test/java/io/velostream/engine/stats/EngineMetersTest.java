package io.velostream.engine.stats;

import static org.assertj.core.api.Assertions.assertThat;

import io.velostream.engine.breaker.CircuitBreaker;
import io.velostream.engine.breaker.Dependency;
import io.velostream.engine.config.EngineConfig;
import io.velostream.engine.config.ExhaustionPolicy;
import io.velostream.engine.config.PodResources;
import io.velostream.engine.job.FakeJobRegistry;
import io.velostream.engine.job.JobDocument;
import io.velostream.engine.job.JobStatuses;
import io.velostream.engine.job.StageStatistics;
import io.velostream.engine.job.StageStatistics.QueryType;
import io.velostream.engine.job.TestDocuments;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EngineMetersTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:01:40Z");

    private final FakeJobRegistry jobs = new FakeJobRegistry();
    private Instant now = NOW;
    private final EngineMeters meters = new EngineMeters(
            jobs,
            new EngineConfig.ResourceLimits(1L << 40, 1L << 30, 1, 1, ExhaustionPolicy.SPILL),
            new PodResources(1L << 40, 2),
            () -> now);

    @AfterEach
    void close() {
        meters.close();
    }

    private List<String> lines() {
        return meters.scrape().lines().toList();
    }

    private List<String> ownLines() {
        return lines().stream().filter(line -> line.startsWith("velo_streams_")).toList();
    }

    private static Stage stage(String job, String query) {
        return new Stage(job, query);
    }

    /** Builds the statistics of one stage that reads the topic "orders" and writes a sink. */
    private static final class Stage {
        private final String job;
        private final String query;
        private QueryType type = QueryType.PROJECTION;
        private boolean source = true;
        private boolean sink = true;
        private long in;
        private long failed;
        private long out;
        private long nanos;
        private OptionalLong watermark = OptionalLong.empty();
        private long stateBytes;
        private long backlog;

        private Stage(String job, String query) {
            this.job = job;
            this.query = query;
        }

        Stage type(QueryType value) {
            type = value;
            return this;
        }

        Stage repartitioned() {
            source = false;
            return this;
        }

        Stage beforeRepartition() {
            sink = false;
            return this;
        }

        Stage counted(long recordsIn, long recordsFailed, long rowsOut) {
            in = recordsIn;
            failed = recordsFailed;
            out = rowsOut;
            return this;
        }

        Stage lastBatchMillis(long millis) {
            nanos = millis * 1_000_000;
            return this;
        }

        Stage watermark(Instant at) {
            watermark = OptionalLong.of(at.toEpochMilli());
            return this;
        }

        Stage stateBytes(long bytes) {
            stateBytes = bytes;
            return this;
        }

        Stage backlog(long records) {
            backlog = records;
            return this;
        }

        StageStatistics build() {
            return new StageStatistics(
                    job,
                    query,
                    type,
                    query + (source ? "-0" : "-1"),
                    source ? "orders" : "repartition",
                    source,
                    sink,
                    in,
                    failed,
                    out,
                    2,
                    1,
                    nanos,
                    10,
                    watermark,
                    OptionalLong.empty(),
                    stateBytes,
                    3,
                    1,
                    backlog,
                    4,
                    8 * nanos);
        }
    }

    private void sampleWith(Stage... stages) {
        jobs.statistics(Arrays.stream(stages).map(Stage::build).toList());
        meters.sample();
    }

    @Test
    void isThereAtZeroBeforeTheFirstJob() {
        assertThat(ownLines())
                .contains(
                        "velo_streams_processing_latency_ms{operation=\"record_processing\"} 0.0",
                        "velo_streams_throughput_records_per_second 0.0",
                        "velo_streams_processing_errors_total{error_type=\"retryable\"} 0.0",
                        "velo_streams_processing_errors_total{error_type=\"fatal\"} 0.0",
                        "velo_streams_records_processed_total{source=\"kafka\"} 0.0",
                        "velo_streams_records_failed_total{source=\"kafka\"} 0.0",
                        "velo_streams_late_data_dropped_total 0.0",
                        "velo_streams_late_data_processed_total 0.0",
                        "velo_streams_query_results_produced_total 0.0",
                        "velo_streams_watermark_lag_seconds 0.0",
                        "velo_streams_circuit_breaker_state{name=\"main\"} 0.0",
                        "velo_streams_circuit_breaker_failures_total{name=\"main\"} 0.0",
                        "velo_streams_circuit_breaker_successes_total{name=\"main\"} 0.0",
                        "velo_streams_circuit_breaker_open_seconds{name=\"main\"} 0.0",
                        "velo_streams_resource_limit_violations_total{resource=\"memory\"} 0.0",
                        "velo_streams_resource_limit_violations_total{resource=\"aggregation_groups\"} 0.0",
                        "velo_streams_resource_limit_violations_total{resource=\"windows_per_key\"} 0.0",
                        "velo_streams_query_execution_time_ms{query_type=\"aggregation\"} 0.0",
                        "velo_streams_query_execution_time_ms{query_type=\"windowing\"} 0.0");
    }

    @Test
    void showsTheCircuitBreakersOfJobsWhileTheyAreThere() {
        Dependency totals = Dependency.of(Dependency.Kind.SINK, "orders", "totals");
        CircuitBreaker breaker = jobs.breakers().acquire(totals, Optional.empty());
        meters.sample();
        assertThat(ownLines()).contains("velo_streams_circuit_breaker_state{name=\"orders/sink/totals\"} 0.0");

        for (int i = 0; i < 10; i++) {
            breaker.failed("no leader");
        }
        assertThat(ownLines())
                .contains(
                        "velo_streams_circuit_breaker_state{name=\"orders/sink/totals\"} 1.0",
                        "velo_streams_circuit_breaker_failures_total{name=\"orders/sink/totals\"} 10.0");
        assertThat(lines())
                .contains(
                        "# TYPE velo_streams_circuit_breaker_state gauge",
                        "# TYPE velo_streams_circuit_breaker_failures_total counter");

        jobs.breakers().release(breaker);
        CircuitBreaker anew = jobs.breakers().acquire(totals, Optional.empty());
        meters.sample();
        assertThat(ownLines()).contains("velo_streams_circuit_breaker_state{name=\"orders/sink/totals\"} 0.0");
        jobs.breakers().release(anew);
        meters.sample();
        assertThat(ownLines()).noneMatch(line -> line.contains("orders/sink/totals"));
    }

    @Test
    void hasTheTypesThatTheAlertRulesNeed() {
        assertThat(lines())
                .contains(
                        "# TYPE velo_streams_processing_latency_ms gauge",
                        "# TYPE velo_streams_query_execution_time_ms gauge",
                        "# TYPE velo_streams_memory_usage_bytes gauge",
                        "# TYPE velo_streams_records_processed_total counter",
                        "# TYPE velo_streams_processing_errors_total counter",
                        "# TYPE velo_streams_query_results_produced_total counter");
    }

    @Test
    void countsEachRecordOnceHoweverManyStagesItPasses() {
        sampleWith(
                stage("sales", "totals").beforeRepartition().counted(100, 3, 97),
                stage("sales", "totals").repartitioned().counted(97, 0, 40));

        assertThat(ownLines())
                .contains(
                        "velo_streams_records_processed_total{source=\"kafka\"} 100.0",
                        "velo_streams_records_failed_total{source=\"kafka\"} 3.0",
                        "velo_streams_processing_errors_total{error_type=\"fatal\"} 3.0",
                        "velo_streams_query_results_produced_total 40.0",
                        "velo_streams_job_records_processed_total{job=\"sales\",query=\"totals\"} 100.0",
                        "velo_streams_job_results_produced_total{job=\"sales\",query=\"totals\"} 40.0");
    }

    @Test
    void neverFallsWhenAJobIsRemovedAndComesBack() {
        sampleWith(stage("sales", "totals").counted(100, 1, 50));
        sampleWith();
        sampleWith(stage("sales", "totals").counted(30, 0, 10));

        assertThat(ownLines())
                .contains(
                        "velo_streams_records_processed_total{source=\"kafka\"} 130.0",
                        "velo_streams_query_results_produced_total 60.0");
    }

    @Test
    void dropsTheSeriesOfAJobThatIsGone() {
        sampleWith(stage("sales", "totals").counted(100, 1, 50).backlog(7));
        assertThat(ownLines()).contains("velo_streams_backlog_size{topic=\"orders\"} 7.0");

        sampleWith();

        assertThat(ownLines()).noneMatch(line -> line.contains("sales") || line.contains("orders"));
    }

    @Test
    void addsTheBacklogsOfJobsButNotOfQueriesThatShareAConsumer() {
        sampleWith(
                stage("sales", "totals").backlog(70),
                stage("sales", "alerts").backlog(70),
                stage("audit", "copy").backlog(5));

        assertThat(ownLines())
                .contains(
                        "velo_streams_backlog_size{topic=\"orders\"} 75.0",
                        "velo_streams_job_backlog_size{job=\"sales\",query=\"alerts\"} 70.0");
    }

    @Test
    void showsTheSlowestBatchUntilTheStagesFallIdle() {
        sampleWith(
                stage("sales", "totals")
                        .type(QueryType.WINDOWING)
                        .counted(10, 0, 0)
                        .lastBatchMillis(40),
                stage("sales", "copy").counted(10, 0, 0).lastBatchMillis(7));
        assertThat(ownLines())
                .contains(
                        "velo_streams_processing_latency_ms{operation=\"record_processing\"} 40.0",
                        "velo_streams_query_execution_time_ms{query_type=\"windowing\"} 40.0",
                        "velo_streams_query_execution_time_ms{query_type=\"projection\"} 7.0");

        now = NOW.plusSeconds(11);
        sampleWith(
                stage("sales", "totals")
                        .type(QueryType.WINDOWING)
                        .counted(10, 0, 0)
                        .lastBatchMillis(40),
                stage("sales", "copy").counted(11, 0, 0).lastBatchMillis(7));

        assertThat(ownLines())
                .contains(
                        "velo_streams_processing_latency_ms{operation=\"record_processing\"} 7.0",
                        "velo_streams_query_execution_time_ms{query_type=\"windowing\"} 0.0");
    }

    @Test
    void measuresTheLagOfTheSlowestQuery() {
        sampleWith(
                stage("sales", "totals").watermark(NOW.minusSeconds(90)),
                stage("sales", "copy").watermark(NOW.minusSeconds(2)),
                stage("sales", "fresh"));

        assertThat(ownLines())
                .contains(
                        "velo_streams_watermark_lag_seconds 90.0",
                        "velo_streams_job_watermark_lag_seconds{job=\"sales\",query=\"copy\"} 2.0",
                        "velo_streams_job_watermark_lag_seconds{job=\"sales\",query=\"fresh\"} 0.0");
    }

    @Test
    void measuresMemoryAgainstTheSmallerOfLimitAndHeap() {
        sampleWith(stage("sales", "totals").stateBytes(1L << 39));

        assertThat(ownLines())
                .contains(
                        "velo_streams_memory_usage_bytes{component=\"operator\"} " + (double) (1L << 39),
                        "velo_streams_memory_peak_bytes{component=\"total\"} " + (double) (1L << 39),
                        "velo_streams_resource_utilization_percent{resource=\"memory\"} 50.0");
        assertThat(meters.pod().memoryPercent()).isEqualTo(50.0);
    }

    @Test
    void countsOnAfterACollection() {
        sampleWith(stage("sales", "totals").counted(100, 1, 50));
        System.gc();

        sampleWith(stage("sales", "totals").counted(150, 1, 60));

        assertThat(ownLines())
                .contains(
                        "velo_streams_records_processed_total{source=\"kafka\"} 150.0",
                        "velo_streams_job_results_produced_total{job=\"sales\",query=\"totals\"} 60.0");
    }

    @Test
    void countsRebuiltUnitsAsRetryable() {
        JobDocument document = TestDocuments.job("sales").build();
        jobs.status(JobStatuses.rebuilt(document, 2));
        meters.sample();
        jobs.status(JobStatuses.rebuilt(document, 3));
        meters.sample();
        jobs.status(JobStatuses.rebuilt(document, 1));
        meters.sample();

        assertThat(ownLines()).contains("velo_streams_processing_errors_total{error_type=\"retryable\"} 4.0");
    }

    @Test
    void exportsTheJvm() {
        assertThat(lines()).anyMatch(line -> line.startsWith("jvm_memory_used_bytes{"));
        assertThat(lines()).anyMatch(line -> line.startsWith("process_uptime_seconds "));
    }
}
