package io.velostream.operator.cluster;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.velostream.crd.v1alpha1.VeloCluster;
import io.velostream.operator.resource.ObjectWriter;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the objects of one cluster in line; a second pass over the same writes nothing. */
final class ClusterObjectsWriter {

    private static final Logger LOG = LoggerFactory.getLogger(ClusterObjectsWriter.class);

    private final VeloCluster cluster;
    private final Context<VeloCluster> context;
    private final ObjectWriter writer;

    ClusterObjectsWriter(VeloCluster cluster, Context<VeloCluster> context) {
        this.cluster = cluster;
        this.context = context;
        this.writer = new ObjectWriter(context.getClient(), context.resourceOperations()::resourcePatch);
    }

    /** Everything that the pods need before they start. */
    void writeSurroundings(Map<String, String> configFiles) {
        write(ClusterObjects.serviceAccount(cluster), ServiceAccount.class);
        write(ClusterObjects.config(cluster, configFiles), ConfigMap.class);
        write(ClusterObjects.headlessService(cluster), Service.class);
        write(ClusterObjects.clientService(cluster), Service.class);
        write(ClusterObjects.disruptionBudget(cluster), PodDisruptionBudget.class);
    }

    /** The files of the configuration's ConfigMap as the cache has them. */
    Map<String, String> configFiles() {
        return known(ClusterNames.config(cluster.getMetadata().getName()), ConfigMap.class)
                .map(ConfigMap::getData)
                .orElse(Map.of());
    }

    /** The StatefulSet as the cache has it. */
    Optional<StatefulSet> statefulSet() {
        return known(cluster.getMetadata().getName(), StatefulSet.class);
    }

    /** The StatefulSet; where its claims shall grow it is made anew around its pods, for its claim template cannot be changed. */
    void writeStatefulSet(PodTemplateSpec template, String templateHash, StatefulSetShape shape) {
        Optional<StatefulSet> existing = statefulSet();
        if (existing.isPresent() && claimsMustGrow(existing.get())) {
            growClaims(existing.get());
            return;
        }
        writer.apply(StatefulSets.desired(cluster, template, templateHash, shape), existing, cluster);
    }

    private boolean claimsMustGrow(StatefulSet existing) {
        return existing.getSpec().getVolumeClaimTemplates().stream()
                .filter(claim -> claim.getMetadata().getName().equals(ClusterNames.STATE_CLAIM))
                .map(claim -> claim.getSpec().getResources().getRequests().get("storage"))
                .anyMatch(size ->
                        bytes(size).compareTo(bytes(cluster.getSpec().storage().size())) < 0);
    }

    private static java.math.BigDecimal bytes(Quantity quantity) {
        return Quantity.getAmountInBytes(quantity);
    }

    private void growClaims(StatefulSet existing) {
        KubernetesClient client = context.getClient();
        String namespace = cluster.getMetadata().getNamespace();
        String size = cluster.getSpec().storage().size().toString();
        int replicas = Optional.ofNullable(existing.getSpec().getReplicas()).orElse(0);
        LOG.info(
                "The claims of cluster {}/{} grow to {}",
                namespace,
                cluster.getMetadata().getName(),
                size);
        IntStream.range(0, replicas)
                .mapToObj(i -> ClusterNames.STATE_CLAIM + "-"
                        + ClusterNames.pod(cluster.getMetadata().getName(), i))
                .map(name ->
                        client.persistentVolumeClaims().inNamespace(namespace).withName(name))
                .filter(claim -> claim.get() != null)
                .forEach(claim -> claim.patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"spec\":{\"resources\":{\"requests\":{\"storage\":\"" + size + "\"}}}}"));
        client.resource(existing)
                .withPropagationPolicy(io.fabric8.kubernetes.api.model.DeletionPropagation.ORPHAN)
                .delete();
    }

    private <R extends HasMetadata> void write(R wanted, Class<R> type) {
        writer.apply(wanted, known(wanted.getMetadata().getName(), type), cluster);
    }

    private <R extends HasMetadata> Optional<R> known(String name, Class<R> type) {
        return context.getSecondaryResourcesAsStream(type)
                .filter(object -> object.getMetadata().getName().equals(name))
                .findFirst();
    }
}
