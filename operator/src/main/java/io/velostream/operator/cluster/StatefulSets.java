package io.velostream.operator.cluster;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.velostream.crd.v1alpha1.Storage;
import io.velostream.crd.v1alpha1.VeloCluster;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The StatefulSet of a cluster as it should be. */
final class StatefulSets {

    private static final int REVISIONS_KEPT = 10;

    private StatefulSets() {}

    static StatefulSet desired(
            VeloCluster cluster, PodTemplateSpec template, String templateHash, StatefulSetShape shape) {
        String name = cluster.getMetadata().getName();
        return new StatefulSetBuilder()
                .withMetadata(metadata(cluster, templateHash, shape))
                .withNewSpec()
                .withServiceName(ClusterNames.headlessService(name))
                .withPodManagementPolicy("Parallel")
                .withRevisionHistoryLimit(REVISIONS_KEPT)
                .withReplicas(shape.replicas())
                .withNewSelector()
                .withMatchLabels(ClusterNames.podSelector(name))
                .endSelector()
                .withNewUpdateStrategy()
                .withType("RollingUpdate")
                .withNewRollingUpdate()
                .withPartition(shape.partition())
                .endRollingUpdate()
                .endUpdateStrategy()
                .withNewPersistentVolumeClaimRetentionPolicy()
                .withWhenDeleted(cluster.getSpec().storage().whenDeleted().value())
                .withWhenScaled(cluster.getSpec().storage().whenScaled().value())
                .endPersistentVolumeClaimRetentionPolicy()
                .withTemplate(template)
                .withVolumeClaimTemplates(claim(cluster.getSpec().storage()))
                .endSpec()
                .build();
    }

    private static ObjectMeta metadata(VeloCluster cluster, String templateHash, StatefulSetShape shape) {
        ObjectMeta metadata =
                ClusterObjects.metadata(cluster, cluster.getMetadata().getName());
        Map<String, String> annotations = new TreeMap<>();
        annotations.put(ClusterNames.TEMPLATE_HASH, templateHash);
        annotations.put(ClusterNames.SERVING_REPLICAS, Integer.toString(shape.servingReplicas()));
        annotations.put(
                ClusterNames.DRAINING_ORDINALS,
                shape.drainingOrdinals().stream().map(String::valueOf).collect(Collectors.joining(",")));
        metadata.setAnnotations(annotations);
        return metadata;
    }

    private static PersistentVolumeClaim claim(Storage storage) {
        return new PersistentVolumeClaimBuilder()
                .withNewMetadata()
                .withName(ClusterNames.STATE_CLAIM)
                .endMetadata()
                .withNewSpec()
                .withAccessModes("ReadWriteOnce")
                .withVolumeMode("Filesystem")
                .withStorageClassName(storage.storageClassName())
                .withNewResources()
                .withRequests(Map.of("storage", storage.size()))
                .endResources()
                .endSpec()
                .build();
    }
}
