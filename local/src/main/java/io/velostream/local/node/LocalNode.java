package io.velostream.local.node;

import io.fabric8.kubernetes.api.model.BindingBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Scheduler, kubelet and volume provisioner of a one-machine cluster: it takes every pod that has no node yet, and runs its
 * containers as processes of this machine. It knows pods only through the Kubernetes API and could run any pod whose image it
 * has an {@link ImageCommand} for.
 *
 * <p>Each pod has a loopback address of its own ({@code 127.1.x.y}) that processes must bind to. A process sees the machine's
 * file system; the pod's mounts lie under a directory of its own, see {@link ImageCommand}. Memory and CPU limits are not
 * enforced, affinity and taints are not looked at.
 */
public final class LocalNode implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LocalNode.class);
    private static final Duration SWEEP = Duration.ofMillis(500);

    private final NodeContext context;
    private final ApiCache cache;
    private final ClaimDirectories claims;
    private final ConcurrentMap<String, PodWorker> workers = new ConcurrentHashMap<>();
    private final Map<String, PersistentVolumeClaim> knownClaims = new ConcurrentHashMap<>();
    private final Semaphore changed = new Semaphore(0);
    private final Thread sweeper;
    private volatile boolean closed;

    private LocalNode(NodeContext context, ApiCache cache, ClaimDirectories claims) {
        this.context = context;
        this.cache = cache;
        this.claims = claims;
        this.sweeper = Thread.ofVirtual().name("node-" + context.node().name()).unstarted(this::sweepUntilClosed);
    }

    /** A node for the pods of this API; {@code client} stays the caller's to close. */
    public static Builder builder(KubernetesClient client, ImageCommands images) {
        return new Builder(client, images);
    }

    /** Collects what differs from the defaults. */
    public static final class Builder {
        private final KubernetesClient client;
        private final ImageCommands images;
        private Optional<Path> directory = Optional.empty();
        private String name = "local";
        private NodeTiming timing = NodeTiming.defaults();

        private Builder(KubernetesClient client, ImageCommands images) {
            this.client = client;
            this.images = images;
        }

        /** Where pods, logs and the data of claims go; the default is a new temporary directory. */
        public Builder directory(Path path) {
            this.directory = Optional.of(path.toAbsolutePath());
            return this;
        }

        /** The node's name in the API; {@code local} by default. */
        public Builder name(String value) {
            this.name = value;
            return this;
        }

        public Builder timing(NodeTiming value) {
            this.timing = value;
            return this;
        }

        /** Registers the node and begins to run pods. */
        public LocalNode start() {
            try {
                Path home = Files.createDirectories(
                        directory.isPresent() ? directory.get() : Files.createTempDirectory("local-node-"));
                PodAddresses addresses = PodAddresses.reserve();
                NodeInfo info = NodeInfo.ofThisMachine(name, addresses.node());
                ApiCache cache = new ApiCache(client);
                ClaimDirectories claims = new ClaimDirectories(client, home.resolve("claims"));
                NodeEvents events = new NodeEvents(client, name, Clock.systemUTC());
                LocalNode node = new LocalNode(
                        new NodeContext(
                                client,
                                info,
                                images,
                                timing,
                                Clock.systemUTC(),
                                home,
                                addresses,
                                cache.askingAgain(),
                                cache,
                                claims,
                                events),
                        cache,
                        claims);
                node.begin();
                return node;
            } catch (IOException e) {
                throw new UncheckedIOException("The node cannot make its directory", e);
            }
        }
    }

    private void begin() {
        NodeRegistration.register(context.client(), context.node());
        cache.start(changed::release);
        sweeper.start();
    }

    /** The node's name in the API. */
    public String name() {
        return context.node().name();
    }

    /** Where pods, logs and the data of claims are. */
    public Path directory() {
        return context.directory();
    }

    /**
     * What a container has written in its current run, or in its last one.
     *
     * @return empty when the node runs no such container
     */
    public Optional<String> logs(String namespace, String pod, String container) {
        return logFile(namespace, pod, container).map(file -> {
            try {
                return Files.exists(file) ? Files.readString(file, StandardCharsets.UTF_8) : "";
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot read the log of " + namespace + "/" + pod, e);
            }
        });
    }

    /** The file that a container's current run, or its last one, writes to. */
    public Optional<Path> logFile(String namespace, String pod, String container) {
        return worker(namespace, pod)
                .flatMap(worker -> worker.runner(container))
                .map(ContainerRunner::log);
    }

    /** The process of a running container, for tests that end it the hard way. */
    public Optional<ProcessHandle> process(String namespace, String pod, String container) {
        return worker(namespace, pod)
                .flatMap(worker -> worker.runner(container))
                .flatMap(ContainerRunner::process);
    }

    private Optional<PodWorker> worker(String namespace, String pod) {
        return workers.values().stream()
                .filter(worker -> !worker.isDone()
                        && worker.identity().namespace().equals(namespace)
                        && worker.identity().name().equals(pod))
                .findFirst();
    }

    private void sweepUntilClosed() {
        while (!closed) {
            try {
                if (changed.tryAcquire(SWEEP.toMillis(), TimeUnit.MILLISECONDS)) {
                    changed.drainPermits();
                }
                onPods();
                onClaims();
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                LOG.warn("The node goes on after an error", e);
            }
        }
    }

    /** Compares what the API says with what runs here; called at every change and regularly. */
    private synchronized void onPods() {
        if (closed) {
            return;
        }
        Map<String, Pod> present = cache.pods().stream()
                .collect(Collectors.toMap(pod -> pod.getMetadata().getUid(), pod -> pod, (a, b) -> b));
        for (Pod pod : present.values()) {
            String node = pod.getSpec().getNodeName();
            if (node == null || node.isEmpty()) {
                schedule(pod);
            } else if (node.equals(name())) {
                run(pod);
            }
        }
        workers.forEach((uid, worker) -> {
            if (!present.containsKey(uid)) {
                worker.vanish();
                if (worker.isDone()) {
                    workers.remove(uid);
                }
            }
        });
    }

    private void run(Pod pod) {
        PodWorker known = workers.get(pod.getMetadata().getUid());
        if (known != null) {
            known.update(pod);
        } else if (!isFinished(pod)) {
            PodWorker worker = new PodWorker(context, pod);
            workers.put(pod.getMetadata().getUid(), worker);
            worker.start();
        }
    }

    /** A finished pod that an earlier node of this name ran is not run again. */
    private static boolean isFinished(Pod pod) {
        String phase = pod.getStatus() == null ? null : pod.getStatus().getPhase();
        return ("Succeeded".equals(phase) || "Failed".equals(phase))
                && pod.getMetadata().getDeletionTimestamp() == null;
    }

    private void schedule(Pod pod) {
        boolean gated = pod.getSpec().getSchedulingGates() != null
                && !pod.getSpec().getSchedulingGates().isEmpty();
        if (gated || pod.getMetadata().getDeletionTimestamp() != null) {
            return;
        }
        try {
            context.client()
                    .bindings()
                    .inNamespace(pod.getMetadata().getNamespace())
                    .resource(new BindingBuilder()
                            .withNewMetadata()
                            .withName(pod.getMetadata().getName())
                            .withNamespace(pod.getMetadata().getNamespace())
                            .withUid(pod.getMetadata().getUid())
                            .endMetadata()
                            .withNewTarget()
                            .withApiVersion("v1")
                            .withKind("Node")
                            .withName(name())
                            .endTarget()
                            .build())
                    .create();
        } catch (KubernetesClientException e) {
            // Bound meanwhile, gone meanwhile, or the API is away: the sweep looks again.
            LOG.debug("Pod {} is not bound yet: {}", pod.getMetadata().getName(), e.getMessage());
        }
    }

    private void onClaims() {
        Map<String, PersistentVolumeClaim> present = cache.claims().stream()
                .collect(Collectors.toMap(claim -> claim.getMetadata().getUid(), claim -> claim, (a, b) -> b));
        present.values().forEach(claims::bind);
        knownClaims.forEach((uid, claim) -> {
            if (!present.containsKey(uid)) {
                claims.release(claim);
                knownClaims.remove(uid);
            }
        });
        knownClaims.putAll(present);
    }

    /** Ends every process at once; the API keeps its pods, as after a power cut. Logs and claims stay on disk. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        sweeper.interrupt();
        cache.close();
        workers.values().forEach(PodWorker::vanish);
        try {
            for (PodWorker worker : workers.values()) {
                worker.kill();
            }
            context.events().close();
            context.addresses().close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            LOG.warn("The node's address block is not released: {}", e.toString());
        }
    }
}
