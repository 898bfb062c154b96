package io.velostream.engine.pod;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.velostream.engine.config.EngineConfig;
import io.velostream.engine.job.JobRegistry;
import io.velostream.engine.job.StageStatistics;
import io.velostream.engine.resources.ResourceHistory;
import io.velostream.engine.runtime.memory.MemoryBudget;
import io.velostream.engine.runtime.memory.ScratchSpace;
import io.velostream.engine.stats.EngineMeters;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches what the pod takes, once a second, and cleans up: every {@code memory_management.cleanup_interval}, and on
 * request. Windows need no clean-up, they are dropped when the watermark passes their end.
 */
@Singleton
public class ResourceKeeper {

    private static final Logger LOG = LoggerFactory.getLogger(ResourceKeeper.class);
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final double ABOUT_HALF = 0.6;
    private static final long WORTH_MOVING = 1 << 20;

    private final LiveConfiguration configuration;
    private final JobRegistry jobs;
    private final EngineMeters meters;
    private final MemoryBudget memory;
    private final ScratchSpace disk;
    private final Clock clock;
    private final ResourceHistory history = new ResourceHistory();
    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("resources").factory());
    private Instant lastInterval;
    private volatile @Nullable Cleanup last;

    ResourceKeeper(
            LiveConfiguration configuration,
            JobRegistry jobs,
            EngineMeters meters,
            MemoryBudget memory,
            ScratchSpace disk,
            Clock clock) {
        this.configuration = configuration;
        this.jobs = jobs;
        this.meters = meters;
        this.memory = memory;
        this.disk = disk;
        this.clock = clock;
        this.lastInterval = clock.instant();
    }

    void start(@Observes StartupEvent started) {
        var _ = scheduler.scheduleWithFixedDelay(this::lookOrSay, 1, 1, TimeUnit.SECONDS);
    }

    void stop(@Observes @Priority(1) ShutdownEvent stopping) {
        scheduler.shutdown();
    }

    private void lookOrSay() {
        try {
            look();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.error("The use of resources could not be looked at; trying again in a second", e);
        }
    }

    void look() throws InterruptedException {
        Instant now = clock.instant();
        EngineConfig.MemoryManagement management = config().memoryManagement();
        history.observe(
                now,
                meters.pod(),
                jobs.statistics(),
                meters.recordsPerSecond(),
                Duration.ofSeconds(management.historyRetentionSeconds()));
        if (!now.isBefore(lastInterval.plusSeconds(management.cleanupIntervalSeconds()))) {
            lastInterval = now;
            cleanUpWhereNeeded();
        }
    }

    private EngineConfig config() {
        return configuration.state().inForce().config();
    }

    private boolean isAboveThreshold() {
        return meters.pod().memoryPercent() >= 100 * config().memoryManagement().gcThreshold();
    }

    private void cleanUpWhereNeeded() throws InterruptedException {
        boolean unneeded = disk.diskBytes() > 0
                && jobs.statistics().stream()
                                .mapToLong(StageStatistics::spilledGroups)
                                .sum()
                        == 0;
        if (isAboveThreshold() || unneeded) {
            cleanUp(Cleanup.Trigger.INTERVAL, isAboveThreshold(), unneeded);
        }
    }

    /**
     * Cleans up now: collects garbage, gives disk back, and, when memory is above its threshold, moves state to disk. One at
     * a time; takes seconds.
     *
     * @param spill whether state goes to disk in any case
     */
    public Cleanup cleanUp(boolean spill) throws InterruptedException {
        return cleanUp(Cleanup.Trigger.REQUEST, spill || isAboveThreshold(), true);
    }

    private synchronized Cleanup cleanUp(Cleanup.Trigger trigger, boolean spill, boolean compact)
            throws InterruptedException {
        Instant began = clock.instant();
        long heapBefore = heap();
        long nativeBefore = disk.memoryBytes();
        long moved = spill ? trim() : 0;
        long diskBefore = disk.diskBytes();
        if (compact) {
            disk.compact();
        }
        if (trigger == Cleanup.Trigger.REQUEST) {
            System.gc();
        }
        long heapFreed = Math.max(0, heapBefore - heap());
        long nativeFreed = Math.max(0, nativeBefore - disk.memoryBytes());
        long diskGrown = disk.diskBytes() - diskBefore;
        long diskFreed = Math.max(0, -diskGrown);
        Cleanup done = new Cleanup(
                began,
                trigger,
                Duration.between(began, clock.instant()).toMillis(),
                Math.max(0, heapFreed + nativeFreed - diskGrown),
                heapFreed,
                nativeFreed,
                diskFreed,
                moved,
                100.0 * heap() / Math.max(1, config().resourceLimits().maxTotalMemory()));
        last = done;
        LOG.info(
                "Cleaned up ({}): {} bytes of heap and {} bytes of disk are free, {} bytes of state went to disk",
                trigger == Cleanup.Trigger.REQUEST ? "asked for" : "cleanup_interval",
                heapFreed,
                diskFreed,
                moved);
        return done;
    }

    /** Waits until the tasks have done so, each at its next tick; state that cannot go to disk stays. */
    private long trim() throws InterruptedException {
        long before = memory.bytes();
        if (before < WORTH_MOVING) {
            return 0;
        }
        jobs.trim();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (memory.bytes() > ABOUT_HALF * before && System.nanoTime() - deadline < 0) {
            Thread.sleep(50);
        }
        return Math.max(0, before - memory.bytes());
    }

    private static long heap() {
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** Where state goes that does not fit into memory, in the directory of all state. */
    public Path stateDirectory() {
        return disk.directory();
    }

    /** What was taken lately. */
    public ResourceHistory history() {
        return history;
    }

    /** The last clean-up since the pod started. */
    public Optional<Cleanup> last() {
        return Optional.ofNullable(last);
    }
}
