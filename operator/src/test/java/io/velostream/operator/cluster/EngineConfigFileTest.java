package io.velostream.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.velostream.crd.v1alpha1.EngineConfig;
import io.velostream.crd.v1alpha1.ExhaustionPolicy;
import io.velostream.crd.v1alpha1.KubeDuration;
import io.velostream.crd.v1alpha1.MemoryManagement;
import io.velostream.crd.v1alpha1.ProcessingConfig;
import io.velostream.crd.v1alpha1.ResourceLimits;
import io.velostream.crd.v1alpha1.VeloClusterSpec;
import io.velostream.crd.v1alpha1.VeloClusterSpecBuilder;
import org.junit.jupiter.api.Test;

class EngineConfigFileTest {

    private final KubernetesSerialization serialization = new KubernetesSerialization();

    private String render(VeloClusterSpec spec) {
        return EngineConfigFile.render(spec, serialization);
    }

    @Test
    void writesWhatTheSpecSaysInSnakeCase() {
        VeloClusterSpec spec = VeloClusterSpecBuilder.builder()
                .kafka(Clusters.KAFKA)
                .config(new EngineConfig(
                        new ResourceLimits(new Quantity("4Gi"), null, 10_000, null, ExhaustionPolicy.BACK_PRESSURE),
                        new MemoryManagement(70, KubeDuration.of("2m"), null),
                        new ProcessingConfig(1000, 8, null, KubeDuration.of("30s"), KubeDuration.of("250ms"))))
                .build();

        assertThat(render(spec))
                .contains("bootstrap_servers: \"kafka:9092\"")
                .contains("id_prefix: \"velostream.\"")
                .contains("max_total_memory: 4294967296")
                .contains("max_windows_per_key: 10000")
                .contains("exhaustion_policy: \"BACK_PRESSURE\"")
                .contains("gc_threshold: 0.7")
                .contains("cleanup_interval: 120")
                .contains("timeout_ms: 30000")
                .contains("slow_record_threshold_ms: 250")
                .doesNotContain("history_retention")
                .doesNotContain("max_operator_memory")
                .doesNotContain("queue_size");
    }

    @Test
    void leavesToTheEngineWhatTheSpecLeavesOut() {
        VeloClusterSpec spec =
                VeloClusterSpecBuilder.builder().kafka(Clusters.KAFKA).build();

        assertThat(render(spec)).doesNotContain("resource_limits").doesNotContain("processing");
    }

    @Test
    void isTheSameForTheSameSpec() {
        VeloClusterSpec spec =
                VeloClusterSpecBuilder.builder().kafka(Clusters.KAFKA).build();

        assertThat(render(spec)).isEqualTo(render(spec));
    }
}
