package io.velostream.operator.job;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.fabric8.kubernetes.api.model.apps.ControllerRevisionBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.velostream.crd.v1alpha1.VeloStreamJob;
import io.velostream.operator.engine.EngineJobDocument;
import io.velostream.operator.engine.EngineJobDocument.DesiredState;
import io.velostream.operator.engine.EngineJson;
import io.velostream.operator.resource.ObjectHash;
import io.velostream.operator.resource.Ownership;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The documents that ran well, one ControllerRevision each, the last ten of a job. They outlive a lost ConfigMap: a job whose newest
 * SQL is bad goes on with the last of them.
 */
final class JobRevisions {

    /** Which job an object belongs to. */
    static final String JOB_LABEL = "velostream.io/job";

    private static final int KEPT = 10;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final KubernetesClient client;

    JobRevisions(KubernetesClient client) {
        this.client = client;
    }

    /**
     * The name that the revision of a document has: where and in what state it runs, and by which change of the resource it came,
     * makes no difference.
     */
    static String name(VeloStreamJob job, EngineJobDocument document) {
        try {
            ObjectNode content = (ObjectNode) MAPPER.readTree(EngineJson.write(content(document)));
            content.remove("generation");
            return job.getMetadata().getName() + "-" + ObjectHash.of(content.toString());
        } catch (IOException e) {
            throw new IllegalStateException("a document that was just written as JSON cannot be read", e);
        }
    }

    /** Keeps a document that runs well, and lets the oldest go. */
    void keep(VeloStreamJob job, EngineJobDocument document) {
        String namespace = job.getMetadata().getNamespace();
        try {
            ControllerRevision revision = new ControllerRevisionBuilder()
                    .withNewMetadata()
                    .withNamespace(namespace)
                    .withName(name(job, document))
                    .withLabels(Map.of(
                            JOB_LABEL,
                            job.getMetadata().getName(),
                            "app.kubernetes.io/managed-by",
                            "velostream-operator"))
                    .withOwnerReferences(Ownership.referenceTo(job))
                    .endMetadata()
                    .withRevision(document.generation())
                    .withData(MAPPER.readTree(EngineJson.write(content(document))))
                    .build();
            client.resource(revision).create();
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                throw e;
            }
        } catch (IOException e) {
            throw new IllegalStateException("a document that was just written as JSON cannot be read", e);
        }
        prune(job);
    }

    /** The document of a revision. */
    Optional<EngineJobDocument> find(String namespace, String name) {
        return Optional.ofNullable(client.apps()
                        .controllerRevisions()
                        .inNamespace(namespace)
                        .withName(name)
                        .get())
                .map(ControllerRevision::getData)
                .flatMap(data -> {
                    try {
                        return EngineJson.readDocument(MAPPER.writeValueAsBytes(data));
                    } catch (IOException e) {
                        return Optional.empty();
                    }
                });
    }

    private void prune(VeloStreamJob job) {
        List<ControllerRevision> revisions = client.apps()
                .controllerRevisions()
                .inNamespace(job.getMetadata().getNamespace())
                .withLabel(JOB_LABEL, job.getMetadata().getName())
                .list()
                .getItems();
        revisions.stream()
                .filter(revision -> Ownership.isOwnedBy(revision, job))
                .sorted(Comparator.comparing(ControllerRevision::getRevision).reversed())
                .skip(KEPT)
                .forEach(revision -> client.resource(revision).delete());
    }

    private static EngineJobDocument content(EngineJobDocument document) {
        return document.withSequence(0).withPlacement(DesiredState.RUNNING, 1, List.of());
    }
}
