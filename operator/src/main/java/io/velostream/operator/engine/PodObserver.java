package io.velostream.operator.engine;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Asks pods what they are doing, all at once. What a pod said is passed on to whoever else asks within a moment, so that fifty
 * jobs on a cluster cost each pod one request and not fifty. Safe for use by several threads.
 */
public final class PodObserver implements AutoCloseable {

    private final EnginePods pods;
    private final Clock clock;
    private final Duration freshness;
    private final ConcurrentMap<String, Slot> slots = new ConcurrentHashMap<>();
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();

    /** @param freshness how old an answer may be */
    public PodObserver(EnginePods pods, Clock clock, Duration freshness) {
        this.pods = pods;
        this.clock = clock;
        this.freshness = freshness;
    }

    /** Reports by name of the pod. */
    public Map<String, PodReport> observe(Collection<EnginePod> wanted) {
        List<Future<PodReport>> futures = wanted.stream()
                .map(pod -> executor.submit(() -> slot(pod).report(pod)))
                .toList();
        Map<String, PodReport> reports = new LinkedHashMap<>();
        for (Future<PodReport> future : futures) {
            PodReport report = join(future);
            reports.put(report.pod(), report);
        }
        forgetOld();
        return reports;
    }

    /** Forgets what a pod said, because something was just done to it. */
    public void invalidate(EnginePod pod) {
        slots.remove(key(pod));
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }

    private Slot slot(EnginePod pod) {
        return slots.computeIfAbsent(key(pod), key -> new Slot());
    }

    private static String key(EnginePod pod) {
        return pod.namespace() + "/" + pod.name() + "@" + pod.authority();
    }

    private void forgetOld() {
        Instant limit = clock.instant().minus(freshness.multipliedBy(100).plusSeconds(60));
        slots.values().removeIf(slot -> slot.lastAsked.isBefore(limit));
    }

    private static PodReport join(Future<PodReport> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while pods were being asked", e);
        } catch (java.util.concurrent.ExecutionException e) {
            throw new IllegalStateException("asking a pod failed", e.getCause());
        }
    }

    private PodReport ask(EnginePod pod) {
        try {
            return new PodReport.Reached(pod.name(), pods.version(pod), pods.processing(pod), pods.readiness(pod));
        } catch (EngineException e) {
            return new PodReport.Unreached(pod.name(), e.kind(), String.valueOf(e.getMessage()));
        }
    }

    /** The last answer of one pod; whoever comes while it is being asked waits for that answer. */
    private final class Slot {
        private final ReentrantLock lock = new ReentrantLock();
        private volatile Instant lastAsked = Instant.MAX;
        private PodReport report = new PodReport.Unreached("", EngineException.Kind.NOT_CONNECTED, "not asked yet");

        PodReport report(EnginePod pod) {
            lock.lock();
            try {
                Instant now = clock.instant();
                if (lastAsked.equals(Instant.MAX) || lastAsked.plus(freshness).isBefore(now)) {
                    report = ask(pod);
                    lastAsked = clock.instant();
                }
                return report;
            } finally {
                lock.unlock();
            }
        }
    }
}
