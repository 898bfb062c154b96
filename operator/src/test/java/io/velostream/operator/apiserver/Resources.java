package io.velostream.operator.apiserver;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.velostream.crd.v1alpha1.ClusterRef;
import io.velostream.crd.v1alpha1.VeloCluster;
import io.velostream.crd.v1alpha1.VeloClusterSpecBuilder;
import io.velostream.crd.v1alpha1.VeloStreamJob;
import io.velostream.crd.v1alpha1.VeloStreamJobSpecBuilder;
import io.velostream.operator.cluster.Clusters;
import java.util.List;
import java.util.Objects;

/** Makes, changes and looks at the two resources in a namespace. */
public final class Resources {

    public static final String GOOD_SQL = """
            CREATE STREAM orders (id STRING, amount DOUBLE) WITH (topic = 'orders', format = 'json');
            CREATE STREAM big WITH (topic = 'big', format = 'json') AS SELECT id, amount FROM orders WHERE amount > 100;
            """;

    private final KubernetesClient client;
    private final String namespace;

    public Resources(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    public VeloClusterSpecBuilder clusterSpec(int replicas) {
        return VeloClusterSpecBuilder.builder().kafka(Clusters.KAFKA).replicas(replicas);
    }

    public void create(VeloClusterSpecBuilder spec) {
        client.resource(VeloCluster.of(namespace, "primary", spec.build())).create();
    }

    public void createJob(String name, String sql) {
        createJob(
                name,
                VeloStreamJobSpecBuilder.builder()
                        .clusterRef(new ClusterRef("primary"))
                        .sql(sql));
    }

    public void createJob(String name, VeloStreamJobSpecBuilder spec) {
        client.resource(VeloStreamJob.of(namespace, name, spec.build())).create();
    }

    public VeloCluster cluster() {
        return Objects.requireNonNull(client.resources(VeloCluster.class)
                .inNamespace(namespace)
                .withName("primary")
                .get());
    }

    public VeloStreamJob job(String name) {
        return Objects.requireNonNull(client.resources(VeloStreamJob.class)
                .inNamespace(namespace)
                .withName(name)
                .get());
    }

    public void patchCluster(String spec) {
        client.resources(VeloCluster.class)
                .inNamespace(namespace)
                .withName("primary")
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":" + spec.replace('\'', '"') + "}");
    }

    public void patchJob(String name, String spec) {
        client.resources(VeloStreamJob.class)
                .inNamespace(namespace)
                .withName(name)
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":" + spec.replace('\'', '"') + "}");
    }

    /** {@code status/reason} of a cluster's condition about its newest spec, such as {@code True/Running}. */
    public String clusterCondition(String type) {
        VeloCluster cluster = cluster();
        return cluster.getStatus() == null
                ? ""
                : condition(
                        cluster.getStatus().conditions(),
                        type,
                        cluster.getMetadata().getGeneration());
    }

    public String jobCondition(String name, String type) {
        VeloStreamJob job = job(name);
        return job.getStatus() == null
                ? ""
                : condition(
                        job.getStatus().conditions(), type, job.getMetadata().getGeneration());
    }

    public String jobMessage(String name, String type) {
        return job(name).getStatus().conditions().stream()
                .filter(condition -> type.equals(condition.getType()))
                .map(Condition::getMessage)
                .findFirst()
                .orElse("");
    }

    private static String condition(List<Condition> conditions, String type, Long generation) {
        return conditions.stream()
                .filter(condition -> type.equals(condition.getType()))
                .filter(condition -> generation.equals(condition.getObservedGeneration()))
                .map(condition -> condition.getStatus() + "/" + condition.getReason())
                .findFirst()
                .orElse("");
    }
}
