package io.velostream.engine.admin;

import io.smallrye.common.annotation.NonBlocking;
import io.velostream.engine.admin.access.AdminOnly;
import io.velostream.engine.config.ConfigDocument;
import io.velostream.engine.config.ConfigProblem;
import io.velostream.engine.config.ConfigReader;
import io.velostream.engine.config.ConfigReading;
import io.velostream.engine.config.PodResources;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
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
    private static final int REFUSED = 422;

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

    /**
     * What reading a configuration came to.
     *
     * @param hash what {@code X-Config-Hash} would be with it; only when it is valid
     */
    public record Verdict(boolean valid, Optional<String> hash, List<Mistake> problems) {}

    /**
     * One thing that is wrong.
     *
     * @param line 1-based; 0 when the text as a whole is meant
     */
    public record Mistake(int line, Optional<String> key, String message) {}

    /** Reads a configuration as a pod would at its start, and changes nothing. */
    @POST
    @Path("validate")
    @Consumes(MediaType.WILDCARD)
    @Operation(summary = "Check a velostream.yaml and say everything that is wrong with it; changes nothing")
    @APIResponse(responseCode = "200", description = "A pod would start with it")
    @APIResponse(
            responseCode = "422",
            description = "A pod would refuse it; the problems say where and why",
            content = @Content(schema = @Schema(implementation = Verdict.class)))
    public RestResponse<Verdict> validate(String yaml) {
        return switch (ConfigReader.read("velostream.yaml", yaml, PodResources.ofThisProcess())) {
            case ConfigReading.Valid(ConfigDocument valid) ->
                RestResponse.ok(new Verdict(true, Optional.of(valid.hash()), List.of()));
            case ConfigReading.Refused(List<ConfigProblem> problems) ->
                RestResponse.ResponseBuilder.<Verdict>create(REFUSED)
                        .entity(new Verdict(
                                false,
                                Optional.empty(),
                                problems.stream()
                                        .map(problem -> new Mistake(problem.line(), problem.key(), problem.message()))
                                        .toList()))
                        .build();
        };
    }
}
