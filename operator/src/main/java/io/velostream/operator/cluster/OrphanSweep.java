package io.velostream.operator.cluster;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.velostream.crd.v1alpha1.VeloStreamJob;
import io.velostream.operator.engine.AdminToken;
import io.velostream.operator.engine.EngineException;
import io.velostream.operator.engine.EngineJobStatus;
import io.velostream.operator.engine.EnginePods;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes jobs from pods and ConfigMaps whose resource is gone: what a deletion could not reach within its time. Each is looked up
 * at the API server first, for a cache may be behind a job that was just created.
 */
final class OrphanSweep {

    private static final Logger LOG = LoggerFactory.getLogger(OrphanSweep.class);
    private static final String SUFFIX = ".json.gz";

    private final KubernetesClient client;
    private final EnginePods engine;
    private final String namespace;
    private final String cluster;

    OrphanSweep(KubernetesClient client, EnginePods engine, String namespace, String cluster) {
        this.client = client;
        this.engine = engine;
        this.namespace = namespace;
        this.cluster = cluster;
    }

    void sweep(ClusterObservation observation, Stream<ConfigMap> maps, ClusterActor actor, AdminToken token) {
        List<ConfigMap> ofJobs = maps.filter(map ->
                        map.getBinaryData() != null && !map.getBinaryData().isEmpty())
                .toList();
        Set<String> orphans = new TreeSet<>();
        for (PodView pod : observation.pods()) {
            observation
                    .reached(pod)
                    .ifPresent(report -> report.processing().jobs().stream()
                            .map(EngineJobStatus::name)
                            .forEach(orphans::add));
        }
        ofJobs.forEach(map -> map.getBinaryData().keySet().forEach(key -> orphans.add(jobOf(key))));
        orphans.removeAll(observation.jobs());
        orphans.removeIf(this::exists);
        for (String orphan : orphans) {
            LOG.info("Cluster {}: removing job {}, whose resource is gone", cluster, orphan);
            ofJobs.stream()
                    .filter(map -> map.getBinaryData().containsKey(orphan + SUFFIX))
                    .forEach(map -> forget(map, orphan));
            observation.pods().stream()
                    .filter(pod -> observation
                            .reached(pod)
                            .filter(report -> report.processing().job(orphan).isPresent())
                            .isPresent())
                    .forEach(pod -> remove(pod, orphan, actor, token));
        }
    }

    private boolean exists(String job) {
        VeloStreamJob found = client.resources(VeloStreamJob.class)
                .inNamespace(namespace)
                .withName(job)
                .get();
        return found != null && PlacedJobs.clusterName(found).equals(cluster);
    }

    private void forget(ConfigMap map, String job) {
        client.configMaps()
                .inNamespace(namespace)
                .withName(map.getMetadata().getName())
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"binaryData\":{\"" + job + SUFFIX + "\":null}}");
    }

    private void remove(PodView pod, String job, ClusterActor actor, AdminToken token) {
        try {
            engine.deleteJob(actor.engineOf(namespace, pod, token), job);
        } catch (EngineException e) {
            LOG.warn("Cluster {}: {}", cluster, e.getMessage());
        }
    }

    private static String jobOf(String key) {
        return key.endsWith(SUFFIX) ? key.substring(0, key.length() - SUFFIX.length()) : key;
    }
}
