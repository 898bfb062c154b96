package io.velostream.operator.apiserver;

import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.api.model.PodIPBuilder;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.velostream.local.apiserver.ApiServerChoice;
import io.velostream.local.apiserver.KubernetesBinaries;
import io.velostream.local.apiserver.LocalApiServer;
import io.velostream.local.controllers.ClusterControllers;
import io.velostream.local.controllers.ControllerChoice;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Assumptions;

/**
 * A real API server with the CRDs, StatefulSet controllers, and a kubelet that only says that pods run: each is ready at once on
 * 127.0.0.1 unless the test asks otherwise. Skipped, with the reason, where the binaries are missing.
 */
public final class TestCluster implements AutoCloseable {

    private final LocalApiServer server;
    private final Path directory;
    private ClusterControllers controllers;
    private Optional<BlockedController> blocked = Optional.empty();
    private final SharedIndexInformer<Pod> kubelet;
    private final Set<String> notReady = ConcurrentHashMap.newKeySet();

    private final Function<Pod, String> address;

    private TestCluster(
            LocalApiServer server, Path directory, Function<Pod, String> address, Consumer<String> onPodGone) {
        this.server = server;
        this.directory = directory;
        this.controllers = startControllers();
        this.address = address;
        this.kubelet = server.client().pods().inAnyNamespace().inform(new ResourceEventHandler<>() {
            @Override
            public void onAdd(Pod pod) {
                run(pod);
            }

            @Override
            public void onUpdate(Pod before, Pod pod) {
                run(pod);
            }

            @Override
            public void onDelete(Pod pod, boolean unknown) {
                onPodGone.accept(pod.getMetadata().getName());
            }
        });
    }

    public static TestCluster start(Path directory) {
        return start(directory, pod -> "127.0.0.1", pod -> {});
    }

    /**
     * @param address the IP that a pod gets
     * @param onPodGone is told the name of each pod whose process ended
     */
    public static TestCluster start(Path directory, Function<Pod, String> address, Consumer<String> onPodGone) {
        Assumptions.assumeTrue(KubernetesBinaries.find().isPresent(), KubernetesBinaries.HOW_TO_GET);
        LocalApiServer server = LocalApiServer.start(ApiServerChoice.REAL, directory.resolve("api"));
        Path crds = Path.of(System.getProperty("velostream.root", ".."), "crds");
        server.applyCrds(
                crds.resolve("veloclusters.velostream.io-v1.yml"), crds.resolve("velostreamjobs.velostream.io-v1.yml"));
        return new TestCluster(server, directory, address, onPodGone);
    }

    private ClusterControllers startControllers() {
        return ClusterControllers.start(ControllerChoice.AUTO, server, directory.resolve("controllers"));
    }

    public KubernetesClient client() {
        return server.client();
    }

    /** Where the API server listens. */
    public String url() {
        return server.url();
    }

    public Path kubeconfig() {
        return server.kubeconfig();
    }

    /** A client of its own whose writes are counted. */
    KubernetesClient countingClient(WriteCounter counter) {
        return new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(server.kubeconfig().toFile()))
                .withHttpClientBuilderConsumer(builder -> builder.addOrReplaceInterceptor("writes", counter))
                .build();
    }

    /** Pods of this name do not become ready from now on. */
    public void holdBack(String pod) {
        notReady.add(pod);
    }

    /** Pods of this name become ready. */
    public void letRun(String namespace, String pod) {
        notReady.remove(pod);
        Pod found = client().pods().inNamespace(namespace).withName(pod).get();
        if (found != null) {
            run(found);
        }
    }

    /**
     * From now on the StatefulSet's controller sees its spec, but replaces no pod, as it does behind a pod that cannot start.
     *
     * @param revision of the template that will be written
     */
    public void blockController(String namespace, String statefulSet, String revision) {
        controllers.close();
        blocked = Optional.of(BlockedController.start(client(), namespace, statefulSet, revision));
    }

    /** The controllers work again. */
    public void unblockController() {
        if (blocked.isPresent()) {
            blocked.get().close();
            blocked = Optional.empty();
            controllers = startControllers();
        }
    }

    @Override
    public void close() {
        kubelet.stop();
        blocked.ifPresent(BlockedController::close);
        controllers.close();
        server.close();
    }

    private void run(Pod pod) {
        boolean ready = !notReady.contains(pod.getMetadata().getName());
        if (pod.getMetadata().getDeletionTimestamp() != null || says(pod, ready)) {
            return;
        }
        String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
        Pod update = new io.fabric8.kubernetes.api.model.PodBuilder(pod)
                .withStatus(new PodStatusBuilder()
                        .withPhase(ready ? "Running" : "Pending")
                        .withPodIP(address.apply(pod))
                        .withPodIPs(
                                new PodIPBuilder().withIp(address.apply(pod)).build())
                        .withConditions(new PodConditionBuilder()
                                .withType("Ready")
                                .withStatus(ready ? "True" : "False")
                                .withLastTransitionTime(now)
                                .build())
                        .withContainerStatuses(containerStatus(ready, now))
                        .build())
                .build();
        try {
            client().pods()
                    .inNamespace(pod.getMetadata().getNamespace())
                    .resource(update)
                    .updateStatus();
        } catch (KubernetesClientException e) {
            // Another version is on its way and will be run then.
        }
    }

    private static io.fabric8.kubernetes.api.model.ContainerStatus containerStatus(boolean ready, String now) {
        ContainerStatusBuilder status = new ContainerStatusBuilder()
                .withName("engine")
                .withImage("test")
                .withImageID("test")
                .withReady(ready)
                .withRestartCount(0);
        return ready
                ? status.withNewState()
                        .withNewRunning()
                        .withStartedAt(now)
                        .endRunning()
                        .endState()
                        .build()
                : status.withNewState()
                        .withNewWaiting()
                        .withReason("ErrImagePull")
                        .withMessage("no such image")
                        .endWaiting()
                        .endState()
                        .build();
    }

    private static boolean says(Pod pod, boolean ready) {
        return pod.getStatus() != null
                && pod.getStatus().getConditions() != null
                && pod.getStatus().getConditions().stream()
                        .anyMatch(condition -> "Ready".equals(condition.getType())
                                && condition.getStatus().equals(ready ? "True" : "False"));
    }
}
