package io.velostream.engine.admin;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.smallrye.common.annotation.Blocking;
import io.velostream.engine.admin.access.AdminOnly;
import io.velostream.engine.job.JobRegistry;
import io.velostream.engine.stats.QueryPerformance;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;

/** What the queries cost (runbook, “High Latency”). */
@Path("/admin/queries/performance")
@AdminOnly
@SecurityRequirement(name = ApiDocument.TOKEN)
@Blocking
@Produces(MediaType.APPLICATION_JSON)
public class QueriesResource {

    private final JobRegistry jobs;
    private final Clock clock;

    QueriesResource(JobRegistry jobs, Clock clock) {
        this.jobs = jobs;
        this.clock = clock;
    }

    /** The queries, the most expensive first. */
    public record Queries(List<Query> queries) {}

    /** One query; see {@link QueryPerformance}. */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Query(
            String job,
            String query,
            String type,
            double avgLatencyMs,
            double lastBatchMs,
            double nanosPerRecord,
            double shareOfTimePercent,
            long recordsIn,
            long recordsFailed,
            long rowsOut,
            long backlog,
            Optional<Double> watermarkLagSeconds,
            long stateBytes,
            long stateGroups,
            List<Stage> stages) {

        static Query of(QueryPerformance query, long nowMillis) {
            return new Query(
                    query.job(),
                    query.query(),
                    query.type().name().toLowerCase(Locale.ROOT),
                    exact(query.avgLatencyMillis()),
                    exact(query.lastBatchMillis()),
                    ResourceReport.rounded(query.nanosPerRecord()),
                    ResourceReport.rounded(100 * query.shareOfTime()),
                    query.recordsIn(),
                    query.recordsFailed(),
                    query.rowsOut(),
                    query.backlog(),
                    query.watermark().isEmpty()
                            ? Optional.empty()
                            : Optional.of(
                                    Math.max(0, nowMillis - query.watermark().getAsLong()) / 1000.0),
                    query.stateBytes(),
                    query.stateGroups(),
                    query.stages().stream().map(Stage::of).toList());
        }
    }

    /** One stage of a query. */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Stage(
            String stage, String input, long recordsIn, long batches, double avgBatchRecords, double avgBatchMs) {

        static Stage of(QueryPerformance.Stage stage) {
            return new Stage(
                    stage.stage(),
                    stage.input(),
                    stage.recordsIn(),
                    stage.batches(),
                    ResourceReport.rounded(stage.avgBatchRecords()),
                    exact(stage.avgBatchMillis()));
        }
    }

    /** Milliseconds to a thousandth. */
    private static double exact(double millis) {
        return Math.round(millis * 1000) / 1000.0;
    }

    /** What each query costs. */
    @GET
    @Operation(summary = "Latency, processor time, throughput and state of every query, the most expensive first")
    public Queries performance() {
        return new Queries(QueryPerformance.of(jobs.statistics()).stream()
                .sorted(Comparator.comparingDouble(QueryPerformance::shareOfTime)
                        .reversed())
                .map(query -> Query.of(query, clock.millis()))
                .toList());
    }
}
