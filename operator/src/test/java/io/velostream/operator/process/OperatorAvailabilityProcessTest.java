package io.velostream.operator.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.velostream.crd.v1alpha1.ActionPhase;
import io.velostream.operator.apiserver.Resources;
import io.velostream.operator.apiserver.TestCluster;
import io.velostream.operator.engine.FakeEnginePods;
import io.velostream.operator.engine.FakeEngineServers;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The operator's jar as a process: its health, an API server that is away for a while, and two operators of which one leads. */
class OperatorAvailabilityProcessTest {

    private static final String LIVE = "/q/health/live";
    private static final String READY = "/q/health/ready";

    @TempDir
    static Path directory;

    private static final FakeEnginePods PODS = new FakeEnginePods();
    private static FakeEngineServers engines;
    private static TestCluster cluster;

    private final List<OperatorProgram> operators = new ArrayList<>();
    private Resources resources;

    @BeforeAll
    static void start() throws IOException {
        cluster = TestCluster.start(
                directory,
                pod -> FakeEngineServers.address(
                        Integer.parseInt(pod.getMetadata().getName().substring("primary-".length()))),
                PODS::restarted);
        engines = FakeEngineServers.start(PODS, 3);
    }

    @AfterAll
    static void stop() {
        if (engines != null) {
            engines.close();
        }
        if (cluster != null) {
            cluster.close();
        }
    }

    @BeforeEach
    void freshNamespace(org.junit.jupiter.api.TestInfo test) {
        String namespace = test.getTestMethod().orElseThrow().getName().toLowerCase(java.util.Locale.ROOT);
        String name = namespace.substring(0, Math.min(60, namespace.length()));
        cluster.client()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .build())
                .create();
        resources = new Resources(cluster.client(), name);
        engines.forgetRequests();
    }

    @AfterEach
    void stopOperators() {
        operators.forEach(OperatorProgram::close);
        cluster.client().resource(resources.cluster()).delete();
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(100));
    }

    private OperatorProgram operator(Path kubeconfig, Map<String, String> more) {
        Map<String, String> settings = new TreeMap<>(Map.of(
                "velostream.engine.port", Integer.toString(engines.port()),
                "velostream.engine.image", "velostream/engine:test",
                "velostream.intervals.working", "200ms",
                "velostream.intervals.steady", "1s"));
        settings.putAll(more);
        OperatorProgram started = OperatorProgram.start(kubeconfig, directory, settings);
        operators.add(started);
        return started;
    }

    private OperatorProgram contender(String name) {
        return operator(
                cluster.kubeconfig(),
                Map.of(
                        "velostream.instance", name,
                        "velostream.leader-election.lease-namespace", "default",
                        "velostream.leader-election.lease-duration", "4s",
                        "velostream.leader-election.renew-deadline", "3s",
                        "velostream.leader-election.retry-period", "500ms"));
    }

    private static String leader() {
        Lease lease = cluster.client()
                .leases()
                .inNamespace("default")
                .withName("velostream-operator")
                .get();
        return lease == null || lease.getSpec().getHolderIdentity() == null
                ? ""
                : lease.getSpec().getHolderIdentity();
    }

    private void isRunning(int pods) {
        soon().untilAsserted(() -> {
            assertThat(resources.clusterCondition("Ready")).isEqualTo("True/Running");
            assertThat(resources.cluster().getStatus().readyReplicas()).isEqualTo(pods);
        });
    }

    @Test
    void staysAliveWhileTheApiServerIsAwayAndGoesOnAfterwards() throws IOException {
        try (ApiServerGate gate = ApiServerGate.before(URI.create(cluster.url()))) {
            OperatorProgram operator = operator(
                    gate.kubeconfig(cluster.kubeconfig(), directory.resolve("gated.yaml")),
                    Map.of("velostream.leader-election.enabled", "false"));
            resources.create(resources.clusterSpec(1));
            isRunning(1);
            assertThat(operator.status(LIVE)).isEqualTo(200);
            assertThat(operator.status(READY)).isEqualTo(200);

            gate.shut();
            resources.patchCluster("{'replicas':2}");
            await().during(Duration.ofSeconds(8))
                    .atMost(Duration.ofSeconds(40))
                    .pollInterval(Duration.ofMillis(500))
                    .untilAsserted(() -> assertThat(operator.status(LIVE)).isEqualTo(200));
            assertThat(operator.isAlive()).isTrue();
            assertThat(resources.cluster().getStatus().observedGeneration()).isEqualTo(1);

            gate.open();
            isRunning(2);
            soon().untilAsserted(() -> assertThat(operator.status(READY)).isEqualTo(200));
            assertThat(operator.body("/q/metrics"))
                    .contains("velo_operator_resource_condition{")
                    .contains("velo_operator_actions_total{");
        }
    }

    @Test
    void handsTheWorkToTheOtherOperatorWhenTheLeaderIsKilled() {
        OperatorProgram first = contender("first");
        soon().until(() -> !leader().isEmpty());
        String leadership = leader();
        OperatorProgram second = contender("second");
        soon().untilAsserted(() -> {
            assertThat(first.status(READY)).isEqualTo(200);
            // A standby is ready too, else a Deployment could never replace its leader.
            assertThat(second.status(READY)).isEqualTo(200);
        });
        resources.create(resources.clusterSpec(2));
        isRunning(2);

        first.kill();
        resources.patchCluster("{'actions':{'restartProcessing':{'requestId':'after-1'}}}");

        soon().untilAsserted(() -> assertThat(resources.cluster().getStatus().actions())
                .anyMatch(action -> action.requestId().equals("after-1") && action.phase() == ActionPhase.SUCCEEDED));
        assertThat(leader()).isNotEqualTo(leadership);
        assertThat(second.isAlive()).isTrue();
        assertThat(engines.requestsWith("POST /admin/processing/restart"))
                .containsExactly(
                        "primary-0 POST /admin/processing/restart after-1",
                        "primary-1 POST /admin/processing/restart after-1");
    }
}
