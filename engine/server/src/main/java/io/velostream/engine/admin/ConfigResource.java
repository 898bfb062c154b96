package io.velostream.engine.admin;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.smallrye.common.annotation.Blocking;
import io.velostream.engine.admin.access.AdminOnly;
import io.velostream.engine.admin.problem.Problem;
import io.velostream.engine.admin.problem.ProblemException;
import io.velostream.engine.config.ConfigChange;
import io.velostream.engine.config.ConfigDocument;
import io.velostream.engine.config.ConfigEffect;
import io.velostream.engine.config.ConfigProblem;
import io.velostream.engine.config.ConfigReader;
import io.velostream.engine.config.ConfigReading;
import io.velostream.engine.config.PodResources;
import io.velostream.engine.pod.LiveConfiguration;
import io.velostream.engine.pod.LiveConfiguration.Outcome;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** The configuration in force, and changes of it while the pod runs (runbook, “Configuration Updates”). */
@Path("/admin/config")
@AdminOnly
@SecurityRequirement(name = ApiDocument.TOKEN)
@Blocking
@Produces(MediaType.APPLICATION_JSON)
public class ConfigResource {

    private static final String HASH_HEADER = "X-Config-Hash";
    private static final String PENDING_HEADER = "X-Config-Restart-Required";
    private static final int REFUSED = 422;

    private final LiveConfiguration configuration;
    private final Maintenance maintenance;
    private final AuditLog audit;

    ConfigResource(LiveConfiguration configuration, Maintenance maintenance, AuditLog audit) {
        this.configuration = configuration;
        this.maintenance = maintenance;
        this.audit = audit;
    }

    /** Every key with the value in force, secrets redacted. */
    @GET
    @Operation(
            summary =
                    "The configuration in force; its hash is in the header X-Config-Hash, keys whose new values wait for"
                            + " a restart are in X-Config-Restart-Required")
    public RestResponse<Map<String, Object>> config() {
        LiveConfiguration.State state = configuration.state();
        RestResponse.ResponseBuilder<Map<String, Object>> answer = RestResponse.ResponseBuilder.ok(
                        state.inForce().effective())
                .header(HASH_HEADER, state.inForce().hash());
        if (!state.pending().isEmpty()) {
            answer.header(
                    PENDING_HEADER,
                    String.join(
                            ", ",
                            state.pending().stream().map(ConfigChange::key).toList()));
        }
        return answer.build();
    }

    /**
     * What a change came to.
     *
     * @param hash of what is in force now
     * @param applied keys whose new values are in force
     * @param restartRequired keys whose new values wait, with what they wait for: {@code processing}
     *     ({@code POST /admin/processing/restart}) or {@code pod}; those of earlier changes too
     * @param withoutEffect changed keys on which nothing in this version acts
     */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Change(
            String hash, List<String> applied, Map<String, String> restartRequired, List<String> withoutEffect) {

        static Change of(Outcome.Taken taken) {
            return new Change(
                    taken.state().inForce().hash(),
                    keys(taken, effect -> effect == ConfigEffect.AT_ONCE),
                    waiting(taken.state()),
                    keys(taken, effect -> effect == ConfigEffect.NONE));
        }

        private static List<String> keys(Outcome.Taken taken, Predicate<ConfigEffect> effects) {
            return taken.changes().stream()
                    .filter(change -> effects.test(change.effect()))
                    .map(ConfigChange::key)
                    .toList();
        }
    }

    private static Map<String, String> waiting(LiveConfiguration.State state) {
        Map<String, String> waiting = new TreeMap<>();
        state.pending()
                .forEach(change ->
                        waiting.put(change.key(), change.effect() == ConfigEffect.POD_RESTART ? "pod" : "processing"));
        return waiting;
    }

    /** Merges a change into the configuration in force. */
    @PUT
    @Consumes(MediaType.WILDCARD)
    @Operation(
            summary =
                    "Change some keys of the configuration until the pod ends or reads its file again; null goes back to"
                            + " the default")
    @APIResponse(
            responseCode = "200",
            description = "Taken; says what is in force at once and what waits for a restart",
            content = @Content(schema = @Schema(implementation = Change.class)))
    @APIResponse(
            responseCode = "422",
            description = "Nothing was taken; the problems say why",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(responseCode = "503", description = "The pod is in maintenance and the operator did not ask")
    public RestResponse<Change> change(
            String change, @RestHeader(Maintenance.OPERATOR_HEADER) @Nullable String operator, RoutingContext request) {
        maintenance.admit(operator);
        return answer(configuration.merge(change), request);
    }

    /** Reads the file again; also in maintenance, which the runbook's deployment switches on before. */
    @POST
    @Path("reload")
    @Operation(summary = "Read velostream.yaml again, as a whole or not at all")
    @APIResponse(
            responseCode = "200",
            description = "Taken; says what is in force at once and what waits for a restart",
            content = @Content(schema = @Schema(implementation = Change.class)))
    @APIResponse(
            responseCode = "422",
            description = "Nothing was taken; the problems say why, with the line",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public RestResponse<Change> reload(RoutingContext request) {
        return answer(configuration.reload(), request);
    }

    private RestResponse<Change> answer(Outcome outcome, RoutingContext request) {
        return switch (outcome) {
            case Outcome.Taken taken -> {
                audit.write(
                        request,
                        true,
                        taken.changes().stream().map(ConfigChange::toString).toList());
                Change change = Change.of(taken);
                yield RestResponse.ResponseBuilder.ok(change)
                        .header(HASH_HEADER, change.hash())
                        .build();
            }
            case Outcome.Refused(List<ConfigProblem> problems) -> {
                audit.write(
                        request,
                        false,
                        problems.stream().map(ConfigProblem::toString).toList());
                throw new ProblemException(Problem.of(
                        REFUSED,
                        "configuration",
                        "The configuration is refused and what was in force still is: " + problems.getFirst()
                                + (problems.size() == 1 ? "" : " (and " + (problems.size() - 1) + " more)"),
                        Map.of("problems", mistakes(problems))));
            }
        };
    }

    /**
     * What waits, and what was done.
     *
     * @param restartRequired as in {@link Change}
     * @param entries the last hundred changes, the newest first
     */
    @JsonNaming(SnakeCaseStrategy.class)
    public record History(Map<String, String> restartRequired, List<AuditLog.Entry> entries) {}

    /** Who changed what since the pod started. */
    @GET
    @Path("changes")
    @Operation(summary = "What waits for a restart, and the last hundred changes with who, when, before and after")
    public History changes() {
        return new History(waiting(configuration.state()), audit.entries());
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
                        .entity(new Verdict(false, Optional.empty(), mistakes(problems)))
                        .build();
        };
    }

    private static List<Mistake> mistakes(List<ConfigProblem> problems) {
        return problems.stream()
                .map(problem -> new Mistake(problem.line(), problem.key(), problem.message()))
                .toList();
    }
}
