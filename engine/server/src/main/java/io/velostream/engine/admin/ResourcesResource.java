package io.velostream.engine.admin;

import io.smallrye.common.annotation.Blocking;
import io.velostream.engine.admin.access.AdminOnly;
import io.velostream.engine.admin.problem.Problem;
import io.velostream.engine.admin.problem.ProblemException;
import io.velostream.engine.config.EngineConfig;
import io.velostream.engine.config.PodResources;
import io.velostream.engine.job.JobRegistry;
import io.velostream.engine.job.JobStatus;
import io.velostream.engine.pod.LiveConfiguration;
import io.velostream.engine.pod.ResourceKeeper;
import io.velostream.engine.resources.ResourceAdvisor;
import io.velostream.engine.resources.ResourceAnalysis;
import io.velostream.engine.resources.ResourceSample;
import io.velostream.engine.runtime.memory.LimitedResource;
import io.velostream.engine.runtime.memory.MemoryBudget;
import io.velostream.engine.runtime.memory.ScratchSpace;
import io.velostream.engine.stats.EngineMeters;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.jboss.resteasy.reactive.RestQuery;

/** What the pod takes, what it may take, and what it should (runbook, “Memory Exhausted” and “Regular Maintenance”). */
@Path("/admin/resources")
@AdminOnly
@SecurityRequirement(name = ApiDocument.TOKEN)
@Blocking
@Produces(MediaType.APPLICATION_JSON)
public class ResourcesResource {

    private final ResourceKeeper keeper;
    private final LiveConfiguration configuration;
    private final JobRegistry jobs;
    private final EngineMeters meters;
    private final MemoryBudget memory;
    private final ScratchSpace disk;
    private final AuditLog audit;

    ResourcesResource(
            ResourceKeeper keeper,
            LiveConfiguration configuration,
            JobRegistry jobs,
            EngineMeters meters,
            MemoryBudget memory,
            ScratchSpace disk,
            AuditLog audit) {
        this.keeper = keeper;
        this.configuration = configuration;
        this.jobs = jobs;
        this.meters = meters;
        this.memory = memory;
        this.disk = disk;
        this.audit = audit;
    }

    /** Limits, use, peaks, policy and violations, for the pod and each operator. */
    @GET
    @Operation(summary = "Limits, use, peaks, policy and violations, for the pod and each operator that keeps state")
    public ResourceReport resources() {
        return ResourceReport.of(
                config(),
                meters.pod(),
                memory,
                keeper.history().statePeak(),
                disk.diskBytes(),
                keeper.history().operators(),
                keeper.last());
    }

    private EngineConfig config() {
        return configuration.state().inForce().config();
    }

    /** Cleans up and says what that came to. */
    @POST
    @Path("cleanup")
    @Operation(
            summary =
                    "Collect garbage and give disk back that no state needs; when memory is above gc_threshold, or with"
                            + " spill=true, also move half of the state in memory to disk, where it can go there")
    public ResourceReport.Done cleanUp(@RestQuery @DefaultValue("false") String spill, RoutingContext request)
            throws InterruptedException {
        boolean always = switch (spill) {
            case "true" -> true;
            case "false" -> false;
            default ->
                throw new ProblemException(Problem.of(400, "spill=" + spill + " is not allowed, allowed: true, false"));
        };
        ResourceReport.Done done = ResourceReport.Done.of(keeper.cleanUp(always));
        audit.write(request, true, List.of("freed " + done.freedBytes() + " bytes"));
        return done;
    }

    /** What is in use at this moment. */
    @GET
    @Path("utilization")
    @Operation(summary = "Memory, processors, threads, disk and backlog at this moment")
    public Utilization utilization() {
        List<ResourceSample> samples = keeper.history().samples();
        return Utilization.now(
                meters.pod(),
                keeper.stateDirectory(),
                meters.recordsPerSecond(),
                samples.isEmpty() ? 0 : samples.getLast().backlog());
    }

    /** What the samples of {@code history_retention} say. */
    @GET
    @Path("analysis")
    @Operation(summary = "How memory, state, processors, throughput and backlog went lately, with findings in words")
    public ResourceAdvice.Analysis analyse() {
        long limit = memory.limits().operatorBytes();
        return ResourceAdvice.Analysis.of(
                analysis(),
                keeper.history().operators().stream()
                        .map(use -> ResourceReport.Operator.of(use, limit))
                        .toList());
    }

    private ResourceAnalysis analysis() {
        List<ResourceSample> samples = keeper.history().samples();
        List<ResourceSample> some = samples.isEmpty()
                ? List.of(new ResourceSample(
                        Instant.now(),
                        meters.pod().memoryBytes(),
                        memory.bytes(),
                        meters.pod().cpuPercent(),
                        meters.recordsPerSecond(),
                        0))
                : samples;
        long limit = Math.min(
                config().resourceLimits().maxTotalMemory(),
                PodResources.ofThisProcess().heapBytes());
        return ResourceAnalysis.of(some, keeper.history().operators(), limit);
    }

    /** What should be otherwise, with the reasons. */
    @GET
    @Path("recommendations")
    @Operation(summary = "Which limits should be changed, from the observed peaks, with the reasons")
    public ResourceAdvice recommend() {
        ResourceAnalysis analysis = analysis();
        Map<LimitedResource, Long> violations = Arrays.stream(LimitedResource.values())
                .collect(Collectors.toMap(Function.identity(), memory::violations));
        int threads = jobs.statuses().stream()
                .flatMap(job -> job.units().stream())
                .mapToInt(JobStatus.UnitStatus::threads)
                .sum();
        return ResourceAdvice.of(
                analysis,
                ResourceAdvisor.advise(
                        new ResourceAdvisor.Observed(analysis, keeper.history().operators(), violations, threads),
                        config(),
                        PodResources.ofThisProcess()));
    }
}
