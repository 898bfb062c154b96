package io.velostream.operator.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.fabric8.kubernetes.api.model.apps.ControllerRevisionBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.velostream.crd.v1alpha1.VeloCluster;
import io.velostream.operator.resource.Ownership;
import java.net.HttpURLConnection;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;

/**
 * The configurations that every pod got ready with, one ControllerRevision each, the last ten of a cluster. They outlive a lost
 * ConfigMap.
 */
final class ConfigRevisions {

    /** Which cluster a revision is of. No pod's label, lest the StatefulSet's controller takes it for one of its own. */
    private static final String LABEL = "velostream.io/config-of";

    private static final int KEPT = 10;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final KubernetesClient client;

    ConfigRevisions(KubernetesClient client) {
        this.client = client;
    }

    /** Keeps a configuration, and lets the oldest go. */
    void keep(VeloCluster cluster, String hash, String yaml) {
        try {
            ControllerRevision revision = new ControllerRevisionBuilder()
                    .withNewMetadata()
                    .withNamespace(cluster.getMetadata().getNamespace())
                    .withName(name(cluster, hash))
                    .withLabels(Map.of(
                            LABEL,
                            cluster.getMetadata().getName(),
                            "app.kubernetes.io/managed-by",
                            "velostream-operator"))
                    .withOwnerReferences(Ownership.referenceTo(cluster))
                    .endMetadata()
                    .withRevision(cluster.getMetadata().getGeneration())
                    .withData(MAPPER.createObjectNode().put(EngineConfigFile.KEY, yaml))
                    .build();
            client.resource(revision).create();
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                throw e;
            }
        }
        client
                .apps()
                .controllerRevisions()
                .inNamespace(cluster.getMetadata().getNamespace())
                .withLabel(LABEL, cluster.getMetadata().getName())
                .list()
                .getItems()
                .stream()
                .filter(revision -> Ownership.isOwnedBy(revision, cluster))
                .sorted(Comparator.comparing(ControllerRevision::getRevision).reversed())
                .skip(KEPT)
                .forEach(revision -> client.resource(revision).delete());
    }

    /** The text of a configuration that was kept. */
    Optional<String> find(VeloCluster cluster, String hash) {
        return Optional.ofNullable(client.apps()
                        .controllerRevisions()
                        .inNamespace(cluster.getMetadata().getNamespace())
                        .withName(name(cluster, hash))
                        .get())
                .filter(revision -> Ownership.isOwnedBy(revision, cluster))
                .map(ControllerRevision::getData)
                .map(data -> MAPPER.<JsonNode>valueToTree(data).path(EngineConfigFile.KEY))
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText);
    }

    private static String name(VeloCluster cluster, String hash) {
        return cluster.getMetadata().getName() + "-config-" + hash;
    }
}
