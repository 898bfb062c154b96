package io.velostream.engine.admin;

import io.smallrye.common.annotation.NonBlocking;
import io.velostream.engine.pod.Readiness;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Whether the process lives and whether it is ready (runbook, “Health Checks”). */
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@NonBlocking
public class HealthResource {

    private final Readiness readiness;
    private final Clock clock;

    HealthResource(Readiness readiness, Clock clock) {
        this.readiness = readiness;
        this.clock = clock;
    }

    /** The answer of {@code /health}. */
    public record Health(String status, String timestamp) {}

    /** The answer of {@code /ready}. */
    public record Ready(String status, Readiness.Checks checks, String timestamp) {}

    /** Answers as long as the process serves. */
    @GET
    @Path("health")
    @Operation(summary = "Whether the process serves")
    public Health health() {
        return new Health("healthy", now());
    }

    /** Answers 503 unless every check holds; with {@code scope=pod} only what the pod itself has in its hands counts. */
    @GET
    @Path("ready")
    @Operation(summary = "Whether the pod is ready; scope=pod leaves out what other pods share, such as Kafka")
    @APIResponse(responseCode = "200", description = "Ready")
    @APIResponse(responseCode = "503", description = "Not ready; the checks say why")
    public RestResponse<Ready> ready(@RestQuery @Nullable String scope) {
        Readiness.Checks checks = readiness.checks();
        boolean ready = "pod".equals(scope) || checks.all();
        return RestResponse.status(
                ready ? RestResponse.Status.OK : RestResponse.Status.SERVICE_UNAVAILABLE,
                new Ready(ready ? "ready" : "not_ready", checks, now()));
    }

    private String now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS).toString();
    }
}
