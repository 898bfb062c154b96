package io.velostream.local.controllers;

import io.fabric8.kubernetes.api.model.DeleteOptions;
import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.velostream.local.controllers.ApiKinds.ApiKind;
import io.velostream.local.controllers.ObjectGraph.Node;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes what belonged to objects that are gone, and finishes foreground and orphaning deletions, by the rules of Kubernetes'
 * garbage collector: an object goes when all its owners are gone; an owner in foreground deletion waits for the dependents that
 * block it.
 */
final class GarbageCollector implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GarbageCollector.class);
    private static final String FOREGROUND = "foregroundDeletion";
    private static final String ORPHAN = "orphan";
    private static final String CLAIM_PROTECTION = "kubernetes.io/pvc-protection";
    private static final Duration DISCOVERY_PERIOD = Duration.ofSeconds(2);
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;

    private final KubernetesClient client;
    private final Clock clock;
    private final ObjectGraph graph;
    private Instant nextDiscovery = Instant.MIN;

    GarbageCollector(KubernetesClient client, Clock clock, Runnable onChange) {
        this.client = client;
        this.clock = clock;
        this.graph = new ObjectGraph(client, onChange);
    }

    /** One pass over all objects; the error of one does not keep the others waiting. */
    void collect() {
        if (clock.instant().isAfter(nextDiscovery)) {
            graph.refreshKinds();
            nextDiscovery = clock.instant().plus(DISCOVERY_PERIOD);
        }
        Map<String, Node> nodes = graph.nodes();
        KubernetesClientException failure = null;
        for (Node node : nodes.values()) {
            try {
                collect(node, nodes);
            } catch (KubernetesClientException e) {
                LOG.debug(
                        "{} is looked at again: {}", node.object().getMetadata().getName(), e.getMessage());
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private void collect(Node node, Map<String, Node> nodes) {
        List<String> finalizers = node.object().getMetadata().getFinalizers();
        boolean deleting = node.object().getMetadata().getDeletionTimestamp() != null;
        if (deleting && finalizers.contains(ORPHAN)) {
            orphanDependents(node, nodes);
        } else if (deleting && finalizers.contains(FOREGROUND)) {
            deleteDependents(node, nodes);
        } else if (deleting && finalizers.contains(CLAIM_PROTECTION)) {
            releaseClaim(node);
        } else if (!deleting) {
            collectIfAbandoned(node, nodes);
        }
    }

    private void collectIfAbandoned(Node node, Map<String, Node> nodes) {
        List<OwnerReference> owners = node.object().getMetadata().getOwnerReferences();
        if (owners.isEmpty() || owners.stream().anyMatch(owner -> !isGone(owner, node, nodes))) {
            return;
        }
        delete(node, "Background");
    }

    /** What is not in the graph may only be new, so the API is asked before anything is deleted. */
    private boolean isGone(OwnerReference owner, Node dependent, Map<String, Node> nodes) {
        if (nodes.containsKey(owner.getUid())) {
            return false;
        }
        Optional<ApiKind> kind = graph.kinds().find(owner.getApiVersion(), owner.getKind());
        if (kind.isEmpty()) {
            return false;
        }
        return current(kind.get(), dependent.object().getMetadata().getNamespace(), owner.getName())
                .filter(live -> live.getMetadata().getUid().equals(owner.getUid()))
                .isEmpty();
    }

    private void deleteDependents(Node owner, Map<String, Node> nodes) {
        boolean blocked = false;
        for (Node dependent : dependents(owner, nodes)) {
            boolean blocks = reference(dependent, owner)
                    .map(OwnerReference::getBlockOwnerDeletion)
                    .orElse(false);
            blocked |= blocks;
            if (dependent.object().getMetadata().getDeletionTimestamp() == null) {
                delete(dependent, blocks ? "Foreground" : "Background");
            }
        }
        if (!blocked && !ownsPods(owner)) {
            removeFinalizer(owner, FOREGROUND);
        }
    }

    /** The graph may lag behind a pod that was made a moment ago, so the API is asked before the owner goes. */
    private boolean ownsPods(Node owner) {
        String namespace = owner.object().getMetadata().getNamespace();
        return namespace != null
                && client.pods().inNamespace(namespace).list().getItems().stream()
                        .flatMap(pod -> pod.getMetadata().getOwnerReferences().stream())
                        .anyMatch(reference -> reference.getUid().equals(owner.uid())
                                && Boolean.TRUE.equals(reference.getBlockOwnerDeletion()));
    }

    /** The owner goes only when every dependent has let go of it, or they would be collected. */
    private void orphanDependents(Node owner, Map<String, Node> nodes) {
        boolean all = true;
        for (Node dependent : dependents(owner, nodes)) {
            List<OwnerReference> rest = dependent.object().getMetadata().getOwnerReferences().stream()
                    .filter(reference -> !reference.getUid().equals(owner.uid()))
                    .toList();
            all &= edit(dependent, metadata -> metadata.setOwnerReferences(rest));
        }
        if (all) {
            removeFinalizer(owner, ORPHAN);
        }
    }

    /** A claim stays as long as a pod uses it. */
    private void releaseClaim(Node claim) {
        ObjectMeta metadata = claim.object().getMetadata();
        boolean used = client.pods().inNamespace(metadata.getNamespace()).list().getItems().stream()
                .flatMap(pod -> Optional.ofNullable(pod.getSpec().getVolumes()).orElse(List.of()).stream())
                .anyMatch(volume -> volume.getPersistentVolumeClaim() != null
                        && volume.getPersistentVolumeClaim().getClaimName().equals(metadata.getName()));
        if (!used) {
            removeFinalizer(claim, CLAIM_PROTECTION);
        }
    }

    private static List<Node> dependents(Node owner, Map<String, Node> nodes) {
        return nodes.values().stream()
                .filter(node -> reference(node, owner).isPresent())
                .toList();
    }

    private static Optional<OwnerReference> reference(Node dependent, Node owner) {
        return dependent.object().getMetadata().getOwnerReferences().stream()
                .filter(reference -> reference.getUid().equals(owner.uid()))
                .findFirst();
    }

    private void removeFinalizer(Node node, String finalizer) {
        List<String> rest = new ArrayList<>(node.object().getMetadata().getFinalizers());
        rest.remove(finalizer);
        edit(node, metadata -> metadata.setFinalizers(rest));
    }

    private interface MetadataEdit {
        void apply(ObjectMeta metadata);
    }

    /** Only that very version: what changed meanwhile is looked at again in the next pass, and the answer is false. */
    private boolean edit(Node node, MetadataEdit change) {
        GenericKubernetesResource copy = client.getKubernetesSerialization().clone(node.object());
        change.apply(copy.getMetadata());
        var all = client.genericKubernetesResources(node.kind().context());
        try {
            if (node.kind().context().isNamespaceScoped()) {
                all.inNamespace(copy.getMetadata().getNamespace())
                        .resource(copy)
                        .update();
            } else {
                all.resource(copy).update();
            }
            return true;
        } catch (KubernetesClientException e) {
            if (e.getCode() != NOT_FOUND && e.getCode() != CONFLICT) {
                throw e;
            }
            return e.getCode() == NOT_FOUND;
        }
    }

    private void delete(Node node, String propagation) {
        ObjectMeta metadata = node.object().getMetadata();
        DeleteOptions options = new DeleteOptionsBuilder()
                .withPropagationPolicy(propagation)
                .withNewPreconditions(null, metadata.getUid())
                .build();
        try {
            client.raw(node.kind().path(metadata.getNamespace(), metadata.getName()), "DELETE", options);
        } catch (KubernetesClientException e) {
            if (e.getCode() != NOT_FOUND && e.getCode() != CONFLICT) {
                throw e;
            }
        }
    }

    private Optional<GenericKubernetesResource> current(ApiKind kind, String namespace, String name) {
        var all = client.genericKubernetesResources(kind.context());
        return Optional.ofNullable(
                kind.context().isNamespaceScoped()
                        ? all.inNamespace(namespace).withName(name).get()
                        : all.withName(name).get());
    }

    @Override
    public void close() {
        graph.close();
    }
}
