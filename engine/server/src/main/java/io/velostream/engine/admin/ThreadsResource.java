package io.velostream.engine.admin;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.smallrye.common.annotation.Blocking;
import io.velostream.engine.admin.access.AdminOnly;
import io.velostream.engine.admin.problem.Problem;
import io.velostream.engine.admin.problem.ProblemException;
import io.velostream.engine.job.JobRegistry;
import io.velostream.engine.job.JobStatus;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.lang.management.LockInfo;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** What the threads of the pod do, and whether some wait for each other for ever (runbook, “Processing Stopped”). */
@Path("/admin/threads")
@AdminOnly
@SecurityRequirement(name = ApiDocument.TOKEN)
@Blocking
@Produces(MediaType.APPLICATION_JSON)
public class ThreadsResource {

    private static final int DEEPEST = 100;
    private static final long SAMPLE_MILLIS = 200;

    private final JobRegistry jobs;

    ThreadsResource(JobRegistry jobs) {
        this.jobs = jobs;
    }

    /**
     * All platform threads; the virtual ones, which wait for Kafka and clients, do no work on records.
     *
     * @param states how many threads are in each state
     * @param deadlocks circles of threads of which each waits for the next one
     * @param threads the busiest first
     */
    public record Threads(int live, Map<String, Long> states, List<List<String>> deadlocks, List<Worker> threads) {}

    /**
     * One thread.
     *
     * @param state of Java: RUNNABLE also while it waits for the network
     * @param job whose records it processes or whose clients it is
     * @param cpuPercent of one processor, during a fifth of a second
     * @param cpuMs since it began
     * @param waitsFor the lock that it waits for
     * @param heldBy the thread that has that lock
     * @param stack innermost first
     */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Worker(
            long id,
            String name,
            String state,
            Optional<String> job,
            double cpuPercent,
            long cpuMs,
            Optional<String> waitsFor,
            Optional<String> heldBy,
            List<String> stack) {}

    /** What every thread does now. */
    @GET
    @Operation(summary = "Name, state, job, processor time and stack of every platform thread, and deadlocks")
    public Threads threads(@RestQuery @DefaultValue("1") String stack) throws InterruptedException {
        int depth = depth(stack);
        ThreadMXBean bean = ManagementFactory.getThreadMXBean();
        long[] ids = bean.getAllThreadIds();
        Map<Long, Long> before = cpu(bean, ids);
        long began = System.nanoTime();
        Thread.sleep(SAMPLE_MILLIS);
        Map<Long, Long> after = cpu(bean, ids);
        long passed = System.nanoTime() - began;
        List<Worker> workers = Arrays.stream(bean.getThreadInfo(ids, depth))
                .filter(Objects::nonNull)
                .map(info -> worker(info, before, after, passed))
                .sorted(Comparator.comparingDouble(Worker::cpuPercent)
                        .reversed()
                        .thenComparing(Comparator.comparingLong(Worker::cpuMs).reversed()))
                .toList();
        return new Threads(
                workers.size(),
                workers.stream().collect(Collectors.groupingBy(Worker::state, TreeMap::new, Collectors.counting())),
                deadlocks(bean),
                workers);
    }

    private static int depth(String stack) {
        if (!stack.matches("[0-9]{1,3}") || Integer.parseInt(stack) > DEEPEST) {
            throw new ProblemException(
                    Problem.of(400, "stack=" + stack + " is not allowed, allowed: 0 to " + DEEPEST + " frames"));
        }
        return Integer.parseInt(stack);
    }

    private static Map<Long, Long> cpu(ThreadMXBean bean, long[] ids) {
        Map<Long, Long> nanos = new HashMap<>();
        for (long id : ids) {
            nanos.put(id, Math.max(0, bean.getThreadCpuTime(id)));
        }
        return nanos;
    }

    private Worker worker(ThreadInfo info, Map<Long, Long> before, Map<Long, Long> after, long passed) {
        long now = after.getOrDefault(info.getThreadId(), 0L);
        long used = Math.max(0, now - before.getOrDefault(info.getThreadId(), now));
        return new Worker(
                info.getThreadId(),
                info.getThreadName(),
                info.getThreadState().name(),
                jobOf(info.getThreadName()),
                ResourceReport.rounded(100.0 * used / passed),
                now / 1_000_000,
                Optional.ofNullable(info.getLockInfo()).map(LockInfo::toString),
                Optional.ofNullable(info.getLockOwnerName()),
                Arrays.stream(info.getStackTrace())
                        .map(StackTraceElement::toString)
                        .toList());
    }

    /** The names of a unit's threads and clients hold its application id. */
    private Optional<String> jobOf(String thread) {
        return jobs.statuses().stream()
                .filter(job -> job.units().stream()
                        .map(JobStatus.UnitStatus::applicationId)
                        .anyMatch(id -> thread.contains(id + "-") || thread.endsWith(id)))
                .map(JobStatus::name)
                .findFirst();
    }

    private static List<List<String>> deadlocks(ThreadMXBean bean) {
        long[] ids = bean.findDeadlockedThreads();
        if (ids == null) {
            return List.of();
        }
        Map<Long, ThreadInfo> stuck = Arrays.stream(bean.getThreadInfo(ids))
                .filter(Objects::nonNull)
                .collect(Collectors.toMap(ThreadInfo::getThreadId, Function.identity()));
        List<List<String>> circles = new ArrayList<>();
        while (!stuck.isEmpty()) {
            List<String> circle = new ArrayList<>();
            @Nullable ThreadInfo next = stuck.remove(stuck.keySet().iterator().next());
            while (next != null) {
                circle.add("%s waits for %s, which %s has"
                        .formatted(next.getThreadName(), next.getLockName(), next.getLockOwnerName()));
                next = stuck.remove(next.getLockOwnerId());
            }
            circles.add(circle);
        }
        return circles;
    }
}
