package io.velostream.operator.job;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import io.velostream.crd.v1alpha1.SqlSource;
import io.velostream.crd.v1alpha1.VeloCluster;
import io.velostream.crd.v1alpha1.VeloStreamJob;
import io.velostream.operator.cluster.ClusterNames;
import io.velostream.operator.cluster.PlacedJobs;
import io.velostream.operator.cluster.PodView;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What the job reconciler watches of clusters: a change of a cluster or its pods is a change of all jobs that run on it. */
final class JobClusterSources {

    private static final String BY_CLUSTER = "by-cluster";
    private static final String BY_SQL_MAP = "by-sql-map";

    private final IndexerResourceCache<VeloStreamJob> jobs;
    private final InformerEventSource<VeloCluster, VeloStreamJob> clusters;
    private final InformerEventSource<StatefulSet, VeloStreamJob> statefulSets;
    private final InformerEventSource<Pod, VeloStreamJob> pods;
    private final InformerEventSource<ConfigMap, VeloStreamJob> documents;
    private final SqlMaps sqlMaps;

    JobClusterSources(EventSourceContext<VeloStreamJob> context) {
        this.jobs = context.getPrimaryCache();
        jobs.addIndexer(BY_CLUSTER, job -> List.of(key(PlacedJobs.cluster(job))));
        jobs.addIndexer(BY_SQL_MAP, JobClusterSources::sqlMap);
        this.sqlMaps = new SqlMaps(context, map -> ids(jobs.byIndex(BY_SQL_MAP, key(map))));
        this.clusters = source(
                InformerEventSourceConfiguration.from(VeloCluster.class, VeloStreamJob.class),
                cluster -> Optional.of(cluster.getMetadata().getName()),
                context);
        this.statefulSets = source(
                InformerEventSourceConfiguration.from(StatefulSet.class, VeloStreamJob.class)
                        .withLabelSelector(ClusterNames.MANAGED_SELECTOR),
                JobClusterSources::clusterLabel,
                context);
        this.pods = source(
                InformerEventSourceConfiguration.from(Pod.class, VeloStreamJob.class)
                        .withLabelSelector(ClusterNames.POD_SELECTOR),
                JobClusterSources::clusterLabel,
                context);
        this.documents = source(
                InformerEventSourceConfiguration.from(ConfigMap.class, VeloStreamJob.class)
                        .withLabelSelector(ClusterNames.MANAGED_SELECTOR)
                        // Its own writes are no news to a job; only a ConfigMap that somebody deleted is.
                        .withOnAddFilter(added -> false)
                        .withOnUpdateFilter((updated, before) -> false),
                JobClusterSources::clusterLabel,
                context);
    }

    List<EventSource<?, VeloStreamJob>> all() {
        return List.of(clusters, statefulSets, pods, documents, sqlMaps.source());
    }

    /** Where the job documents are watched; a write through it is seen by the next pass. */
    InformerEventSource<ConfigMap, VeloStreamJob> documentSource() {
        return documents;
    }

    SqlMaps sqlMaps() {
        return sqlMaps;
    }

    Optional<VeloCluster> cluster(ResourceID id) {
        return clusters.get(id);
    }

    Optional<StatefulSet> statefulSet(ResourceID cluster) {
        return statefulSets.get(cluster);
    }

    Optional<ConfigMap> documents(String namespace, String mapName) {
        return documents.get(new ResourceID(mapName, namespace));
    }

    List<PodView> pods(ResourceID cluster) {
        return pods.list(
                        cluster.getNamespace().orElse(null),
                        pod -> clusterLabel(pod)
                                .filter(cluster.getName()::equals)
                                .isPresent())
                .flatMap(pod -> PodView.of(pod).stream())
                .sorted(Comparator.comparing(PodView::ordinal))
                .toList();
    }

    /** All jobs on a cluster. */
    List<VeloStreamJob> jobsOn(ResourceID cluster) {
        return jobs.byIndex(BY_CLUSTER, key(cluster));
    }

    /** All jobs that the operator knows. */
    List<VeloStreamJob> allJobs() {
        return jobs.list(job -> true).toList();
    }

    private <R extends HasMetadata> InformerEventSource<R, VeloStreamJob> source(
            InformerEventSourceConfiguration.Builder<R> configuration,
            Function<R, Optional<String>> cluster,
            EventSourceContext<VeloStreamJob> context) {
        return new InformerEventSource<>(
                configuration
                        .withSecondaryToPrimaryMapper(object -> cluster.apply(object)
                                .map(name -> jobIds(new ResourceID(
                                        name, object.getMetadata().getNamespace())))
                                .orElse(Set.of()))
                        .build(),
                context);
    }

    private Set<ResourceID> jobIds(ResourceID cluster) {
        return ids(jobsOn(cluster));
    }

    private static Set<ResourceID> ids(List<VeloStreamJob> found) {
        return found.stream().map(ResourceID::fromResource).collect(Collectors.toUnmodifiableSet());
    }

    private static List<String> sqlMap(VeloStreamJob job) {
        SqlSource source = job.getSpec().sqlFrom();
        return source == null
                ? List.of()
                : List.of(key(new ResourceID(
                        source.configMapKeyRef().name(), job.getMetadata().getNamespace())));
    }

    private static Optional<String> clusterLabel(HasMetadata object) {
        Map<String, String> labels = object.getMetadata().getLabels();
        return labels == null ? Optional.empty() : Optional.ofNullable(labels.get(ClusterNames.CLUSTER_LABEL));
    }

    private static String key(ResourceID cluster) {
        return cluster.getNamespace().orElse("") + "/" + cluster.getName();
    }
}
