package io.velostream.engine.admin;

import io.smallrye.common.annotation.NonBlocking;
import io.velostream.engine.EngineVersion;
import io.velostream.engine.admin.access.AdminOnly;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;

/** Which version runs; bare text, since the runbook's scripts paste it into JSON. */
@Path("/admin/version")
@AdminOnly
@SecurityRequirement(name = ApiDocument.TOKEN)
@NonBlocking
public class VersionResource {

    /** The version without quotes or a line's end. */
    @GET
    @Produces(MediaType.TEXT_PLAIN)
    @Operation(summary = "The bare version")
    public String version() {
        return EngineVersion.current();
    }
}
