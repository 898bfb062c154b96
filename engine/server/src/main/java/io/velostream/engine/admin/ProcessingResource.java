package io.velostream.engine.admin;

import io.smallrye.common.annotation.Blocking;
import io.velostream.engine.admin.access.AdminOnly;
import io.velostream.engine.admin.problem.Problem;
import io.velostream.engine.admin.problem.ProblemException;
import io.velostream.engine.job.JobRegistry;
import io.velostream.engine.job.JobStatus;
import io.velostream.engine.pod.LiveConfiguration;
import jakarta.inject.Singleton;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The pod's processing as a whole. */
@Singleton
@Path("/admin/processing")
@AdminOnly
@SecurityRequirement(name = ApiDocument.TOKEN)
@Blocking
@Produces(MediaType.APPLICATION_JSON)
public class ProcessingResource {

    private static final Logger LOG = LoggerFactory.getLogger(ProcessingResource.class);
    private static final Duration LONGEST_DRAIN = Duration.ofHours(1);

    private static final int LONGEST_KEY = 200;

    private final AtomicReference<@Nullable String> askedRestart = new AtomicReference<>();
    private final AtomicReference<@Nullable String> lastRestart = new AtomicReference<>();
    private final JobRegistry jobs;
    private final LiveConfiguration configuration;
    private final Maintenance maintenance;

    ProcessingResource(JobRegistry jobs, LiveConfiguration configuration, Maintenance maintenance) {
        this.jobs = jobs;
        this.configuration = configuration;
        this.maintenance = maintenance;
    }

    /**
     * What the pod is doing.
     *
     * @param state {@code running}, {@code draining} or {@code drained}
     * @param lastRestart the Idempotency-Key of the last restart that was carried out since the pod started
     */
    public record Processing(String state, boolean maintenance, List<JobStatus> jobs, Optional<String> lastRestart) {}

    /** The state now. */
    @GET
    @Operation(summary = "What the pod is doing")
    public Processing processing() {
        return new Processing(
                jobs.processingState().name().toLowerCase(Locale.ROOT),
                maintenance.isEnabled(),
                jobs.statuses(),
                Optional.ofNullable(lastRestart.get()));
    }

    /** Stops intake, finishes and commits what was read, leaves the groups. */
    @POST
    @Path("drain")
    @Operation(summary = "Stop intake, finish what was read, commit, leave the groups; holds until restart")
    @APIResponse(responseCode = "200", description = "Drained")
    @APIResponse(
            responseCode = "202",
            description = "The drain has begun (wait=false)",
            content = @Content(schema = @Schema(implementation = Processing.class)))
    @APIResponse(
            responseCode = "504",
            description = "Not drained within the timeout; the drain goes on",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public CompletionStage<RestResponse<Processing>> drain(
            @RestQuery @DefaultValue("5m") String timeout, @RestQuery @DefaultValue("true") String wait) {
        Duration limit = duration(timeout);
        boolean waiting = flag(wait);
        CompletableFuture<List<JobStatus>> drained = jobs.drain(limit);
        if (!waiting) {
            return CompletableFuture.completedFuture(RestResponse.status(RestResponse.Status.ACCEPTED, processing()));
        }
        return drained.handle((statuses, failure) -> {
            if (failure == null) {
                return RestResponse.ok(processing());
            }
            throw drainFailed(
                    failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure,
                    timeout);
        });
    }

    /** Closes every unit and starts it anew; once for a key, however often it is asked for. */
    @POST
    @Path("restart")
    @Operation(summary = "Close every unit and start it anew; ends a drain; once for each Idempotency-Key")
    @APIResponse(responseCode = "202", description = "The restart has begun, or had with this key")
    public RestResponse<Void> restart(@RestHeader("Idempotency-Key") @Nullable String key) {
        if (key != null && key.length() > LONGEST_KEY) {
            throw new ProblemException(
                    Problem.of(400, "An Idempotency-Key has at most " + LONGEST_KEY + " characters"));
        }
        if (key == null || !key.equals(askedRestart.getAndSet(key))) {
            configuration.processingRestarts();
            var _ = jobs.restart().whenComplete((done, failure) -> restarted(key, failure));
        }
        return RestResponse.accepted();
    }

    private void restarted(@Nullable String key, @Nullable Throwable failure) {
        if (failure == null) {
            if (key != null) {
                lastRestart.set(key);
            }
            LOG.info("Processing is restarted");
        } else {
            askedRestart.compareAndSet(key, null);
            LOG.error("Processing could not be restarted; GET /admin/processing says which job failed", failure);
        }
    }

    private static RuntimeException drainFailed(Throwable failure, String timeout) {
        if (failure instanceof TimeoutException) {
            return new ProblemException(Problem.of(
                    504,
                    "Not every job was drained within " + timeout
                            + "; the drain goes on, GET /admin/processing follows it"));
        }
        return new IllegalStateException("The drain failed", failure);
    }

    private static Duration duration(String text) {
        Optional<Duration> parsed = DurationText.parse(text);
        if (parsed.isEmpty() || parsed.get().isZero() || parsed.get().compareTo(LONGEST_DRAIN) > 0) {
            throw new ProblemException(Problem.of(
                    400, "timeout=" + text + " is not allowed, allowed: up to 1h, such as 30s, 5m or 500ms"));
        }
        return parsed.get();
    }

    private static boolean flag(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default ->
                throw new ProblemException(Problem.of(400, "wait=" + text + " is not allowed, allowed: true, false"));
        };
    }
}
