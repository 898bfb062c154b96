package io.velostream.operator.job;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.velostream.crd.v1alpha1.ActionPhase;
import io.velostream.crd.v1alpha1.VeloCluster;
import io.velostream.crd.v1alpha1.VeloStreamJob;
import io.velostream.crd.v1alpha1.VeloStreamJobStatus;
import io.velostream.operator.action.ActionLog;
import io.velostream.operator.action.ActionType;
import io.velostream.operator.cluster.PodView;
import io.velostream.operator.cluster.StatefulSetView;
import io.velostream.operator.engine.AdminToken;
import io.velostream.operator.engine.EngineJobDocument;
import io.velostream.operator.engine.EnginePod;
import io.velostream.operator.engine.PodReport;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Gathers what is known of one job: from the caches, from the pods, and from the operator's own compiler. */
final class JobObserver {

    private final JobRuntime runtime;
    private final JobClusterSources sources;
    private final VeloStreamJob job;
    private final VeloCluster cluster;
    private final Optional<AdminToken> token;

    /** @param token of the cluster; without one its pods cannot be asked */
    JobObserver(
            JobRuntime runtime,
            JobClusterSources sources,
            VeloStreamJob job,
            VeloCluster cluster,
            Optional<AdminToken> token) {
        this.runtime = runtime;
        this.sources = sources;
        this.job = job;
        this.cluster = cluster;
        this.token = token;
    }

    /** @param lastGood looked up only where nothing else can run */
    JobObservation observe(
            String sql,
            String applicationId,
            ActionLog actions,
            VeloStreamJobStatus written,
            Instant now,
            Supplier<Optional<EngineJobDocument>> lastGood) {
        ResourceID clusterId = ResourceID.fromResource(cluster);
        List<PodView> pods = sources.pods(clusterId);
        Map<String, PodReport> reports = runtime.shared()
                .observer()
                .observe(engines(pods.stream().filter(PodView::isRunning).toList()));
        Optional<EngineJobDocument> stored = stored();
        Judgement judgement = runtime.judge().judge(sql, job.getSpec().variables());
        return new JobObservation(
                job,
                sql,
                cluster,
                sources.statefulSet(clusterId).map(StatefulSetView::of),
                pods,
                reports,
                stored,
                needsLastGood(stored.isPresent(), judgement.valid(), actions) ? lastGood.get() : Optional.empty(),
                Optional.ofNullable(written.lastStableRevision()),
                Optional.ofNullable(written.upgrade()),
                judgement,
                runtime.version(),
                actions,
                applicationId,
                now);
    }

    /** Nothing else can run, or a new version may have to be taken back. */
    private static boolean needsLastGood(boolean stored, boolean valid, ActionLog actions) {
        boolean watched = actions.latest(ActionType.UPGRADE)
                .filter(entry -> entry.phase() != ActionPhase.SUCCEEDED)
                .isPresent();
        return watched || (!stored && !valid);
    }

    /** The pods as the engine port wants them; none while the cluster has no token. */
    List<EnginePod> engines(List<PodView> pods) {
        return token.map(known -> pods.stream()
                        .map(pod -> new EnginePod(
                                job.getMetadata().getNamespace(),
                                pod.name(),
                                pod.ip().orElse("0.0.0.0"),
                                runtime.shared().port(),
                                known))
                        .toList())
                .orElse(List.of());
    }

    /** The ConfigMap that the job's document is in, as the cache has it. */
    Optional<ConfigMap> documents() {
        return sources.documents(
                job.getMetadata().getNamespace(),
                JobDocumentStore.mapName(
                        cluster.getMetadata().getName(), job.getMetadata().getName()));
    }

    private Optional<EngineJobDocument> stored() {
        return documents()
                .flatMap(found -> JobDocumentStore.read(found, job.getMetadata().getName()))
                .filter(document -> document.uid().equals(job.getMetadata().getUid()));
    }
}
