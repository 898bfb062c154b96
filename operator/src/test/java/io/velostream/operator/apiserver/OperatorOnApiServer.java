package io.velostream.operator.apiserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.velostream.operator.engine.FakeEnginePods;
import io.velostream.operator.kafka.JobTraces;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A real API server for all tests of a class; for each test a namespace, an operator, and pods that are only pretended. */
abstract class OperatorOnApiServer {

    private static final AtomicInteger NAMESPACES = new AtomicInteger();
    static TestCluster cluster;

    @TempDir
    static Path directory;

    final WriteCounter writes = new WriteCounter();
    FakeEnginePods pods;
    String namespace;
    Resources resources;
    private TestOperator operator;

    @BeforeAll
    static void startApiServer() {
        cluster = TestCluster.start(directory);
    }

    @AfterAll
    static void stopApiServer() {
        if (cluster != null) {
            cluster.close();
        }
    }

    @BeforeEach
    void startOperator() {
        namespace = "t" + NAMESPACES.incrementAndGet();
        // Namespaces of earlier tests may still be on their way out: their pods are not these.
        pods = new FakeEnginePods().only(namespace);
        KubernetesClient client = cluster.client();
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(namespace)
                        .endMetadata()
                        .build())
                .create();
        resources = new Resources(client, namespace);
        operator =
                new TestOperator(cluster.countingClient(writes), pods, (kafka, traces) -> new JobTraces.Outcome.Done());
    }

    @AfterEach
    void stopOperator() {
        operator.close();
        cluster.client().namespaces().withName(namespace).delete();
    }

    static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(200));
    }

    void runningCluster(int replicas) {
        resources.create(resources.clusterSpec(replicas));
        soon().untilAsserted(
                        () -> assertThat(resources.clusterCondition("Ready")).isEqualTo("True/Running"));
    }

    void runningJob() {
        resources.createJob("orders", Resources.GOOD_SQL);
        soon().untilAsserted(() ->
                assertThat(resources.jobCondition("orders", "Ready")).isEqualTo("True/Running"));
    }
}
