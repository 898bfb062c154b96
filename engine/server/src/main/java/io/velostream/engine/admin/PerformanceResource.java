package io.velostream.engine.admin;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.smallrye.common.annotation.Blocking;
import io.velostream.engine.admin.access.AdminOnly;
import io.velostream.engine.admin.problem.Problem;
import io.velostream.engine.admin.problem.ProblemException;
import io.velostream.engine.pod.PodEnvironment;
import io.velostream.engine.stats.history.Amount;
import io.velostream.engine.stats.history.Baselines;
import io.velostream.engine.stats.history.Baselines.Baseline;
import io.velostream.engine.stats.history.MetricsHistory;
import io.velostream.engine.stats.history.PerformanceReport;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How the past week was, and what is normal (runbook, “Weekly Maintenance” and “Monthly Maintenance”). */
@Path("/admin/performance")
@AdminOnly
@SecurityRequirement(name = ApiDocument.TOKEN)
@Blocking
@Produces(MediaType.APPLICATION_JSON)
public class PerformanceResource {

    private static final Logger LOG = LoggerFactory.getLogger(PerformanceResource.class);
    private static final Duration WEEK = Duration.ofDays(7);

    private final MetricsHistory history;
    private final Baselines baselines;
    private final PodEnvironment environment;
    private final Clock clock;

    PerformanceResource(MetricsHistory history, Baselines baselines, PodEnvironment environment, Clock clock) {
        this.history = history;
        this.baselines = baselines;
        this.environment = environment;
        this.clock = clock;
    }

    /**
     * The past week.
     *
     * @param coveragePercent for how much of it there are samples
     * @param baselineUpdatedAt absent as long as no baselines were set
     */
    public record WeeklyReport(
            String pod,
            Instant from,
            Instant to,
            @JsonProperty("coverage_percent") double coveragePercent,
            @JsonProperty("baseline_updated_at") Optional<Instant> baselineUpdatedAt,
            Map<String, FigureOfWeek> figures,
            Map<String, Double> totals,
            List<QueryOfWeek> queries,
            List<String> findings) {}

    /**
     * One figure.
     *
     * @param changePercent of the mean, against the baseline
     * @param verdict {@code no_baseline}, {@code same} (within 20 %), {@code better} or {@code worse}; of throughput
     *     {@code higher} or {@code lower}
     */
    public record FigureOfWeek(
            double mean,
            double p95,
            double max,
            Optional<Amount> baseline,
            @JsonProperty("change_percent") Optional<Double> changePercent,
            String verdict) {}

    /** One query. */
    public record QueryOfWeek(
            String job,
            String query,
            @JsonProperty("records_processed") long recordsProcessed,
            @JsonProperty("records_failed") long recordsFailed,
            @JsonProperty("results_produced") long resultsProduced,
            @JsonProperty("mean_backlog") double meanBacklog,
            @JsonProperty("max_state_bytes") long maxStateBytes) {}

    /**
     * Baselines.
     *
     * @param from of the stretch that they were taken from
     */
    public record BaselineInForce(
            @JsonProperty("updated_at") Instant updatedAt, Instant from, Instant to, Map<String, Amount> figures) {

        static BaselineInForce of(Baseline baseline) {
            return new BaselineInForce(
                    baseline.updatedAt(), baseline.from(), baseline.to(), new TreeMap<>(baseline.figures()));
        }
    }

    /**
     * What an update did.
     *
     * @param previous absent the first time
     */
    public record BaselineUpdate(BaselineInForce baseline, Optional<BaselineInForce> previous) {}

    /** The past seven days beside the baselines. */
    @GET
    @Path("weekly-report")
    @Operation(
            summary = "The past seven days: figures against the baselines, totals, queries, and what deserves a look")
    public WeeklyReport weeklyReport() {
        Instant now = clock.instant();
        PerformanceReport report = PerformanceReport.of(history, baselines.current(), now.minus(WEEK), now);
        return new WeeklyReport(
                environment.podName(),
                report.from(),
                report.to(),
                report.coveragePercent(),
                report.baseline().map(Baseline::updatedAt),
                report.figures().entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, figure -> figure(figure.getValue()), (a, b) -> a, TreeMap::new)),
                report.totals(),
                report.queries().stream().map(PerformanceResource::query).toList(),
                report.findings());
    }

    private static FigureOfWeek figure(PerformanceReport.Comparison comparison) {
        return new FigureOfWeek(
                comparison.now().mean(),
                comparison.now().p95(),
                comparison.now().max(),
                comparison.baseline(),
                comparison.changePercent(),
                comparison.verdict().name().toLowerCase(Locale.ROOT));
    }

    private static QueryOfWeek query(PerformanceReport.QueryWeek query) {
        return new QueryOfWeek(
                query.job(),
                query.query(),
                query.recordsProcessed(),
                query.recordsFailed(),
                query.resultsProduced(),
                query.meanBacklog(),
                Math.round(query.largestStateBytes()));
    }

    /** Declares the past seven days to be normal. */
    @POST
    @Path("update-baselines")
    @Operation(summary = "Declare the figures of the past seven days to be normal")
    @APIResponse(responseCode = "200", description = "In force")
    @APIResponse(
            responseCode = "409",
            description = "There are no figures yet; the earlier baselines stay in force",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public BaselineUpdate updateBaselines() {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Instant from = now.minus(WEEK);
        Map<String, Amount> figures = PerformanceReport.figures(history, from, now);
        if (figures.isEmpty()) {
            throw new ProblemException(
                    Problem.of(
                            409,
                            "Nothing was measured in the past seven days, so there is no baseline to take; try again in a minute"));
        }
        Optional<Baseline> previous = baselines.current();
        Baseline baseline = new Baseline(now, from, now, figures);
        try {
            baselines.replace(baseline);
        } catch (IOException e) {
            throw new ProblemException(Problem.of(
                    500, "The baselines could not be written and the earlier ones stay in force: " + e.getMessage()));
        }
        LOG.info("The baselines were updated from the figures of {} to {}", from, now);
        return new BaselineUpdate(BaselineInForce.of(baseline), previous.map(BaselineInForce::of));
    }
}
