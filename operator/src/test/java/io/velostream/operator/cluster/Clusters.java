package io.velostream.operator.cluster;

import io.velostream.crd.v1alpha1.DesiredState;
import io.velostream.crd.v1alpha1.Drain;
import io.velostream.crd.v1alpha1.DrainTimeoutPolicy;
import io.velostream.crd.v1alpha1.KafkaSettings;
import io.velostream.crd.v1alpha1.KafkaSettingsBuilder;
import io.velostream.crd.v1alpha1.KubeDuration;
import io.velostream.crd.v1alpha1.VeloCluster;
import io.velostream.crd.v1alpha1.VeloClusterSpec;
import io.velostream.crd.v1alpha1.VeloClusterSpecBuilder;
import io.velostream.operator.action.ActionLog;
import io.velostream.operator.engine.ConfigVerdict;
import io.velostream.operator.engine.EngineException;
import io.velostream.operator.engine.EngineJobStatus;
import io.velostream.operator.engine.EngineProcessing;
import io.velostream.operator.engine.EngineReadiness;
import io.velostream.operator.engine.PodReport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Builds what is observed of a cluster named {@code primary}; by default a quiet one with two running pods. */
public final class Clusters {

    public static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    public static final KafkaSettings KAFKA =
            KafkaSettingsBuilder.builder().bootstrapServers("kafka:9092").build();

    private VeloClusterSpecBuilder spec =
            VeloClusterSpecBuilder.builder().kafka(KAFKA).replicas(2);
    private final Map<Integer, PodView> pods = new TreeMap<>();
    private final Map<String, PodReport> reports = new TreeMap<>();
    private Optional<StatefulSetView> statefulSet = Optional.of(set(2, 0));
    private Set<String> jobs = Set.of();
    private ActionLog actions = new ActionLog(List.of());
    private Instant now = NOW;
    private String templateHash = "t1";
    private ConfigView config = new ConfigView("c1", Optional.of("c1"), Optional.empty());

    public static Clusters running(int count) {
        Clusters clusters = new Clusters();
        clusters.spec.replicas(count);
        clusters.statefulSet = Optional.of(set(count, 0));
        for (int i = 0; i < count; i++) {
            clusters.pod(i, pod -> pod);
        }
        return clusters;
    }

    static StatefulSetView set(int replicas, int partition) {
        return new StatefulSetView(replicas, partition, replicas, List.of(), true, "t1", "r1", "r1");
    }

    static PodView view(int ordinal) {
        return new PodView(
                ordinal,
                "primary-" + ordinal,
                "uid-" + ordinal,
                Optional.of("127.0.0." + (ordinal + 2)),
                true,
                NOW.minusSeconds(3600),
                false,
                true,
                "r1",
                true,
                Optional.empty(),
                Optional.empty());
    }

    public Clusters wanting(int replicas) {
        spec.replicas(replicas);
        return this;
    }

    public Clusters desired(DesiredState state) {
        spec.desiredState(state);
        return this;
    }

    public Clusters drain(Duration timeout, DrainTimeoutPolicy policy) {
        spec.drain(new Drain(KubeDuration.of(timeout), policy));
        return this;
    }

    public Clusters spec(UnaryOperator<VeloClusterSpecBuilder> change) {
        spec = change.apply(spec);
        return this;
    }

    public Clusters jobs(String... names) {
        jobs = Set.of(names);
        return this;
    }

    public Clusters actions(ActionLog log) {
        actions = log;
        return this;
    }

    public Clusters at(Instant time) {
        now = time;
        return this;
    }

    public Clusters template(String hash) {
        templateHash = hash;
        return this;
    }

    /** The spec asks for another configuration than the last good one. */
    Clusters config(String wanted, String lastGood, Optional<ConfigVerdict> verdict) {
        config = new ConfigView(wanted, Optional.of(lastGood), verdict);
        return this;
    }

    /** There is no last good configuration yet. */
    Clusters firstConfig(String wanted) {
        config = new ConfigView(wanted, Optional.empty(), Optional.empty());
        return this;
    }

    /** A check of a pod's readiness fails. */
    Clusters fails(int ordinal, String check) {
        String name = "primary-" + ordinal;
        PodReport.Reached said = reports.get(name).reached().orElseThrow();
        reports.put(
                name,
                new PodReport.Reached(
                        name,
                        said.version(),
                        said.processing(),
                        new EngineReadiness("not_ready", Map.of(check, false))));
        return this;
    }

    public Clusters withoutStatefulSet() {
        statefulSet = Optional.empty();
        return this;
    }

    public Clusters statefulSet(StatefulSetView view) {
        statefulSet = Optional.of(view);
        return this;
    }

    /** A pod that answers and runs its jobs. */
    public Clusters pod(int ordinal, UnaryOperator<PodView> change) {
        pods.put(ordinal, change.apply(view(ordinal)));
        return says(ordinal, EngineProcessing.State.RUNNING, false);
    }

    public Clusters withoutPod(int ordinal) {
        pods.remove(ordinal);
        reports.remove("primary-" + ordinal);
        return this;
    }

    public Clusters says(int ordinal, EngineProcessing.State state, boolean maintenance, EngineJobStatus... statuses) {
        return says(ordinal, state, maintenance, Optional.empty(), statuses);
    }

    public Clusters says(
            int ordinal,
            EngineProcessing.State state,
            boolean maintenance,
            Optional<String> lastRestart,
            EngineJobStatus... statuses) {
        String name = "primary-" + ordinal;
        reports.put(
                name,
                new PodReport.Reached(
                        name,
                        "0.1.0",
                        new EngineProcessing(state, maintenance, List.of(statuses), lastRestart),
                        new EngineReadiness("ready", Map.of())));
        return this;
    }

    public Clusters silent(int ordinal) {
        String name = "primary-" + ordinal;
        reports.put(name, new PodReport.Unreached(name, EngineException.Kind.NO_ANSWER, "no answer"));
        return this;
    }

    ClusterObservation observe() {
        return new ClusterObservation(
                "primary",
                7,
                spec.build(),
                statefulSet,
                List.copyOf(pods.values()),
                reports,
                jobs,
                actions,
                templateHash,
                config,
                MaintenanceWindows.of(spec.build().maintenance()),
                now);
    }

    ClusterDecision decide() {
        return ClusterPlanner.decide(observe());
    }

    /** The resource itself. */
    public static VeloCluster resource(String namespace, String name, VeloClusterSpec spec) {
        return VeloCluster.of(namespace, name, spec);
    }
}
