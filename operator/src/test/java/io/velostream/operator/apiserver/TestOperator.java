package io.velostream.operator.apiserver;

import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.velostream.operator.action.PausePoint;
import io.velostream.operator.cluster.AdminTokens;
import io.velostream.operator.cluster.ClusterRuntime;
import io.velostream.operator.cluster.EngineDefaults;
import io.velostream.operator.cluster.VeloClusterReconciler;
import io.velostream.operator.engine.EnginePods;
import io.velostream.operator.engine.PodObserver;
import io.velostream.operator.job.CompilerSqlJudge;
import io.velostream.operator.job.JobRuntime;
import io.velostream.operator.job.VeloStreamJobReconciler;
import io.velostream.operator.kafka.JobTraces;
import io.velostream.operator.metrics.ResourceMeters;
import io.velostream.operator.status.EventRecorder;
import io.velostream.operator.status.FigureGate;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;

/** The reconcilers in this process, with the real client and whatever pods the test gives them. */
final class TestOperator implements AutoCloseable {

    static final String VERSION = "0.1.0-SNAPSHOT";

    private final Operator operator;
    private final PodObserver observer;
    private final ResourceMeters meters;
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final KubernetesClient client;

    TestOperator(KubernetesClient client, EnginePods engine, JobTraces traces) {
        this.client = client;
        Clock clock = Clock.systemUTC();
        observer = new PodObserver(engine, clock, Duration.ofMillis(50));
        meters = new ResourceMeters(registry);
        ClusterRuntime runtime = new ClusterRuntime(
                new ClusterRuntime.EngineAccess(engine, observer, new AdminTokens(client)),
                new ClusterRuntime.Reporting(new EventRecorder(client, clock, "test"), meters, new FigureGate(clock)),
                new ClusterRuntime.Settings(
                        new EngineDefaults(
                                "velostream/engine:test",
                                Map.of("cpu", new Quantity("500m")),
                                Map.of("memory", new Quantity("1Gi")),
                                60,
                                false),
                        8080,
                        Duration.ofMillis(200),
                        Duration.ofSeconds(1)),
                PausePoint.NONE,
                clock);
        operator = new Operator(override -> override.withKubernetesClient(client)
                .withCloseClientOnStop(false)
                .withUseSSAToPatchPrimaryResource(true)
                .checkingCRDAndValidateLocalModel(false));
        operator.register(new VeloClusterReconciler(runtime));
        operator.register(
                new VeloStreamJobReconciler(new JobRuntime(runtime, new CompilerSqlJudge(VERSION), VERSION), traces));
        operator.start();
    }

    SimpleMeterRegistry meters() {
        return registry;
    }

    @Override
    public void close() {
        operator.stop();
        observer.close();
        meters.close();
        client.close();
    }
}
