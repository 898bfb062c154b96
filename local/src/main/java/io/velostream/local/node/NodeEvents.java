package io.velostream.local.node;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Records what happens to pods as Kubernetes Events; losing one is no harm, so nothing waits for them. */
final class NodeEvents implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NodeEvents.class);
    private static final Duration QUIET = Duration.ofMinutes(1);
    private static final int REMEMBERED = 2000;

    private final KubernetesClient client;
    private final String node;
    private final Clock clock;
    private final Map<String, Instant> recent = new ConcurrentHashMap<>();
    private final ExecutorService sender = Executors.newSingleThreadExecutor(
            Thread.ofVirtual().name("node-events").factory());

    NodeEvents(KubernetesClient client, String node, Clock clock) {
        this.client = client;
        this.node = node;
        this.clock = clock;
    }

    /** The same event of the same pod is written at most once a minute. */
    void record(PodIdentity pod, String type, String reason, String message) {
        Instant now = clock.instant();
        String key = pod.uid() + reason + message;
        Instant before = recent.get(key);
        if (before != null && Duration.between(before, now).compareTo(QUIET) < 0) {
            return;
        }
        if (recent.size() > REMEMBERED) {
            recent.clear();
        }
        recent.put(key, now);
        try {
            sender.execute(() -> send(pod, event(pod, type, reason, message, now)));
        } catch (RejectedExecutionException closed) {
            LOG.debug("Event {} of {} is dropped, the node is closed", reason, pod);
        }
    }

    private void send(PodIdentity pod, Event event) {
        try {
            client.v1().events().inNamespace(pod.namespace()).resource(event).create();
        } catch (KubernetesClientException e) {
            LOG.debug("Event {} of {} is lost: {}", event.getReason(), pod, e.getMessage());
        }
    }

    private Event event(PodIdentity pod, String type, String reason, String message, Instant now) {
        String time = PodStatuses.time(now);
        return new EventBuilder()
                .withNewMetadata()
                .withNamespace(pod.namespace())
                .withName(pod.name() + "." + UUID.randomUUID().toString().substring(0, 13))
                .endMetadata()
                .withNewInvolvedObject()
                .withApiVersion("v1")
                .withKind("Pod")
                .withNamespace(pod.namespace())
                .withName(pod.name())
                .withUid(pod.uid())
                .endInvolvedObject()
                .withType(type)
                .withReason(reason)
                .withMessage(message.length() > 1000 ? message.substring(0, 1000) : message)
                .withFirstTimestamp(time)
                .withLastTimestamp(time)
                .withCount(1)
                .withNewSource("kubelet", node)
                .withReportingComponent("kubelet")
                .withReportingInstance(node)
                .build();
    }

    @Override
    public void close() {
        sender.shutdownNow();
    }
}
