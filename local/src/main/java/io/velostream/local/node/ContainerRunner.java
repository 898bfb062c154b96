package io.velostream.local.node;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.LifecycleHandler;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Runs one container over all its restarts, on a thread of its own: prepare, start, wait for the end, back off, again. It ends
 * when the restart policy says so or the pod stops it.
 */
final class ContainerRunner {
    /** What the pod wants to know. */
    interface Listener {
        void changed();

        void event(String type, String reason, String message);
    }

    /** {@code Always}, {@code OnFailure} or {@code Never}, as in a pod's spec. */
    enum RestartPolicy {
        ALWAYS,
        ON_FAILURE,
        NEVER;

        static RestartPolicy of(@Nullable String text) {
            return switch (text) {
                case "OnFailure" -> ON_FAILURE;
                case "Never" -> NEVER;
                case null, default -> ALWAYS;
            };
        }

        boolean restarts(int exitCode) {
            return this == ALWAYS || (this == ON_FAILURE && exitCode != 0);
        }
    }

    private final Container container;
    private final ContainerLaunch launch;
    private final ProbeCheck check;
    private final RestartPolicy policy;
    private final Duration podGrace;
    private final NodeTiming timing;
    private final Clock clock;
    private final Listener listener;
    private final CountDownLatch ended = new CountDownLatch(1);

    private ContainerState state = new ContainerState.Waiting("ContainerCreating", "");
    private Optional<ContainerState.Terminated> last = Optional.empty();
    private int runs;
    private boolean finished;
    private boolean stopping;
    private @Nullable Process process;
    private @Nullable ContainerProbes probes;
    private @Nullable Thread thread;

    ContainerRunner(
            Container container,
            ContainerLaunch launch,
            ProbeCheck check,
            PodLife life,
            NodeTiming timing,
            Clock clock,
            Listener listener) {
        this.container = container;
        this.launch = launch;
        this.check = check;
        this.policy = life.policy();
        this.podGrace = life.grace();
        this.timing = timing;
        this.clock = clock;
        this.listener = listener;
    }

    /** What a pod says about the lives of all its containers. */
    record PodLife(RestartPolicy policy, Duration grace) {}

    synchronized void start() {
        if (thread == null && !stopping) {
            thread = Thread.ofVirtual().name("container-" + container.getName()).start(this::run);
        }
    }

    synchronized ContainerSnapshot snapshot() {
        Optional<ContainerProbes> current =
                state instanceof ContainerState.Running ? Optional.ofNullable(probes) : Optional.empty();
        return new ContainerSnapshot(
                container.getName(),
                container.getImage(),
                state,
                last,
                Math.max(0, runs - 1),
                current.map(ContainerProbes::started).orElse(false),
                current.map(ContainerProbes::ready).orElse(false),
                finished);
    }

    /** The process of the current run. */
    synchronized Optional<ProcessHandle> process() {
        return Optional.ofNullable(process).filter(Process::isAlive).map(Process::toHandle);
    }

    /** The log of the current run, or of the last one. */
    synchronized Path log() {
        return launch.log(Math.max(0, runs - 1));
    }

    /** Waits until the container will not run again. */
    void awaitEnd() throws InterruptedException {
        ended.await();
    }

    /** Ends the container for good: preStop hook, SIGTERM, after the grace SIGKILL. Returns when the process is gone. */
    void stop(Duration grace) throws InterruptedException {
        Instant deadline = clock.instant().plus(grace);
        Process running;
        synchronized (this) {
            stopping = true;
            running = process;
            if (thread != null && running == null) {
                thread.interrupt();
            }
        }
        if (running != null && running.isAlive()) {
            preStop(grace);
            terminate(running, Duration.between(clock.instant(), deadline));
        }
        synchronized (this) {
            if (thread == null) {
                ended.countDown();
            }
        }
        ended.await();
    }

    /** Ends the process at once, without a word to it. */
    void killNow() {
        process().ifPresent(ContainerRunner::killTree);
    }

    private void run() {
        int inARow = 0;
        try {
            while (!isStopping()) {
                Instant begun = clock.instant();
                Optional<Integer> exit = runOnce();
                if (exit.isEmpty()) {
                    Thread.sleep(timing.retry());
                    continue;
                }
                if (isStopping() || !policy.restarts(exit.get())) {
                    break;
                }
                boolean longEnough = Duration.between(begun, clock.instant()).compareTo(timing.backOffReset()) >= 0;
                inARow = longEnough ? 1 : inARow + 1;
                backOff(timing.backOffBefore(inARow));
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            synchronized (this) {
                finished = true;
            }
            ended.countDown();
            listener.changed();
        }
    }

    /** One run of the process; empty when it could not be started. */
    private Optional<Integer> runOnce() throws InterruptedException {
        Process running;
        Instant startedAt;
        try {
            synchronized (this) {
                if (stopping) {
                    return Optional.empty();
                }
                running = launch.start(runs);
                runs++;
                process = running;
                startedAt = clock.instant();
                state = new ContainerState.Running(startedAt);
                probes = new ContainerProbes(container, check, new ProbeListener(running));
            }
        } catch (ContainerConfigException e) {
            waiting(e.reason(), e.text());
            return Optional.empty();
        }
        listener.event("Normal", "Started", "Started container " + container.getName());
        probes.start();
        listener.changed();
        int exit = running.waitFor();
        synchronized (this) {
            probes.close();
            process = null;
            ContainerState.Terminated terminated = new ContainerState.Terminated(exit, startedAt, clock.instant());
            state = terminated;
            if (!stopping && policy.restarts(exit)) {
                last = Optional.of(terminated);
            }
        }
        listener.changed();
        return Optional.of(exit);
    }

    private void backOff(Duration wait) throws InterruptedException {
        if (!wait.isZero()) {
            waiting(
                    "CrashLoopBackOff",
                    "back-off " + wait.toMillis() + "ms restarting failed container=" + container.getName());
            Thread.sleep(wait);
        }
    }

    /** Sets the state and tells of it only when it is another: a container may wait for a missing Secret for hours. */
    private void waiting(String reason, String message) {
        ContainerState now = new ContainerState.Waiting(reason, message);
        boolean changed;
        synchronized (this) {
            changed = !now.equals(state);
            state = now;
        }
        if (changed) {
            listener.event("Warning", eventReason(reason), message);
            listener.changed();
        }
    }

    private static String eventReason(String waitingReason) {
        return switch (waitingReason) {
            case "CrashLoopBackOff" -> "BackOff";
            case "FailedMount" -> "FailedMount";
            default -> "Failed";
        };
    }

    private synchronized boolean isStopping() {
        return stopping;
    }

    private void preStop(Duration grace) throws InterruptedException {
        LifecycleHandler hook = container.getLifecycle() == null
                ? null
                : container.getLifecycle().getPreStop();
        if (hook == null) {
            return;
        }
        if (hook.getSleep() != null) {
            Thread.sleep(min(Duration.ofSeconds(hook.getSleep().getSeconds()), grace));
            return;
        }
        ProbeCheck.Result result = hook.getHttpGet() != null
                ? check.http(hook.getHttpGet(), grace)
                : hook.getExec() != null ? check.exec(hook.getExec(), grace) : new ProbeCheck.Result(true, "");
        if (!result.success()) {
            listener.event("Warning", "FailedPreStopHook", result.message());
        }
    }

    private void terminate(Process running, Duration grace) throws InterruptedException {
        listener.event("Normal", "Killing", "Stopping container " + container.getName());
        // A kernel ends every process of a container with its first one; here those are looked up while it lives.
        List<ProcessHandle> children = running.descendants().toList();
        running.destroy();
        try {
            running.toHandle().onExit().get(Math.max(0, grace.toMillis()), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            killTree(running.toHandle());
        }
        children.forEach(ProcessHandle::destroyForcibly);
    }

    private static void killTree(ProcessHandle root) {
        root.descendants().forEach(ProcessHandle::destroyForcibly);
        root.destroyForcibly();
    }

    private static Duration min(Duration left, Duration right) {
        return left.compareTo(right) < 0 ? left : right;
    }

    private final class ProbeListener implements ContainerProbes.Listener {
        private final Process running;

        ProbeListener(Process running) {
            this.running = running;
        }

        @Override
        public void changed() {
            listener.changed();
        }

        @Override
        public void unhealthy(String probe, String message, Optional<Duration> grace) {
            listener.event(
                    "Normal",
                    "Killing",
                    "Container " + container.getName() + " failed its " + probe + " probe and will be restarted");
            Thread.ofVirtual().name("kill-" + container.getName()).start(() -> {
                try {
                    terminate(running, grace.orElse(podGrace));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        }

        @Override
        public void failed(String probe, String message) {
            listener.event("Warning", "Unhealthy", probe + " probe failed: " + message);
        }
    }
}
