package io.velostream.engine.admin;

import io.smallrye.common.annotation.Blocking;
import io.velostream.engine.admin.access.AdminOnly;
import io.velostream.engine.admin.problem.Problem;
import io.velostream.engine.admin.problem.ProblemException;
import io.velostream.engine.config.EngineConfig;
import io.velostream.engine.pod.LiveConfiguration;
import io.velostream.engine.profile.CpuProfiler;
import io.velostream.engine.profile.FlameGraph;
import jakarta.inject.Singleton;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;

/** Where the time of the processors goes (runbook, “High Latency”). */
@Singleton
@Path("/admin/profile")
@AdminOnly
@SecurityRequirement(name = ApiDocument.TOKEN)
@Blocking
public class ProfileResource {

    private static final Duration LONGEST = Duration.ofMinutes(2);
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final String SVG = "image/svg+xml";

    private final LiveConfiguration configuration;
    private final CpuProfiler profiler = new CpuProfiler();

    ProfileResource(LiveConfiguration configuration) {
        this.configuration = configuration;
    }

    /** Samples for a while and draws what was seen. */
    @GET
    @Produces({SVG, MediaType.WILDCARD})
    @Operation(summary = "Sample the threads for a while; a flame graph as SVG")
    @APIResponse(responseCode = "200", description = "A flame graph", content = @Content(mediaType = SVG))
    @APIResponse(
            responseCode = "409",
            description = "Profiling is off by the configuration",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(responseCode = "429", description = "Another profile is being taken")
    public RestResponse<String> profile(@RestQuery @DefaultValue("30s") String duration)
            throws IOException, InterruptedException {
        Duration wanted = duration(duration);
        if (configuration.state().inForce().config().profiling().mode() == EngineConfig.ProfilingMode.OFF) {
            throw new ProblemException(Problem.of(
                    409,
                    "profiling-off",
                    "Profiling is off; turn it on by PUT /admin/config {\"profiling\": {\"mode\": \"on_demand\"}}",
                    Map.of()));
        }
        Optional<CpuProfiler.Profile> profile = profiler.sample(wanted);
        if (profile.isEmpty()) {
            throw new ProblemException(
                    Problem.of(429, "Another profile is being taken; try again when it is there"),
                    Map.of("Retry-After", Long.toString(wanted.toSeconds())));
        }
        String title = "%d samples in %d s, threads that run Java code, every 10 ms"
                .formatted(profile.get().stacks().samples(), wanted.toSeconds());
        return RestResponse.ResponseBuilder.ok(FlameGraph.svg(profile.get().stacks(), title))
                .header("Content-Type", SVG)
                .build();
    }

    private static Duration duration(String text) {
        return DurationText.parse(text)
                .filter(parsed -> parsed.compareTo(LONGEST) <= 0 && parsed.compareTo(SHORTEST) >= 0)
                .orElseThrow(() -> new ProblemException(
                        Problem.of(400, "duration=" + text + " is not allowed, allowed: 1s to 2m, such as 30s")));
    }
}
