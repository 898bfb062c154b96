package io.velostream.engine.admin;

import io.velostream.engine.admin.access.AdminOnly;
import io.velostream.engine.admin.problem.Problem;
import io.velostream.engine.admin.problem.ProblemException;
import io.velostream.engine.job.JobDocument;
import io.velostream.engine.job.JobJson;
import io.velostream.engine.job.JobRegistry;
import io.velostream.engine.job.JobStatus;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The jobs of the pod. */
@Path("/admin/jobs")
@AdminOnly
@SecurityRequirement(name = ApiDocument.TOKEN)
@Produces(MediaType.APPLICATION_JSON)
public class JobsResource {

    private static final Logger LOG = LoggerFactory.getLogger(JobsResource.class);
    private static final int SQL_REFUSED = 422;
    private static final int LARGEST_DOCUMENT = RequestLimits.LARGEST_BODY;

    private final JobRegistry jobs;
    private final Maintenance maintenance;

    JobsResource(JobRegistry jobs, Maintenance maintenance) {
        this.jobs = jobs;
        this.maintenance = maintenance;
    }

    /** Every job. */
    @GET
    @Operation(summary = "The jobs of this pod")
    public List<JobStatus> list() {
        return jobs.statuses();
    }

    /** One job. */
    @GET
    @Path("{name}")
    @Operation(summary = "One job")
    @APIResponse(responseCode = "200", description = "The job")
    @APIResponse(
            responseCode = "404",
            description = "There is no such job here",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public JobStatus get(@RestPath String name) {
        return jobs.status(name).orElseThrow(() -> unknown(name));
    }

    /** Puts a document in force; the same one twice does nothing. */
    @PUT
    @Path("{name}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Put a job document in force")
    @APIResponse(responseCode = "200", description = "In force")
    @APIResponse(
            responseCode = "409",
            description = "A newer document is in force; the member sequenceInForce says which",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "422",
            description = "The SQL is refused; the problems say where and why, and the last good document still runs",
            content = @Content(schema = @Schema(implementation = JobStatus.class)))
    @APIResponse(
            responseCode = "503",
            description = "The pod is in maintenance",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public RestResponse<JobStatus> put(
            @RestPath String name,
            @RestHeader(Maintenance.OPERATOR_HEADER) @Nullable String operator,
            @RequestBody(content = @Content(schema = @Schema(implementation = JobDocument.class))) InputStream body) {
        maintenance.admit(operator);
        JobDocument document = read(body);
        if (!document.name().equals(name)) {
            throw refused(
                    "The document is of the job \"" + document.name() + "\", but the path names \"" + name + "\"");
        }
        return switch (jobs.apply(document)) {
            case JobRegistry.Applied.Accepted accepted -> RestResponse.ok(accepted.status());
            case JobRegistry.Applied.Refused sqlRefused ->
                RestResponse.ResponseBuilder.<JobStatus>create(SQL_REFUSED)
                        .entity(sqlRefused.status())
                        .build();
            case JobRegistry.Applied.Outdated outdated ->
                throw new ProblemException(Problem.of(
                        409,
                        "outdated-document",
                        "Sequence %d of job \"%s\" is older than %d, which is in force; read the job and send a newer one"
                                .formatted(document.sequence(), name, outdated.sequenceInForce()),
                        Map.of("sequenceInForce", outdated.sequenceInForce())));
        };
    }

    /** Stops a job and forgets it. */
    @DELETE
    @Path("{name}")
    @Operation(summary = "Stop a job, leave its groups and forget it")
    @APIResponse(responseCode = "202", description = "It is being stopped")
    @APIResponse(
            responseCode = "404",
            description = "There is no such job here",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public RestResponse<Void> delete(@RestPath String name) {
        if (jobs.status(name).isEmpty()) {
            throw unknown(name);
        }
        var _ = jobs.remove(name).whenComplete((gone, failure) -> {
            if (failure == null) {
                LOG.info("Job {} is gone", name);
            } else {
                LOG.error("Job {} could not be stopped cleanly", name, failure);
            }
        });
        return RestResponse.accepted();
    }

    private static JobDocument read(InputStream body) {
        try {
            byte[] json = body.readNBytes(LARGEST_DOCUMENT + 1);
            if (json.length > LARGEST_DOCUMENT) {
                throw new ProblemException(RequestLimits.tooLarge());
            }
            return JobJson.readDocument(json);
        } catch (IOException e) {
            throw refused("The body is not a job document: " + e.getMessage());
        }
    }

    private static ProblemException refused(String detail) {
        return new ProblemException(Problem.of(400, detail));
    }

    private static ProblemException unknown(String name) {
        return new ProblemException(Problem.of(404, "There is no job \"" + name + "\" on this pod"));
    }
}
