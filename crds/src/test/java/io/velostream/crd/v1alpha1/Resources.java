package io.velostream.crd.v1alpha1;

import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Map;

/** Resources that the tests change one thing of. */
final class Resources {

    private Resources() {}

    static KafkaSettings kafka() {
        return KafkaSettingsBuilder.builder().bootstrapServers("kafka:9092").build();
    }

    static VeloClusterSpecBuilder clusterSpec() {
        return VeloClusterSpecBuilder.builder().kafka(kafka());
    }

    static VeloCluster cluster(String name) {
        return VeloCluster.of("default", name, clusterSpec().build());
    }

    static VeloStreamJobSpecBuilder jobSpec() {
        return VeloStreamJobSpecBuilder.builder()
                .clusterRef(new ClusterRef("primary"))
                .sql("CREATE STREAM a AS SELECT * FROM b;");
    }

    static VeloStreamJob job(String name) {
        return VeloStreamJob.of("default", name, jobSpec().build());
    }

    static ContainerResources memoryLimit(String limit) {
        return ContainerResourcesBuilder.builder()
                .limits(Map.of("memory", new Quantity(limit)))
                .build();
    }
}
