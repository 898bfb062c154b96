package io.velostream.cli.kubectl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Quantity;
import io.velostream.crd.v1alpha1.ContainerResources;
import io.velostream.crd.v1alpha1.EngineConfig;
import io.velostream.crd.v1alpha1.KafkaSettingsBuilder;
import io.velostream.crd.v1alpha1.ResourceLimits;
import io.velostream.crd.v1alpha1.VeloClusterSpec;
import io.velostream.crd.v1alpha1.VeloClusterSpecBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResourcesCommandTest {

    private static final VeloClusterSpec SPEC = VeloClusterSpecBuilder.builder()
            .kafka(KafkaSettingsBuilder.builder().bootstrapServers("kafka:9092").build())
            .config(new EngineConfig(
                    new ResourceLimits(new Quantity("1Gi"), new Quantity("256Mi"), null, null, null), null, null))
            .resources(new ContainerResources(
                    Map.of("cpu", new Quantity("1"), "memory", new Quantity("2Gi")),
                    Map.of("memory", new Quantity("2Gi"))))
            .build();

    @Test
    void computesAbsoluteLimits() {
        assertThat(ResourcesCommand.change(SPEC, 20, false))
                .isEqualTo(Map.of(
                        "config",
                        Map.of("resourceLimits", Map.of("maxTotalMemory", "1228Mi", "maxOperatorMemory", "307Mi"))));
    }

    @Test
    void takesThePodsAlongWhereAskedTo() {
        assertThat(ResourcesCommand.change(SPEC, -50, true))
                .containsEntry(
                        "resources",
                        Map.of("requests", Map.of("memory", "1024Mi"), "limits", Map.of("memory", "1024Mi")));
    }

    @Test
    void saysWhatToDoWhereThereIsNothingToStartFrom() {
        VeloClusterSpec bare = VeloClusterSpecBuilder.builder()
                .kafka(KafkaSettingsBuilder.builder()
                        .bootstrapServers("kafka:9092")
                        .build())
                .build();

        assertThatThrownBy(() -> ResourcesCommand.change(bare, 20, false)).hasMessageContaining("maxTotalMemory");
    }

    @Test
    void keepsSmallAmountsExact() {
        assertThat(ResourcesCommand.scaled(new Quantity("1000"), 50)).isEqualTo("1500");
    }
}
