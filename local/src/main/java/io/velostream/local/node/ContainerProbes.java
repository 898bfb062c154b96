package io.velostream.local.node;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Probe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The probes of one run of a container, each on a thread of its own. Until the startup probe has succeeded the other two do not
 * run; a container without a readiness probe is ready once it is started.
 *
 * <pre>
 *   started process ── startup probe succeeds ──▶ started ──┬── readiness probe: ready ⇄ not ready
 *          └── fails failureThreshold times ─▶ killed       └── liveness probe fails failureThreshold times ─▶ killed
 * </pre>
 */
final class ContainerProbes implements AutoCloseable {
    /** Told when something changes; may be called from several threads. */
    interface Listener {
        void changed();

        /** A probe wants the container restarted. */
        void unhealthy(String probe, String message, Optional<Duration> grace);

        /** A check failed, which alone restarts nothing. */
        void failed(String probe, String message);
    }

    private final Container container;
    private final ProbeCheck check;
    private final Listener listener;
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean started;
    private volatile boolean ready;

    ContainerProbes(Container container, ProbeCheck check, Listener listener) {
        this.container = container;
        this.check = check;
        this.listener = listener;
    }

    boolean started() {
        return started;
    }

    boolean ready() {
        return ready;
    }

    void start() {
        if (container.getStartupProbe() == null) {
            begin();
        } else {
            run("startup", container.getStartupProbe(), this::startup);
        }
    }

    private void startup(Probe probe) throws InterruptedException {
        for (int failures = 0; failures < threshold(probe.getFailureThreshold(), 3); ) {
            ProbeCheck.Result result = check.run(probe);
            if (result.success()) {
                begin();
                return;
            }
            failures++;
            listener.failed("Startup", result.message());
            if (failures == threshold(probe.getFailureThreshold(), 3)) {
                listener.unhealthy("startup", result.message(), grace(probe));
                return;
            }
            sleep(probe);
        }
    }

    private synchronized void begin() {
        started = true;
        if (container.getReadinessProbe() == null) {
            ready = true;
        } else {
            run("readiness", container.getReadinessProbe(), this::readiness);
        }
        if (container.getLivenessProbe() != null) {
            run("liveness", container.getLivenessProbe(), this::liveness);
        }
        listener.changed();
    }

    private void readiness(Probe probe) throws InterruptedException {
        int inARow = 0;
        boolean lastSuccess = false;
        while (true) {
            ProbeCheck.Result result = check.run(probe);
            inARow = result.success() == lastSuccess ? inARow + 1 : 1;
            lastSuccess = result.success();
            int needed =
                    lastSuccess ? threshold(probe.getSuccessThreshold(), 1) : threshold(probe.getFailureThreshold(), 3);
            if (!lastSuccess) {
                listener.failed("Readiness", result.message());
            }
            if (inARow >= needed && ready != lastSuccess) {
                ready = lastSuccess;
                listener.changed();
            }
            sleep(probe);
        }
    }

    private void liveness(Probe probe) throws InterruptedException {
        int failures = 0;
        while (true) {
            ProbeCheck.Result result = check.run(probe);
            failures = result.success() ? 0 : failures + 1;
            if (!result.success()) {
                listener.failed("Liveness", result.message());
            }
            if (failures >= threshold(probe.getFailureThreshold(), 3)) {
                listener.unhealthy("liveness", result.message(), grace(probe));
                return;
            }
            sleep(probe);
        }
    }

    private interface Loop {
        void run(Probe probe) throws InterruptedException;
    }

    private synchronized void run(String kind, Probe probe, Loop loop) {
        threads.add(Thread.ofVirtual()
                .name(kind + "-probe-" + container.getName())
                .start(() -> {
                    try {
                        Thread.sleep(Duration.ofSeconds(threshold(probe.getInitialDelaySeconds(), 0)));
                        loop.run(probe);
                    } catch (InterruptedException stopped) {
                        Thread.currentThread().interrupt();
                    }
                }));
    }

    private static void sleep(Probe probe) throws InterruptedException {
        Thread.sleep(Duration.ofSeconds(threshold(probe.getPeriodSeconds(), 10)));
    }

    private static int threshold(@Nullable Integer value, int absent) {
        return value == null || (value == 0 && absent > 0) ? absent : value;
    }

    private static Optional<Duration> grace(Probe probe) {
        return Optional.ofNullable(probe.getTerminationGracePeriodSeconds()).map(Duration::ofSeconds);
    }

    @Override
    public synchronized void close() {
        ready = false;
        started = false;
        threads.forEach(Thread::interrupt);
    }
}
