package io.velostream.engine.admin;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.sun.management.OperatingSystemMXBean;
import io.velostream.engine.stats.PodStatistics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;

/**
 * What is in use of the pod at this moment, and what its threads wait for (runbook, “High Latency”: contention).
 *
 * @param memoryPercent of {@code max_total_memory}
 * @param gcPercent of the time since the start that collections took
 * @param recordsPerSecond read from source topics
 * @param backlog records of source topics not yet read
 */
@JsonNaming(SnakeCaseStrategy.class)
public record Utilization(
        double memoryPercent,
        Heap heap,
        long directBytes,
        Cpu cpu,
        double gcPercent,
        Contention threads,
        Disk disk,
        long recordsPerSecond,
        long backlog) {

    /** Bytes. */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Heap(long usedBytes, long committedBytes, long maxBytes) {}

    /**
     * Processors.
     *
     * @param processPercent of the processors that the pod may use
     * @param hostPercent of all that the JVM sees, whoever uses them
     * @param loadAverage runnable threads of the host over a minute; negative where it is not known
     */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Cpu(double processPercent, double hostPercent, double loadAverage, int processors) {}

    /** How many platform threads there are, and how many cannot go on since another holds a lock. */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Contention(int live, long runnable, long blocked, int deadlocked) {}

    /** The disk of the state directory. */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Disk(long freeBytes, long totalBytes) {}

    static Utilization now(PodStatistics pod, Path stateDirectory, long recordsPerSecond, long backlog) {
        MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        OperatingSystemMXBean host = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return new Utilization(
                ResourceReport.rounded(pod.memoryPercent()),
                new Heap(heap.getUsed(), heap.getCommitted(), heap.getMax()),
                ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                        .filter(pool -> pool.getName().equals("direct"))
                        .mapToLong(BufferPoolMXBean::getMemoryUsed)
                        .sum(),
                new Cpu(
                        ResourceReport.rounded(pod.cpuPercent()),
                        ResourceReport.rounded(100 * Math.max(0, host.getCpuLoad())),
                        ResourceReport.rounded(host.getSystemLoadAverage()),
                        host.getAvailableProcessors()),
                ResourceReport.rounded(collections()),
                contention(),
                disk(stateDirectory),
                recordsPerSecond,
                backlog);
    }

    private static double collections() {
        long millis = ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionTime)
                .sum();
        return 100.0 * millis / Math.max(1, ManagementFactory.getRuntimeMXBean().getUptime());
    }

    private static Contention contention() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        ThreadInfo[] all = threads.getThreadInfo(threads.getAllThreadIds());
        long[] deadlocked = threads.findDeadlockedThreads();
        return new Contention(
                all.length,
                count(all, Thread.State.RUNNABLE),
                count(all, Thread.State.BLOCKED),
                deadlocked == null ? 0 : deadlocked.length);
    }

    private static long count(ThreadInfo[] threads, Thread.State state) {
        return Arrays.stream(threads)
                .filter(Objects::nonNull)
                .filter(thread -> thread.getThreadState() == state)
                .count();
    }

    /** The directory may not be there yet: then that of the nearest one above it. */
    private static Disk disk(Path stateDirectory) {
        Path there = stateDirectory.toAbsolutePath();
        while (!Files.exists(there) && there.getParent() != null) {
            there = there.getParent();
        }
        try {
            FileStore store = Files.getFileStore(there);
            return new Disk(store.getUsableSpace(), store.getTotalSpace());
        } catch (IOException e) {
            throw new UncheckedIOException("The disk of " + there + " cannot be looked at", e);
        }
    }
}
