package io.velostream.engine.admin;

import io.smallrye.common.annotation.NonBlocking;
import io.velostream.engine.admin.access.AdminOnly;
import io.velostream.engine.admin.problem.Problem;
import io.velostream.engine.admin.problem.ProblemException;
import io.velostream.engine.breaker.BreakerSettings;
import io.velostream.engine.breaker.BreakerState;
import io.velostream.engine.breaker.BreakerStatistics;
import io.velostream.engine.breaker.BreakerView;
import io.velostream.engine.breaker.CircuitBreaker;
import io.velostream.engine.breaker.CircuitBreakers;
import io.velostream.engine.job.JobRegistry;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.jboss.resteasy.reactive.RestQuery;

/** The pod's circuit breakers (runbook, “Issue: Circuit Breaker Open”, “Circuit Breaker Emergency Reset”). */
@Singleton
@Path("/admin/circuit-breaker")
@AdminOnly
@SecurityRequirement(name = ApiDocument.TOKEN)
@NonBlocking
@Produces(MediaType.APPLICATION_JSON)
public class BreakerResource {

    private static final Duration MONTH = Duration.ofDays(30);

    private final JobRegistry jobs;
    private final AuditLog audit;
    private final Clock clock;

    BreakerResource(JobRegistry jobs, AuditLog audit, Clock clock) {
        this.jobs = jobs;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * A breaker now.
     *
     * @param kind {@code main}, {@code source}, {@code sink} or {@code dead-letter}
     * @param stateSeconds for how long it has been in its state
     */
    public record Breaker(
            String name,
            String kind,
            Optional<String> job,
            Optional<String> topic,
            BreakerState state,
            String since,
            double stateSeconds,
            long failures,
            long successes,
            Optional<String> lastFailure,
            Optional<String> lastFailureAt,
            Settings settings) {}

    /** When a breaker opens and closes; times in seconds. */
    public record Settings(
            int failureThreshold, double timeoutSeconds, double recoveryTimeoutSeconds, int successThreshold) {}

    /** All of them. */
    public record Breakers(List<Breaker> breakers) {}

    /**
     * What a reset did.
     *
     * @param reset those that were not closed
     */
    public record Reset(List<String> reset, List<Breaker> breakers) {}

    /** What a month's statistics say; times in seconds. */
    public record Month(String from, String to, List<OfBreaker> breakers) {}

    /**
     * What one breaker did in the month.
     *
     * @param state absent when its job is not on this pod any more
     * @param recovered how often it closed by itself
     * @param openSeconds for how long it was open, trials left out
     * @param longestOpenSeconds the longest time that it was not closed, trials included
     * @param failures since the breaker was made, at the latest at the pod's start
     */
    public record OfBreaker(
            String name,
            Optional<BreakerState> state,
            int opened,
            int trials,
            int recovered,
            int resets,
            double openSeconds,
            double longestOpenSeconds,
            long failures,
            long successes,
            Optional<String> lastOpened,
            Optional<String> lastReason) {}

    /** Every breaker. */
    @GET
    @Operation(summary = "Every circuit breaker of the pod with its state")
    public Breakers breakers() {
        return new Breakers(views());
    }

    /** Closes one by force. */
    @POST
    @Path("reset")
    @Operation(summary = "Close one circuit breaker by force; main when no name is given")
    @APIResponse(responseCode = "200", description = "It is closed; reset names it if it was not")
    @APIResponse(
            responseCode = "404",
            description = "There is no breaker of that name; the detail says which there are")
    public Reset reset(@RestQuery @DefaultValue("main") String name, RoutingContext request) {
        CircuitBreakers breakers = jobs.breakers();
        CircuitBreaker breaker = breakers.named(name)
                .orElseThrow(() -> new ProblemException(Problem.of(
                        404,
                        "There is no circuit breaker " + name + ", there are: "
                                + breakers.all().stream()
                                        .map(CircuitBreaker::name)
                                        .collect(Collectors.joining(", ")))));
        return done(breaker.reset(AuditLog.who(request)) ? List.of(name) : List.of(), request);
    }

    /** Closes all by force. */
    @POST
    @Path("reset-all")
    @Operation(summary = "Close every circuit breaker by force")
    @APIResponse(responseCode = "200", description = "All are closed; reset names those that were not")
    public Reset resetAll(RoutingContext request) {
        return done(jobs.breakers().resetAll(AuditLog.who(request)), request);
    }

    private Reset done(List<String> reset, RoutingContext request) {
        audit.write(
                request,
                true,
                reset.stream().map(name -> "closed circuit breaker " + name).toList());
        return new Reset(reset, views());
    }

    /** What happened in the last thirty days. */
    @GET
    @Path("monthly-stats")
    @Operation(summary = "What each circuit breaker did in the last 30 days")
    public Month monthlyStatistics() {
        BreakerStatistics month = jobs.breakers().statistics(MONTH);
        return new Month(
                text(month.from()),
                text(month.to()),
                month.breakers().stream()
                        .map(each -> new OfBreaker(
                                each.name(),
                                each.state(),
                                each.opened(),
                                each.trials(),
                                each.recovered(),
                                each.resets(),
                                each.openSeconds(),
                                each.longestOpenSeconds(),
                                each.failures(),
                                each.successes(),
                                each.lastOpened().map(BreakerResource::text),
                                each.lastReason()))
                        .toList());
    }

    private List<Breaker> views() {
        return jobs.breakers().views().stream().map(this::breaker).toList();
    }

    private Breaker breaker(BreakerView view) {
        BreakerSettings settings = view.settings();
        return new Breaker(
                view.name(),
                view.dependency().kind().label(),
                view.dependency().job(),
                view.dependency().topic(),
                view.state(),
                text(view.since()),
                Math.max(0, Duration.between(view.since(), clock.instant()).toMillis()) / 1000.0,
                view.failures(),
                view.successes(),
                view.lastFailure(),
                view.lastFailureAt().map(BreakerResource::text),
                new Settings(
                        settings.failureThreshold(),
                        settings.timeout().toMillis() / 1000.0,
                        settings.recoveryTimeout().toMillis() / 1000.0,
                        settings.successThreshold()));
    }

    private static String text(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MILLIS).toString();
    }
}
