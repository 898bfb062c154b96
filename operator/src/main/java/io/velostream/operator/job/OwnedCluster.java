package io.velostream.operator.job;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.velostream.crd.v1alpha1.VeloCluster;
import io.velostream.crd.v1alpha1.VeloClusterSpec;
import io.velostream.crd.v1alpha1.VeloClusterSpecBuilder;
import io.velostream.crd.v1alpha1.VeloStreamJob;
import io.velostream.operator.resource.ObjectWriter;
import io.velostream.operator.resource.Ownership;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The VeloCluster of a job that asks for pods of its own. Everything in it follows {@code spec.cluster} but {@code replicas} after
 * creation: that is scaled on the VeloCluster itself.
 */
final class OwnedCluster {

    private OwnedCluster() {}

    /** The cluster as it should be. */
    static VeloCluster desired(VeloStreamJob job, VeloClusterSpec wanted, Optional<VeloCluster> existing) {
        VeloClusterSpec spec = existing.map(VeloCluster::getSpec)
                .map(current -> VeloClusterSpecBuilder.builder(wanted)
                        .replicas(current.replicas())
                        .build())
                .orElse(wanted);
        VeloCluster cluster = new VeloCluster();
        cluster.setMetadata(new ObjectMetaBuilder()
                .withNamespace(job.getMetadata().getNamespace())
                .withName(job.getMetadata().getName())
                .withLabels(new TreeMap<>(Map.of(
                        JobRevisions.JOB_LABEL,
                        job.getMetadata().getName(),
                        "app.kubernetes.io/managed-by",
                        "velostream-operator")))
                .withOwnerReferences(Ownership.referenceTo(job))
                .build());
        cluster.setSpec(spec);
        return cluster;
    }

    /** Brings the job's own cluster in line and gives it back. */
    static VeloCluster apply(
            VeloStreamJob job, VeloClusterSpec wanted, Optional<VeloCluster> known, ObjectWriter writer) {
        return writer.apply(desired(job, wanted, known), known, job);
    }
}
