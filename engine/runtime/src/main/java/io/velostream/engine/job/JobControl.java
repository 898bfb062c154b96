package io.velostream.engine.job;

import io.velostream.engine.job.JobDocument.DesiredState;
import io.velostream.engine.job.JobStatus.JobState;
import io.velostream.engine.job.UnitControl.Phase;
import io.velostream.engine.job.UnitControl.Target;
import io.velostream.engine.plan.physical.JobPlan;
import io.velostream.engine.plan.physical.UnitPlan;
import io.velostream.engine.runtime.metric.MetricReading;
import io.velostream.engine.runtime.topology.StageMeter;
import io.velostream.engine.runtime.topology.UnitTopics;
import io.velostream.engine.sql.analysis.SqlProblem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One job on this pod: it holds the newest document and the last good plan and brings the units in line with them, on a
 * thread of its own, over and over. What a document asks for beside its SQL (state, threads) holds even when its SQL was
 * refused and an older plan runs on.
 */
final class JobControl {

    private static final Logger LOG = LoggerFactory.getLogger(JobControl.class);
    private static final long STEP_MILLIS = 250;
    private static final CompletableFuture<Void> DONE = CompletableFuture.completedFuture(null);

    /** How a job ends on this pod. */
    private enum End {
        NONE,
        /** Forgotten: the groups are left. */
        REMOVED,
        /** The process ends: the memberships are kept. */
        CLOSED
    }

    /** A plan that can run, with the document that it came from. */
    private record Good(JobDocument document, JobPlan plan) {}

    private final String name;
    private final UnitControl.Tools tools;
    private final BooleanSupplier podDrains;
    private final BooleanSupplier kafkaReachable;
    private final Map<String, StageMeter> meters = new ConcurrentHashMap<>();
    private final InsertControl inserts;
    private final RecordRate rate = new RecordRate();
    private final Semaphore wake = new Semaphore(0);
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private volatile JobDocument newest;
    private volatile @Nullable Good good;
    private volatile List<SqlProblem> problems = List.of();
    private volatile Map<String, UnitControl> units = Map.of();
    private volatile End end = End.NONE;
    private volatile CompletableFuture<Void> restart = DONE;

    JobControl(
            JobDocument first,
            Function<Function<String, StageMeter>, UnitControl.Tools> toolsWithMeters,
            BooleanSupplier podDrains,
            BooleanSupplier kafkaReachable) {
        this.name = first.name();
        this.newest = first;
        this.tools = toolsWithMeters.apply(stage -> meters.computeIfAbsent(stage, id -> new StageMeter()));
        this.inserts = new InsertControl(tools);
        this.podDrains = podDrains;
        this.kafkaReachable = kafkaReachable;
    }

    /** Begins to work. */
    void start() {
        Thread.ofVirtual().name("job-" + name).start(this::run);
    }

    JobDocument newest() {
        return newest;
    }

    /** Takes a document whose SQL is good. */
    void accept(JobDocument document, JobPlan plan, List<SqlProblem> warnings) {
        newest = document;
        good = new Good(document, plan);
        problems = List.copyOf(warnings);
        wake.release();
    }

    /** Takes a document whose SQL is refused: the last good plan runs on. */
    void refuse(JobDocument document, List<SqlProblem> errors) {
        newest = document;
        problems = List.copyOf(errors);
        wake.release();
    }

    /** Whether the newest document's SQL was refused. */
    boolean isRefused() {
        Good running = good;
        return running == null || running.document() != newest;
    }

    /** Ends the job here for good, leaving its groups. */
    CompletableFuture<Void> remove() {
        end = End.REMOVED;
        wake.release();
        return ended;
    }

    /** Ends the job here without leaving its groups. */
    CompletableFuture<Void> close() {
        end = End.CLOSED;
        wake.release();
        return ended;
    }

    /** Closes every unit and starts it anew, if it shall run; completes when all are closed. */
    CompletableFuture<Void> restart() {
        CompletableFuture<Void> asked = new CompletableFuture<>();
        restart = asked;
        wake.release();
        return asked;
    }

    /** Something that the job depends on has changed. */
    void wake() {
        wake.release();
    }

    private void run() {
        try {
            while (!step()) {
                if (wake.tryAcquire(STEP_MILLIS, TimeUnit.MILLISECONDS)) {
                    wake.drainPermits();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            restart.complete(null);
            ended.complete(null);
        }
    }

    /** One pass; true when the job has ended. An error in a pass is logged and the next pass tries again. */
    private boolean step() throws InterruptedException {
        End wanted = end;
        try {
            CompletableFuture<Void> asked = restart;
            if (!asked.isDone()) {
                closeAll();
                asked.complete(null);
            }
            adoptPlan();
            Good running = good;
            if (running != null && target(wanted) == Target.RUN) {
                inserts.step(running.document(), running.plan());
            }
            for (UnitControl unit : units.values()) {
                unit.guardBy(newest.circuitBreaker().map(JobDocument.CircuitBreaker::settings));
                unit.step(target(wanted), threads(unit));
            }
            rate.sample(recordsProcessed(), tools.clock().millis());
        } catch (RuntimeException e) {
            LOG.error("Job {} could not be brought in line; trying again", name, e);
            return false;
        }
        return wanted != End.NONE && allIn(Phase.CLOSED, Phase.IDLE);
    }

    private void closeAll() throws InterruptedException {
        for (UnitControl unit : units.values()) {
            unit.closeFully(false);
            unit.retryNow();
        }
    }

    private Target target(End wanted) {
        if (wanted != End.NONE) {
            return wanted == End.REMOVED ? Target.LEAVE : Target.CLOSE;
        }
        if (shallDrain()) {
            return Target.LEAVE;
        }
        return switch (newest.desiredState()) {
            case RUNNING -> Target.RUN;
            case SUSPENDED -> Target.SUSPEND;
            case DRAINED, STOPPED -> Target.LEAVE;
        };
    }

    private boolean shallDrain() {
        return podDrains.getAsBoolean()
                || newest.desiredState() == DesiredState.DRAINED
                || newest.drainedOrdinals().contains(tools.pod().ordinal());
    }

    private int threads(UnitControl unit) {
        return ThreadSpread.threads(newest, tools.pod().ordinal(), tools.pod().maxParallelism(), unit.tasks());
    }

    /** Makes the units those of the last good plan: unchanged ones stay, changed ones are closed and made anew. */
    private void adoptPlan() throws InterruptedException {
        Good wanted = good;
        if (wanted == null) {
            return;
        }
        Map<String, UnitSpec> specs = specs(wanted);
        Map<String, UnitControl> next = new LinkedHashMap<>();
        for (Map.Entry<String, UnitControl> unit : units.entrySet()) {
            if (unit.getValue().spec().equals(specs.get(unit.getKey()))) {
                next.put(unit.getKey(), unit.getValue());
            } else {
                // Two revisions never share a group: this one leaves it, the next waits until every pod's has.
                unit.getValue().closeFully(true);
            }
        }
        if (next.size() == units.size() && next.keySet().containsAll(specs.keySet())) {
            return;
        }
        Map<String, UnitControl> inOrder = new LinkedHashMap<>();
        specs.forEach((unit, spec) -> {
            UnitControl kept = next.get(unit);
            inOrder.put(unit, kept == null ? new UnitControl(spec, tools) : kept);
        });
        units = inOrder;
    }

    private static Map<String, UnitSpec> specs(Good wanted) {
        Set<String> sinks = new LinkedHashSet<>();
        for (UnitPlan unit : wanted.plan().units()) {
            sinks.addAll(new UnitTopics(unit, UnitSpec.applicationId(wanted.document(), unit)).sinks());
        }
        Map<String, UnitSpec> specs = new LinkedHashMap<>();
        for (UnitPlan unit : wanted.plan().units()) {
            specs.put(unit.name(), UnitSpec.of(wanted.document(), unit, sinks));
        }
        return specs;
    }

    private boolean insertsOnly() {
        return plan().filter(each -> each.units().isEmpty() && !each.inserts().isEmpty())
                .isPresent();
    }

    private boolean allIn(Phase... phases) {
        List<Phase> allowed = List.of(phases);
        return units.values().stream().allMatch(unit -> allowed.contains(unit.phase()));
    }

    private long recordsProcessed() {
        return plan().stream()
                .flatMap(StageReading::sourceStages)
                .mapToLong(stage -> meter(stage).read().counts().recordsIn())
                .sum();
    }

    private Optional<JobPlan> plan() {
        return Optional.ofNullable(good).map(Good::plan);
    }

    private StageMeter meter(String stage) {
        return tools.meterOf().apply(stage);
    }

    /** Whether nothing of the job runs here any more, or ever did. */
    boolean isAtRest() {
        JobState state = state();
        return state == JobState.DRAINED || state == JobState.STOPPED || state == JobState.INVALID;
    }

    private JobState state() {
        if (good == null) {
            return JobState.INVALID;
        }
        boolean stop = end == End.REMOVED || newest.desiredState() == DesiredState.STOPPED;
        if (stop || shallDrain()) {
            boolean done = (!units.isEmpty() || insertsOnly()) && allIn(Phase.CLOSED);
            return !done ? JobState.DRAINING : stop && !podDrains.getAsBoolean() ? JobState.STOPPED : JobState.DRAINED;
        }
        if (units.values().stream().anyMatch(unit -> unit.phase() == Phase.FAILED)) {
            return JobState.FAILED;
        }
        if (units.values().stream().anyMatch(unit -> unit.phase() == Phase.WAITING || unit.isHeldBack())
                || !units.isEmpty() && !kafkaReachable.getAsBoolean()) {
            return JobState.WAITING;
        }
        if (units.isEmpty()
                        && !(insertsOnly() && plan().filter(inserts::isWritten).isPresent())
                || !allIn(Phase.RUNNING, Phase.SUSPENDED, Phase.CLOSED)) {
            return JobState.STARTING;
        }
        return newest.desiredState() == DesiredState.SUSPENDED ? JobState.SUSPENDED : JobState.RUNNING;
    }

    JobStatus status() {
        JobDocument document = newest;
        Good running = good;
        JobState state = state();
        List<UnitControl> controls = List.copyOf(units.values());
        List<StageStatistics> stages = statistics();
        return new JobStatus(
                document.namespace(),
                document.name(),
                document.uid(),
                document.generation(),
                running == null ? 0 : running.document().generation(),
                document.sequence(),
                state,
                problems,
                running == null ? List.of() : StageReading.queries(running.plan(), controls, state),
                controls.stream().map(UnitControl::status).toList(),
                stages.stream()
                        .filter(StageStatistics::readsSource)
                        .mapToLong(StageStatistics::recordsIn)
                        .sum(),
                stages.stream().mapToLong(StageStatistics::recordsFailed).sum(),
                rate.perSecond(tools.clock().millis()),
                controls.stream()
                        .flatMap(unit -> unit.lags().values().stream())
                        .mapToLong(Long::longValue)
                        .sum(),
                controls.stream().mapToLong(UnitControl::inFlight).sum(),
                offsets(controls),
                reason(state, controls),
                controls.stream()
                        .flatMap(unit -> unit.error().stream())
                        .findFirst()
                        .or(inserts::error));
    }

    private static List<JobStatus.PartitionOffset> offsets(List<UnitControl> controls) {
        List<JobStatus.PartitionOffset> offsets = new ArrayList<>();
        for (UnitControl unit : controls) {
            unit.offsets()
                    .forEach((partition, offset) -> offsets.add(
                            new JobStatus.PartitionOffset(partition.topic(), partition.partition(), offset)));
        }
        offsets.sort(Comparator.comparing(JobStatus.PartitionOffset::topic)
                .thenComparingInt(JobStatus.PartitionOffset::partition));
        return offsets;
    }

    private Optional<JobStatus.Reason> reason(JobState state, List<UnitControl> controls) {
        if (state != JobState.WAITING && state != JobState.FAILED) {
            return Optional.empty();
        }
        return controls.stream()
                .flatMap(unit -> unit.reason().stream())
                .findFirst()
                .or(() -> Optional.of(JobStatus.Reason.KAFKA_UNREACHABLE));
    }

    /** What each stage has counted. */
    List<StageStatistics> statistics() {
        return plan().map(plan -> StageReading.of(name, List.copyOf(units.values()), this::meter))
                .orElse(List.of());
    }

    /** What each query sent to its dead-letter topic. */
    List<DeadLetterStatistics> deadLetters() {
        return plan().map(plan -> StageReading.deadLetters(name, List.copyOf(units.values()), this::meter))
                .orElse(List.of());
    }

    /** The metrics that the queries declare. */
    List<MetricReading> metrics() {
        return meters.values().stream()
                .flatMap(meter -> meter.metrics().stream())
                .toList();
    }
}
