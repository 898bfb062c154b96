package io.velostream.crd.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RoundTripTest {

    private static final String CLUSTER = """
            apiVersion: velostream.io/v1alpha1
            kind: VeloCluster
            metadata:
              name: primary
              namespace: streams
            spec:
              replicas: 3
              resources:
                requests: {cpu: 1, memory: 2Gi}
                limits: {memory: 4Gi}
              podTemplate:
                spec:
                  tolerations: [{key: streams, operator: Exists}]
              storage: {size: 20Gi, whenScaled: Delete}
              kafka:
                bootstrapServers: a:9092,b:9092
                consumer: {fetch.min.bytes: 1048576, check.crcs: "true"}
                topicDefaults: {partitions: 12}
              config:
                resourceLimits: {maxTotalMemory: 1073741824, maxOperatorMemory: 256Mi}
                processing: {batchSize: 500, timeout: 1m30s}
              actions:
                restartPods: {requestId: 2026-11-24-1}
            status:
              phase: Running
              observedGeneration: 7
              selector: velostream.io/cluster=primary
              conditions:
              - {type: Ready, status: "True", reason: AsWanted, message: all pods are ready, lastTransitionTime: "2026-11-24T08:00:00Z"}
            """;

    @Test
    void readsAClusterAsItIsWritten() {
        VeloCluster cluster = Serialization.unmarshal(CLUSTER, VeloCluster.class);

        VeloClusterSpec spec = cluster.getSpec();
        assertThat(spec.replicas()).isEqualTo(3);
        assertThat(spec.resources().requests()).containsEntry("cpu", new Quantity("1"));
        assertThat(spec.podTemplate().at("/spec/tolerations/0/key").asText()).isEqualTo("streams");
        assertThat(spec.storage().whenScaled()).isEqualTo(Retention.DELETE);
        assertThat(spec.storage().whenDeleted()).isEqualTo(Retention.RETAIN);
        assertThat(spec.kafka().consumer())
                .containsExactly(Map.entry("check.crcs", "true"), Map.entry("fetch.min.bytes", "1048576"));
        assertThat(spec.config().resourceLimits().maxTotalMemory()).isEqualTo(new Quantity("1073741824"));
        assertThat(spec.config().processing().timeout().toDuration()).isEqualTo(Duration.ofSeconds(90));
        assertThat(spec.actions().restartPods().requestId()).isEqualTo("2026-11-24-1");
        assertThat(cluster.getStatus().conditions()).singleElement().satisfies(c -> {
            assertThat(c.getType()).isEqualTo("Ready");
            assertThat(c.getStatus()).isEqualTo("True");
        });
    }

    @Test
    void writesWhatItRead() {
        VeloCluster cluster = Serialization.unmarshal(CLUSTER, VeloCluster.class);

        VeloCluster again = Serialization.unmarshal(Serialization.asYaml(cluster), VeloCluster.class);

        assertThat(again.getSpec()).isEqualTo(cluster.getSpec());
        assertThat(again.getStatus()).isEqualTo(cluster.getStatus());
    }

    @Test
    void writesNothingForWhatIsAbsent() {
        VeloStreamJob job = Resources.job("orders");

        JsonNode spec = Serialization.jsonMapper().valueToTree(job).get("spec");

        assertThat(spec.has("cluster")).isFalse();
        assertThat(spec.has("variables")).isFalse();
        assertThat(spec.has("applicationId")).isFalse();
        assertThat(spec.get("standbyReplicas").intValue()).isZero();
        assertThat(spec.get("deliveryGuarantee").asText()).isEqualTo("ExactlyOnce");
        assertThat(spec.get("drain").get("timeout").asText()).isEqualTo("5m");
    }

    @Test
    void writesAndReadsAJobsStatus() {
        VeloStreamJob job = Resources.job("orders");
        job.setStatus(VeloStreamJobStatusBuilder.builder()
                .phase("Drained")
                .observedGeneration(3L)
                .queries(List.of(QueryStatusBuilder.builder()
                        .name("high_value")
                        .kind("filter")
                        .state("Drained")
                        .build()))
                .consumerGroup(new ConsumerGroupStatus("velostream.default.orders-1a2b3c", 0L))
                .offsets(List.of(new PartitionOffset("orders", 0, 5_000_000_000L)))
                .actions(List.of(ActionStatusBuilder.builder()
                        .type("restart")
                        .requestId("1")
                        .phase(ActionPhase.ADOPTED)
                        .build()))
                .conditions(List.of(new ConditionBuilder()
                        .withType("Ready")
                        .withStatus("True")
                        .build()))
                .build());

        VeloStreamJob again = Serialization.unmarshal(Serialization.asYaml(job), VeloStreamJob.class);

        assertThat(again.getStatus()).isEqualTo(job.getStatus());
        assertThat(again.getSpec()).isEqualTo(job.getSpec());
    }

    @Test
    void readsOverValuesAndFieldsOfANewerVersion() {
        VeloStreamJob job = Serialization.unmarshal("""
                apiVersion: velostream.io/v1alpha1
                kind: VeloStreamJob
                metadata: {name: orders}
                spec:
                  clusterRef: {name: primary, region: north}
                  sql: SELECT 1
                  desiredState: Hibernating
                  futureField: {a: 1}
                """, VeloStreamJob.class);

        assertThat(job.getSpec().desiredState()).isEqualTo(DesiredState.UNKNOWN);
        assertThat(job.getSpec().clusterRef()).isEqualTo(new ClusterRef("primary"));
    }

    @Test
    void readsABadDurationAndSaysWhatIsWrongWhenItIsUsed() {
        VeloStreamJob job = Serialization.unmarshal("""
                apiVersion: velostream.io/v1alpha1
                kind: VeloStreamJob
                spec: {deletionTimeout: soon}
                """, VeloStreamJob.class);

        assertThat(job.getSpec().deletionTimeout().text()).isEqualTo("soon");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> job.getSpec().deletionTimeout().toDuration())
                .withMessage("'soon' is not a duration: write whole numbers with ms, s, m or h, such as 30s or 1h30m");
    }

    @Test
    void changesACopyThroughItsBuilder() {
        VeloClusterSpec spec = Resources.clusterSpec().replicas(2).build();

        VeloClusterSpec drained = VeloClusterSpecBuilder.builder(spec)
                .desiredState(DesiredState.DRAINED)
                .build();

        assertThat(drained.replicas()).isEqualTo(2);
        assertThat(drained.desiredState()).isEqualTo(DesiredState.DRAINED);
        assertThat(spec.desiredState()).isEqualTo(DesiredState.RUNNING);
    }
}
