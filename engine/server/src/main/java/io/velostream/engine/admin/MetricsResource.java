package io.velostream.engine.admin;

import io.velostream.engine.stats.EngineMeters;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestResponse;

/** What Prometheus scrapes. */
@Path("/metrics")
public class MetricsResource {

    private final EngineMeters meters;

    MetricsResource(EngineMeters meters) {
        this.meters = meters;
    }

    /** Always the text format, whatever the Accept header prefers: the runbook's scripts read these lines too. */
    @GET
    @Produces(MediaType.WILDCARD)
    @Operation(summary = "Every meter in Prometheus' text format 0.0.4")
    public RestResponse<String> metrics() {
        return RestResponse.ResponseBuilder.ok(meters.scrape())
                .header(HttpHeaders.CONTENT_TYPE, EngineMeters.mediaType())
                .build();
    }
}
