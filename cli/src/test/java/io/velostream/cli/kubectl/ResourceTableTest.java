package io.velostream.cli.kubectl;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.velostream.crd.v1alpha1.VelostreamCrds;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResourceTableTest {

    private final ResourceTable table =
            new ResourceTable(Clock.fixed(Instant.parse("2026-01-01T00:01:30Z"), ZoneOffset.UTC));

    @Test
    void printsTheColumnsOfTheDefinition() {
        CustomResourceDefinition jobs = VelostreamCrds.load().get(1);
        GenericKubernetesResource job = new GenericKubernetesResourceBuilder()
                .withNewMetadata()
                .withName("orders")
                .withCreationTimestamp("2026-01-01T00:00:00Z")
                .endMetadata()
                .addToAdditionalProperties(
                        "status",
                        Map.of(
                                "phase",
                                "Running",
                                "throughput",
                                4900,
                                "conditions",
                                List.of(Map.of("type", "Ready", "status", "True"))))
                .build();

        List<String> lines = table.lines(jobs, List.of(job));

        assertThat(lines.getFirst()).startsWith("NAME").contains("STATE", "RECORDS/S", "READY", "AGE");
        assertThat(lines.get(1).split(" +")).contains("orders", "Running", "4900", "True", "90s");
    }

    @Test
    void leavesACellEmptyWhoseFieldIsAbsent() {
        GenericKubernetesResource job = new GenericKubernetesResourceBuilder()
                .withNewMetadata()
                .withName("orders")
                .endMetadata()
                .build();

        assertThat(ResourceTable.value(job, ".status.conditions[?(@.type==\"Ready\")].status"))
                .isEmpty();
        assertThat(ResourceTable.value(job, ".status.phase")).isEmpty();
    }
}
