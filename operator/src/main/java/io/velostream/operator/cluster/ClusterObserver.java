package io.velostream.operator.cluster;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.velostream.crd.v1alpha1.VeloCluster;
import io.velostream.crd.v1alpha1.VeloStreamJob;
import io.velostream.operator.action.ActionLog;
import io.velostream.operator.engine.AdminToken;
import io.velostream.operator.engine.ConfigVerdict;
import io.velostream.operator.engine.EngineException;
import io.velostream.operator.engine.EnginePod;
import io.velostream.operator.engine.PodReport;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Gathers what is known of one cluster: from the caches and from its pods. */
final class ClusterObserver {

    private final ClusterRuntime runtime;
    private final VeloCluster cluster;
    private final Context<VeloCluster> context;
    private final AdminToken token;

    ClusterObserver(ClusterRuntime runtime, VeloCluster cluster, Context<VeloCluster> context, AdminToken token) {
        this.runtime = runtime;
        this.cluster = cluster;
        this.context = context;
        this.token = token;
    }

    ClusterObservation observe(
            Optional<StatefulSet> statefulSet,
            ConfigFiles config,
            ActionLog actions,
            PodTemplateSpec template,
            String templateHash,
            Instant now) {
        List<PodView> pods = context.getSecondaryResourcesAsStream(Pod.class)
                .flatMap(pod -> PodView.of(pod).stream())
                .sorted(Comparator.comparing(PodView::ordinal))
                .toList();
        Map<String, PodReport> reports = runtime.observer()
                .observe(pods.stream()
                        .filter(PodView::isRunning)
                        .map(this::engineOf)
                        .toList());
        Set<String> jobs = context.getSecondaryResourcesAsStream(VeloStreamJob.class)
                .map(job -> job.getMetadata().getName())
                .collect(Collectors.toUnmodifiableSet());
        ConfigView view = new ConfigView(config.wanted(), config.lastGood(), Optional.empty());
        Optional<ConfigVerdict> verdict = ConfigDeployment.wantsVerdict(view, actions)
                ? Optional.of(verdict(pods, reports, statefulSet, config, template))
                : Optional.empty();
        return new ClusterObservation(
                cluster.getMetadata().getName(),
                cluster.getMetadata().getGeneration(),
                cluster.getSpec(),
                statefulSet.map(StatefulSetView::of),
                pods,
                reports,
                jobs,
                actions,
                templateHash,
                new ConfigView(config.wanted(), config.lastGood(), verdict),
                MaintenanceWindows.of(cluster.getSpec().maintenance()),
                now);
    }

    /** The first pod that answers judges; one of another image than the pods will have cannot. */
    private ConfigVerdict verdict(
            List<PodView> pods,
            Map<String, PodReport> reports,
            Optional<StatefulSet> statefulSet,
            ConfigFiles config,
            PodTemplateSpec template) {
        boolean sameImage = statefulSet
                .map(set -> image(set.getSpec().getTemplate()))
                .filter(image(template)::equals)
                .isPresent();
        if (!sameImage) {
            return new ConfigVerdict.Unknown("the image changes as well");
        }
        Optional<PodView> judge = pods.stream()
                .filter(pod -> reports.get(pod.name()) instanceof PodReport.Reached)
                .findFirst();
        if (judge.isEmpty()) {
            return new ConfigVerdict.Unknown("no pod answers");
        }
        try {
            return runtime.engine().validateConfig(engineOf(judge.get()), config.wantedText());
        } catch (EngineException e) {
            return new ConfigVerdict.Unknown(String.valueOf(e.getMessage()));
        }
    }

    private static String image(PodTemplateSpec template) {
        return template.getSpec().getContainers().stream()
                .filter(container -> container.getName().equals(ClusterNames.CONTAINER))
                .map(container -> String.valueOf(container.getImage()))
                .findFirst()
                .orElse("");
    }

    private EnginePod engineOf(PodView pod) {
        return new EnginePod(
                cluster.getMetadata().getNamespace(), pod.name(), pod.ip().orElse("0.0.0.0"), runtime.port(), token);
    }
}
