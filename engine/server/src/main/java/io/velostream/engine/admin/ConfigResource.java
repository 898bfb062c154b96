package io.velostream.engine.admin;

import io.smallrye.common.annotation.NonBlocking;
import io.velostream.engine.admin.access.AdminOnly;
import io.velostream.engine.config.ConfigDocument;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.jboss.resteasy.reactive.RestResponse;

/** The configuration in force. */
@Path("/admin/config")
@AdminOnly
@SecurityRequirement(name = ApiDocument.TOKEN)
@NonBlocking
@Produces(MediaType.APPLICATION_JSON)
public class ConfigResource {

    private static final String HASH_HEADER = "X-Config-Hash";

    private final ConfigDocument document;

    ConfigResource(ConfigDocument document) {
        this.document = document;
    }

    /** Every key with the value in force, secrets redacted. */
    @GET
    @Operation(summary = "The configuration in force; its hash is in the header X-Config-Hash")
    public RestResponse<Map<String, Object>> config() {
        return RestResponse.ResponseBuilder.ok(document.effective())
                .header(HASH_HEADER, document.hash())
                .build();
    }
}
