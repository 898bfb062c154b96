package io.velostream.local.controllers;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.velostream.local.apiserver.TestPods;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Makes pods ready and lets them end at once, unless told to hold one back; keeps a record of what it saw. */
final class FakeKubelet implements AutoCloseable {
    private final KubernetesClient client;
    private final Set<String> heldBack = ConcurrentHashMap.newKeySet();
    private final List<String> history = new CopyOnWriteArrayList<>();
    private final Thread thread;
    private volatile boolean closed;

    FakeKubelet(KubernetesClient client) {
        this.client = client;
        this.thread = Thread.ofVirtual().name("fake-kubelet").start(this::run);
    }

    /** Pods with this image do not become ready. */
    void holdBack(String image) {
        heldBack.add(image);
    }

    void letGo(String image) {
        heldBack.remove(image);
    }

    /** {@code ready web-0}, {@code ended web-0}, in order. */
    List<String> history(String prefix) {
        return history.stream()
                .filter(line -> line.split(" ")[1].startsWith(prefix))
                .toList();
    }

    private void run() {
        while (!closed) {
            try {
                client.pods().inAnyNamespace().list().getItems().forEach(this::sync);
                Thread.sleep(50);
            } catch (KubernetesClientException e) {
                // A busy machine: the next round looks again.
                history.add("missed round");
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void sync(Pod pod) {
        String name = pod.getMetadata().getName();
        var resource =
                client.pods().inNamespace(pod.getMetadata().getNamespace()).withName(name);
        try {
            if (pod.getSpec().getNodeName() == null) {
                TestPods.bind(client, pod, "fake");
            } else if (pod.getMetadata().getDeletionTimestamp() != null) {
                history.add("ended " + name);
                resource.withGracePeriod(0).delete();
            } else if (!"Running".equals(pod.getStatus().getPhase())
                    && !heldBack.contains(
                            pod.getSpec().getContainers().getFirst().getImage())) {
                history.add("ready " + name);
                resource.subresource("status").patch(PatchContext.of(PatchType.JSON_MERGE), """
                        {"status":{"phase":"Running","conditions":[
                          {"type":"Ready","status":"True","lastTransitionTime":"2026-01-01T00:00:00Z"}]}}""");
            }
        } catch (KubernetesClientException e) {
            // Changed meanwhile: the next round looks again.
            history.add("missed " + name);
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
