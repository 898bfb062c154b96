package io.velostream.operator.job;

import io.velostream.crd.v1alpha1.ClusterRef;
import io.velostream.crd.v1alpha1.DesiredState;
import io.velostream.crd.v1alpha1.UpgradeStatus;
import io.velostream.crd.v1alpha1.VeloCluster;
import io.velostream.crd.v1alpha1.VeloClusterSpecBuilder;
import io.velostream.crd.v1alpha1.VeloStreamJob;
import io.velostream.crd.v1alpha1.VeloStreamJobSpecBuilder;
import io.velostream.operator.action.ActionLog;
import io.velostream.operator.cluster.Clusters;
import io.velostream.operator.cluster.PodView;
import io.velostream.operator.cluster.StatefulSetView;
import io.velostream.operator.engine.EngineJobDocument;
import io.velostream.operator.engine.EngineJobStatus;
import io.velostream.operator.engine.EngineProcessing;
import io.velostream.operator.engine.EngineReadiness;
import io.velostream.operator.engine.EngineStatuses;
import io.velostream.operator.engine.PodReport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Builds what is observed of a job {@code orders} on a cluster {@code primary}; by default on two pods that do not have it yet. */
final class Jobs {

    static final String UID = "0123456789ab";
    static final String GOOD = "CREATE STREAM big AS SELECT * FROM orders;";
    static final String VERSION = "0.1.0";

    private VeloStreamJobSpecBuilder spec = VeloStreamJobSpecBuilder.builder()
            .clusterRef(new ClusterRef("primary"))
            .sql(GOOD);
    private VeloClusterSpecBuilder cluster =
            VeloClusterSpecBuilder.builder().kafka(Clusters.KAFKA).replicas(2);
    private StatefulSetView set = new StatefulSetView(2, 0, 2, List.of(), true, "t1", "r1", "r1");
    private final Map<Integer, PodView> pods = new TreeMap<>();
    private final Map<String, PodReport> reports = new TreeMap<>();
    private Optional<EngineJobDocument> stored = Optional.empty();
    private Optional<EngineJobDocument> lastGood = Optional.empty();
    private Optional<String> stableRevision = Optional.empty();
    private Optional<UpgradeStatus> upgrade = Optional.empty();
    private Judgement judgement = new Judgement(true, List.of(), "engine " + VERSION);
    private ActionLog actions = new ActionLog(List.of());
    private long generation = 1;
    private Instant now = Clusters.NOW;
    private String podVersion = VERSION;

    static Jobs onTwoPods() {
        Jobs jobs = new Jobs();
        for (int i = 0; i < 2; i++) {
            jobs.pods.put(i, pod(i));
            jobs.says(i);
        }
        return jobs;
    }

    static PodView pod(int ordinal) {
        return new PodView(
                ordinal,
                "primary-" + ordinal,
                "uid-" + ordinal,
                Optional.of("127.0.0." + (ordinal + 2)),
                true,
                Clusters.NOW.minusSeconds(3600),
                false,
                true,
                "r1",
                true,
                Optional.empty(),
                Optional.empty());
    }

    Jobs generation(long number) {
        generation = number;
        return this;
    }

    Jobs spec(UnaryOperator<VeloStreamJobSpecBuilder> change) {
        spec = change.apply(spec);
        return this;
    }

    Jobs clusterWants(DesiredState state) {
        cluster.desiredState(state);
        return this;
    }

    Jobs set(int replicas, int serving, Integer... draining) {
        set = new StatefulSetView(replicas, 0, serving, List.of(draining), true, "t1", "r1", "r1");
        for (int i = 0; i < replicas; i++) {
            pods.putIfAbsent(i, pod(i));
            reports.computeIfAbsent("primary-" + i, name -> report(name, List.of()));
        }
        return this;
    }

    Jobs stored(EngineJobDocument document) {
        stored = Optional.of(document);
        return this;
    }

    Jobs lastGood(EngineJobDocument document) {
        lastGood = Optional.of(document);
        return this;
    }

    /** A version ran well before, which is another one than that of the spec now. */
    Jobs stable(EngineJobDocument document) {
        lastGood = Optional.of(document);
        stableRevision = Optional.of(JobRevisions.name(observe().job(), document));
        return this;
    }

    Jobs watching(Optional<UpgradeStatus> status) {
        upgrade = status;
        return this;
    }

    Jobs refused(String... problems) {
        judgement = new Judgement(false, List.of(problems), "engine " + VERSION);
        return this;
    }

    Jobs actions(ActionLog log) {
        actions = log;
        return this;
    }

    Jobs at(Instant time) {
        now = time;
        return this;
    }

    Jobs podVersion(String version) {
        podVersion = version;
        new ArrayList<>(reports.keySet()).forEach(name -> reports.put(name, report(name, List.of())));
        return this;
    }

    Jobs says(int ordinal, EngineJobStatus... statuses) {
        reports.put("primary-" + ordinal, report("primary-" + ordinal, List.of(statuses)));
        return this;
    }

    /** Every pod has the stored document and is in this state. */
    Jobs everyPodSays(EngineJobStatus.State state) {
        pods.keySet().forEach(ordinal -> says(ordinal, status(state).build()));
        return this;
    }

    EngineStatuses status(EngineJobStatus.State state) {
        long sequence = stored.map(EngineJobDocument::sequence).orElse(1L);
        return EngineStatuses.job("orders", UID).sequence(sequence).state(state);
    }

    private PodReport report(String name, List<EngineJobStatus> statuses) {
        return new PodReport.Reached(
                name,
                podVersion,
                new EngineProcessing(EngineProcessing.State.RUNNING, false, statuses, Optional.empty()),
                new EngineReadiness("ready", Map.of()));
    }

    JobObservation observe() {
        VeloStreamJob job = VeloStreamJob.of("default", "orders", spec.build());
        job.getMetadata().setUid(UID);
        job.getMetadata().setGeneration(generation);
        VeloCluster primary = VeloCluster.of("default", "primary", cluster.build());
        primary.getMetadata().setGeneration(1L);
        String sql = job.getSpec().sql();
        return new JobObservation(
                job,
                sql == null ? "" : sql,
                primary,
                Optional.of(set),
                List.copyOf(pods.values()),
                reports,
                stored,
                lastGood,
                stableRevision,
                upgrade,
                judgement,
                VERSION,
                actions,
                "velostream.default.orders-012345",
                now);
    }

    JobDecision decide() {
        return JobPlanner.decide(observe());
    }

    /** The document that a first pass makes. */
    static EngineJobDocument firstDocument() {
        return onTwoPods().decide().document().orElseThrow();
    }
}
