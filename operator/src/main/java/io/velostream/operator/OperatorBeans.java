package io.velostream.operator;

import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import io.micrometer.core.instrument.MeterRegistry;
import io.velostream.operator.action.FilePausePoint;
import io.velostream.operator.action.PausePoint;
import io.velostream.operator.cluster.AdminTokens;
import io.velostream.operator.cluster.ClusterRuntime;
import io.velostream.operator.cluster.EngineDefaults;
import io.velostream.operator.engine.EngineClientSettings;
import io.velostream.operator.engine.HttpEnginePods;
import io.velostream.operator.engine.PodObserver;
import io.velostream.operator.job.CompilerSqlJudge;
import io.velostream.operator.job.JobRuntime;
import io.velostream.operator.job.SqlJudge;
import io.velostream.operator.metrics.Leadership;
import io.velostream.operator.metrics.ResourceMeters;
import io.velostream.operator.status.EventRecorder;
import io.velostream.operator.status.FigureGate;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the operator together. */
@Singleton
public class OperatorBeans {

    private static final Logger LOG = LoggerFactory.getLogger(OperatorBeans.class);

    /** What a pod said is good for this long: a pass of fifty jobs asks each pod once. */
    private static final Duration FRESHNESS = Duration.ofMillis(500);

    @Produces
    @Singleton
    Clock clock() {
        return Clock.systemUTC();
    }

    @Produces
    @Singleton
    HttpEnginePods enginePods(OperatorConfiguration configuration) {
        EngineClientSettings defaults = EngineClientSettings.defaults();
        EngineClientSettings settings = new EngineClientSettings(
                defaults.operatorName(),
                configuration.engine().connectTimeout(),
                configuration.engine().requestTimeout(),
                configuration.engine().retries(),
                defaults.retryDelay(),
                defaults.breakerVolume(),
                defaults.breakerDelay());
        return new HttpEnginePods(settings, (pod, state) -> LOG.info("The breaker of pod {} is {}", pod.name(), state));
    }

    void close(@Disposes HttpEnginePods pods) {
        pods.close();
    }

    @Produces
    @Singleton
    PodObserver podObserver(HttpEnginePods pods, Clock clock) {
        return new PodObserver(pods, clock, FRESHNESS);
    }

    void close(@Disposes PodObserver observer) {
        observer.close();
    }

    @Produces
    @Singleton
    PausePoint pausePoint(OperatorConfiguration configuration) {
        return configuration.pausePoints().<PausePoint>map(FilePausePoint::new).orElse(PausePoint.NONE);
    }

    @Produces
    @Singleton
    EventRecorder events(KubernetesClient client, Clock clock, OperatorConfiguration configuration) {
        return new EventRecorder(client, clock, configuration.instance());
    }

    @Produces
    @Singleton
    ClusterRuntime.EngineAccess engineAccess(HttpEnginePods pods, PodObserver observer, KubernetesClient client) {
        return new ClusterRuntime.EngineAccess(pods, observer, new AdminTokens(client));
    }

    @Produces
    @Singleton
    ClusterRuntime.Reporting reporting(EventRecorder events, ResourceMeters meters, Clock clock) {
        return new ClusterRuntime.Reporting(events, meters, new FigureGate(clock));
    }

    @Produces
    @Singleton
    ClusterRuntime clusterRuntime(
            ClusterRuntime.EngineAccess engine,
            ClusterRuntime.Reporting reporting,
            PausePoint pausePoint,
            Clock clock,
            OperatorConfiguration configuration) {
        EngineDefaults defaults = new EngineDefaults(
                configuration.engine().image(),
                quantities(configuration.engine().requests()),
                quantities(configuration.engine().limits()),
                configuration.engine().heapPercent(),
                configuration.engine().unsafePodTemplates());
        ClusterRuntime.Settings settings = new ClusterRuntime.Settings(
                defaults,
                configuration.engine().port(),
                configuration.intervals().working(),
                configuration.intervals().steady());
        return new ClusterRuntime(engine, reporting, settings, pausePoint, clock);
    }

    @Produces
    @Singleton
    SqlJudge sqlJudge(@ConfigProperty(name = "quarkus.application.version") String version) {
        return new CompilerSqlJudge(version);
    }

    @Produces
    @Singleton
    JobRuntime jobRuntime(
            ClusterRuntime shared,
            SqlJudge judge,
            @ConfigProperty(name = "quarkus.application.version") String version) {
        return new JobRuntime(shared, judge, version);
    }

    @Produces
    @Singleton
    Leadership leadership(OperatorConfiguration configuration) {
        return new Leadership(configuration.leaderElection().enabled());
    }

    @Produces
    @Singleton
    ResourceMeters resourceMeters(MeterRegistry registry) {
        return new ResourceMeters(registry);
    }

    void close(@Disposes ResourceMeters meters) {
        meters.close();
    }

    /** Null where leader election is off: the SDK takes that for its absence. */
    @Produces
    @Dependent
    @Nullable LeaderElectionConfiguration leaderElection(OperatorConfiguration configuration, Leadership leadership) {
        OperatorConfiguration.LeaderElection election = configuration.leaderElection();
        if (!election.enabled()) {
            return null;
        }
        LeaderElectionConfigurationBuilder lease = LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration(
                        election.leaseName())
                .withLeaseDuration(election.leaseDuration())
                .withRenewDeadline(election.renewDeadline())
                .withRetryPeriod(election.retryPeriod())
                .withLeaderCallbacks(leadership.callbacks());
        election.leaseNamespace().ifPresent(lease::withLeaseNamespace);
        return lease.build();
    }

    private static Map<String, Quantity> quantities(Map<String, String> amounts) {
        Map<String, Quantity> quantities = new TreeMap<>();
        amounts.forEach((name, amount) -> quantities.put(name, Quantity.parse(amount)));
        return quantities;
    }
}
