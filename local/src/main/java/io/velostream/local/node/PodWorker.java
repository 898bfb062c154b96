package io.velostream.local.node;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.DeleteOptions;
import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.velostream.local.files.FileTrees;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One pod's life on the node, on a thread of its own: volumes, init containers in order, containers, status, termination. It
 * compares and acts again at every signal and at least once in {@link NodeTiming#volumeRefresh}, so that an API error delays
 * what it does but never loses it.
 */
final class PodWorker {
    private static final Logger LOG = LoggerFactory.getLogger(PodWorker.class);
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;

    private final NodeContext context;
    private final PodIdentity identity;
    private final Path directory;
    private final PodVolumes volumes;
    private final String ip;
    private final Instant startTime;
    private final ContainerRunner.RestartPolicy policy;
    private final Semaphore signal = new Semaphore(0);
    private final List<ContainerRoot> roots = new ArrayList<>();
    private final Map<String, ContainerRunner> init = new HashMap<>();
    private final Map<String, ContainerRunner> containers = new HashMap<>();
    private final Thread thread;

    private volatile Pod pod;
    private volatile boolean gone;
    private volatile boolean initialized;
    private Optional<ContainerConfigException> mountProblem = Optional.empty();
    private @Nullable PodStatus written;

    PodWorker(NodeContext context, Pod pod) {
        this.context = context;
        this.pod = pod;
        this.identity = PodIdentity.of(pod);
        this.directory = context.directory().resolve("pods").resolve(identity.directoryName());
        this.volumes = new PodVolumes(
                directory.resolve("volumes"),
                Optional.ofNullable(pod.getSpec().getVolumes()).orElse(List.of()),
                context.claims());
        this.ip = context.addresses().take();
        this.startTime = context.clock().instant();
        this.policy = ContainerRunner.RestartPolicy.of(pod.getSpec().getRestartPolicy());
        this.thread = Thread.ofVirtual().name("pod-" + identity).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    PodIdentity identity() {
        return identity;
    }

    /** A newer version of the pod. */
    void update(Pod newer) {
        pod = newer;
        signal.release();
    }

    /** The pod is no longer in the API: its processes end at once. */
    void vanish() {
        gone = true;
        signal.release();
    }

    /** Ends every process without a word to the API, as when the machine loses power. */
    void kill() throws InterruptedException {
        vanish();
        thread.join();
    }

    boolean isDone() {
        return !thread.isAlive() && thread.getState() != Thread.State.NEW;
    }

    synchronized Optional<ContainerRunner> runner(String container) {
        return Optional.ofNullable(containers.get(container)).or(() -> Optional.ofNullable(init.get(container)));
    }

    private void run() {
        try {
            if (awaitVolumes() && mountRoots() && runInitContainers()) {
                initialized = true;
                containers.values().forEach(ContainerRunner::start);
                while (!isEnding()) {
                    refreshVolumes();
                    writeStatus();
                    awaitSignal(context.timing().volumeRefresh());
                }
            }
            end();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.error("Pod {} is given up on this node; delete it to try again", identity, e);
        } finally {
            stopAll(Duration.ZERO);
            context.addresses().release(ip);
            deleteDirectory();
        }
    }

    private boolean awaitVolumes() throws InterruptedException {
        context.events().record(identity, "Normal", "Pulled", "Images stand for local commands");
        while (!isEnding()) {
            try {
                volumes.refresh(fields(), context.objects());
                mountProblem = Optional.empty();
                return true;
            } catch (ContainerConfigException e) {
                mountFailed(e);
            } catch (IOException | KubernetesClientException e) {
                mountFailed(ContainerConfigException.mount(e.toString()));
            }
            awaitSignal(context.timing().retry());
        }
        return false;
    }

    private boolean mountRoots() throws InterruptedException {
        for (Container container : initContainers()) {
            init.put(container.getName(), runner(container, initPolicy()));
        }
        for (Container container : pod.getSpec().getContainers()) {
            containers.put(container.getName(), runner(container, policy));
        }
        for (ContainerRoot root : roots) {
            while (!mounted(root)) {
                if (isEnding()) {
                    return false;
                }
                awaitSignal(context.timing().retry());
            }
        }
        return true;
    }

    private boolean mounted(ContainerRoot root) {
        try {
            root.mount();
            return true;
        } catch (ContainerConfigException e) {
            mountFailed(e);
        } catch (IOException e) {
            mountFailed(ContainerConfigException.mount(e.toString()));
        }
        return false;
    }

    private void mountFailed(ContainerConfigException problem) {
        mountProblem = Optional.of(problem);
        context.events().record(identity, "Warning", "FailedMount", problem.text());
        writeStatus();
    }

    /** Each must succeed before the next one starts. */
    private boolean runInitContainers() throws InterruptedException {
        for (Container container : initContainers()) {
            ContainerRunner runner = init.get(container.getName());
            if (runner == null) {
                continue;
            }
            runner.start();
            while (!runner.snapshot().finished()) {
                if (isEnding()) {
                    return false;
                }
                writeStatus();
                awaitSignal(context.timing().volumeRefresh());
            }
            if (!(runner.snapshot().state() instanceof ContainerState.Terminated ended) || ended.exitCode() != 0) {
                writeStatus();
                while (!isEnding()) {
                    awaitSignal(context.timing().volumeRefresh());
                }
                return false;
            }
        }
        return true;
    }

    private void refreshVolumes() {
        try {
            if (volumes.refresh(fields(), context.cached())) {
                for (ContainerRoot root : roots) {
                    root.refreshMirrors();
                }
            }
        } catch (ContainerConfigException e) {
            // A running pod keeps what it has when an object that it mounts is deleted.
            context.events().record(identity, "Warning", "FailedMount", e.text());
        } catch (IOException e) {
            LOG.warn("The volumes of pod {} could not be refreshed and are tried again", identity, e);
        }
    }

    private void end() throws InterruptedException {
        if (gone) {
            return;
        }
        stopAll(grace(pod));
        writeStatus();
        while (!gone && !deleted()) {
            awaitSignal(context.timing().retry());
        }
    }

    private void stopAll(Duration grace) {
        List<ContainerRunner> all = new ArrayList<>(containers.values());
        all.addAll(init.values());
        List<Thread> stops = all.stream()
                .map(runner -> Thread.ofVirtual().start(() -> {
                    try {
                        runner.stop(grace);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                }))
                .toList();
        for (Thread stop : stops) {
            try {
                while (!stop.join(context.timing().retry())) {
                    if (gone) {
                        all.forEach(ContainerRunner::killNow);
                    }
                }
            } catch (InterruptedException e) {
                all.forEach(ContainerRunner::killNow);
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** The last step of a graceful deletion: the object may go now, unless a pod of the same name has taken its place. */
    private boolean deleted() {
        DeleteOptions options = new DeleteOptionsBuilder()
                .withGracePeriodSeconds(0L)
                .withNewPreconditions(null, identity.uid())
                .build();
        try {
            context.client()
                    .raw("/api/v1/namespaces/" + identity.namespace() + "/pods/" + identity.name(), "DELETE", options);
            return true;
        } catch (KubernetesClientException e) {
            return e.getCode() == NOT_FOUND || e.getCode() == CONFLICT;
        }
    }

    private void writeStatus() {
        Pod current = pod;
        PodStatus status =
                PodStatuses.of(current, observed(), policy, context.clock().instant());
        if (gone || status.equals(written)) {
            return;
        }
        Pod patch = new PodBuilder()
                .withNewMetadata()
                .withName(identity.name())
                .withNamespace(identity.namespace())
                .withUid(identity.uid())
                .endMetadata()
                .withStatus(status)
                .build();
        try {
            context.client()
                    .pods()
                    .inNamespace(identity.namespace())
                    .withName(identity.name())
                    .subresource("status")
                    .patch(PatchContext.of(PatchType.JSON_MERGE), patch);
            written = status;
        } catch (KubernetesClientException e) {
            // Not remembered as written, so the next pass tries again.
            LOG.debug("Status of pod {} is not written yet: {}", identity, e.getMessage());
        }
    }

    private PodStatuses.Observed observed() {
        return new PodStatuses.Observed(
                context.node().ip(),
                mountProblem.isPresent() ? Optional.empty() : Optional.of(ip),
                startTime,
                initialized,
                snapshots(initContainers(), init),
                snapshots(pod.getSpec().getContainers(), containers));
    }

    private List<ContainerSnapshot> snapshots(List<Container> declared, Map<String, ContainerRunner> runners) {
        return declared.stream()
                .map(container -> Optional.ofNullable(runners.get(container.getName()))
                        .map(ContainerRunner::snapshot)
                        .orElseGet(() -> creating(container)))
                .toList();
    }

    private ContainerSnapshot creating(Container container) {
        return new ContainerSnapshot(
                container.getName(),
                container.getImage(),
                new ContainerState.Waiting(
                        "ContainerCreating",
                        mountProblem.map(ContainerConfigException::text).orElse("")),
                Optional.empty(),
                0,
                false,
                false,
                false);
    }

    private ContainerRunner runner(Container container, ContainerRunner.RestartPolicy restarts) {
        ContainerRoot root = new ContainerRoot(
                directory.resolve("containers").resolve(container.getName()),
                Optional.ofNullable(container.getVolumeMounts()).orElse(List.of()),
                volumes);
        roots.add(root);
        ContainerLaunch launch = new ContainerLaunch(
                container, fields(), context.objects(), context.images(), root, NodeLogs.directory(context, identity));
        return new ContainerRunner(
                container,
                launch,
                new ProbeCheck(container, ip, launch::exec),
                new ContainerRunner.PodLife(restarts, grace(pod)),
                context.timing(),
                context.clock(),
                new ContainerRunner.Listener() {
                    @Override
                    public void changed() {
                        signal.release();
                    }

                    @Override
                    public void event(String type, String reason, String message) {
                        context.events().record(identity, type, reason, message);
                    }
                });
    }

    private ContainerRunner.RestartPolicy initPolicy() {
        return policy == ContainerRunner.RestartPolicy.ALWAYS ? ContainerRunner.RestartPolicy.ON_FAILURE : policy;
    }

    private List<Container> initContainers() {
        return Optional.ofNullable(pod.getSpec().getInitContainers()).orElse(List.of());
    }

    private DownwardFields fields() {
        return new DownwardFields(pod, ip, context.node());
    }

    private boolean isEnding() {
        return gone || pod.getMetadata().getDeletionTimestamp() != null;
    }

    /** What the deletion asked for, else what the pod's spec says. */
    private static Duration grace(Pod pod) {
        return Duration.ofSeconds(Optional.ofNullable(pod.getMetadata().getDeletionGracePeriodSeconds())
                .or(() -> Optional.ofNullable(pod.getSpec().getTerminationGracePeriodSeconds()))
                .orElse(30L));
    }

    private void awaitSignal(Duration atMost) throws InterruptedException {
        if (signal.tryAcquire(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
            signal.drainPermits();
        }
    }

    private void deleteDirectory() {
        try {
            FileTrees.delete(directory);
        } catch (IOException e) {
            LOG.warn("The directory of pod {} stays: {}", identity, e.toString());
        }
    }
}
