package io.velostream.operator.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.velostream.crd.v1alpha1.VeloCluster;
import io.velostream.crd.v1alpha1.VeloClusterSpecBuilder;
import io.velostream.operator.cluster.Clusters;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ResourceMetersTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final ResourceMeters meters = new ResourceMeters(registry);
    private final List<VeloCluster> clusters = new CopyOnWriteArrayList<>();
    private ResourceMeters.State state = new ResourceMeters.State(0, List.of());

    @AfterEach
    void close() {
        meters.close();
    }

    private static VeloCluster cluster(String name, long generation) {
        VeloCluster cluster = VeloCluster.of(
                "shop",
                name,
                VeloClusterSpecBuilder.builder().kafka(Clusters.KAFKA).build());
        cluster.getMetadata().setGeneration(generation);
        return cluster;
    }

    private static Condition condition(String type, String status) {
        return new ConditionBuilder().withType(type).withStatus(status).build();
    }

    private void show() {
        meters.show("VeloCluster", clusters::stream, any -> state);
        meters.refresh();
    }

    private double condition(String name, String type, String metric) {
        return registry.get(metric)
                .tags("kind", "VeloCluster", "namespace", "shop", "name", name, "condition", type)
                .gauge()
                .value();
    }

    @Test
    void showsTheConditionsOfAResource() {
        clusters.add(cluster("primary", 3));
        state = new ResourceMeters.State(3, List.of(condition("Ready", "True"), condition("Stalled", "Unknown")));
        show();

        assertThat(condition("primary", "Ready", "velo.operator.resource.condition"))
                .isEqualTo(1);
        assertThat(condition("primary", "Stalled", "velo.operator.resource.condition"))
                .isZero();
        assertThat(condition("primary", "Reconciling", "velo.operator.resource.condition"))
                .isZero();
    }

    @Test
    void showsByHowManyGenerationsAStatusIsBehind() {
        clusters.add(cluster("primary", 5));
        state = new ResourceMeters.State(3, List.of());
        show();

        assertThat(registry.get("velo.operator.resource.lag.generations")
                        .gauge()
                        .value())
                .isEqualTo(2);
    }

    @Test
    void letsTheSeriesOfADeletedResourceGoAndAddsThoseOfANewOne() {
        clusters.add(cluster("primary", 1));
        show();

        clusters.clear();
        clusters.add(cluster("other", 1));
        meters.refresh();

        assertThat(registry.find("velo.operator.resource.condition").gauges())
                .hasSize(3)
                .allMatch(gauge -> "other".equals(gauge.getId().getTag("name")));
        assertThat(registry.find("velo.operator.resource.lag.generations").gauges())
                .hasSize(1);
    }

    @Test
    void followsAConditionThatChanges() {
        clusters.add(cluster("primary", 1));
        show();

        state = new ResourceMeters.State(1, List.of(condition("Ready", "True")));
        meters.refresh();

        assertThat(condition("primary", "Ready", "velo.operator.resource.condition"))
                .isEqualTo(1);
    }

    @Test
    void countsActionsByTypeAndPhase() {
        meters.countAction("VeloCluster", "scaleIn", "Succeeded");
        meters.countAction("VeloCluster", "scaleIn", "Succeeded");
        meters.countAction("VeloCluster", "scaleIn", "Failed");

        assertThat(registry.get("velo.operator.actions")
                        .tags("type", "scaleIn", "phase", "Succeeded")
                        .counter()
                        .count())
                .isEqualTo(2);
    }
}
