package io.velostream.operator.job;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.velostream.crd.v1alpha1.VeloCluster;
import io.velostream.operator.cluster.ClusterNames;
import io.velostream.operator.cluster.ClusterObjects;
import io.velostream.operator.engine.EngineJobDocument;
import io.velostream.operator.engine.EngineJson;
import io.velostream.operator.resource.InvalidSpecException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.zip.CRC32;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * The job documents in the ConfigMaps {@code <cluster>-jobs-0…7}, from which a pod starts. Each key is written by a merge patch of
 * its own, so that jobs that share a ConfigMap never undo each other's writes.
 */
final class JobDocumentStore {

    /** What the API server takes for one ConfigMap, less room for its metadata. */
    private static final int MOST_BYTES = 1_000_000;

    private final KubernetesClient client;
    private final UnaryOperatorOnConfigMap cached;

    /** @param cached carries a write out so that a cache takes the answer in at once */
    JobDocumentStore(KubernetesClient client, UnaryOperatorOnConfigMap cached) {
        this.client = client;
        this.cached = cached;
    }

    /** Carries a write of a ConfigMap out. */
    @FunctionalInterface
    interface UnaryOperatorOnConfigMap {
        ConfigMap patch(ConfigMap object, UnaryOperator<ConfigMap> write);
    }

    /** Number of the ConfigMap that a job is in. */
    static int mapNumber(String job) {
        CRC32 crc = new CRC32();
        crc.update(job.getBytes(StandardCharsets.UTF_8));
        return (int) (crc.getValue() % ClusterNames.JOB_MAPS);
    }

    /** Name of the ConfigMap that a job on a cluster is in. */
    static String mapName(String cluster, String job) {
        return ClusterNames.jobs(cluster, mapNumber(job));
    }

    static String key(String job) {
        return job + ".json.gz";
    }

    /** The document of a job in its ConfigMap. */
    static Optional<EngineJobDocument> read(ConfigMap map, String job) {
        Map<String, String> data = map.getBinaryData();
        if (data == null || !data.containsKey(key(job))) {
            return Optional.empty();
        }
        byte[] packed = Base64.getDecoder().decode(data.get(key(job)));
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            return EngineJson.readDocument(in.readAllBytes());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /**
     * Writes the document of a job.
     *
     * @param known the ConfigMap as a cache has it
     * @throws InvalidSpecException when the ConfigMap is full
     */
    void write(VeloCluster cluster, EngineJobDocument document, Optional<ConfigMap> known) {
        String packed = Base64.getEncoder().encodeToString(pack(document));
        long others = known.map(ConfigMap::getBinaryData).stream()
                .flatMap(data -> data.entrySet().stream())
                .filter(entry -> !entry.getKey().equals(key(document.name())))
                .mapToLong(entry -> entry.getValue().length())
                .sum();
        if (others + packed.length() > MOST_BYTES) {
            throw new InvalidSpecException(
                    "the ConfigMap " + mapName(cluster.getMetadata().getName(), document.name())
                            + " has no room for this job's SQL beside that of other jobs: use another cluster, or a shorter script");
        }
        String patch = "{\"binaryData\":{\"" + key(document.name()) + "\":\"" + packed + "\"}}";
        ConfigMap identity = ClusterObjects.jobs(cluster, mapNumber(document.name()));
        cached.patch(identity, map -> {
            try {
                return merge(map, patch);
            } catch (KubernetesClientException e) {
                if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
                    throw e;
                }
                createEmpty(map);
                return merge(map, patch);
            }
        });
    }

    /** Removes a job's document; one that is not there is no error. */
    void remove(String namespace, String cluster, String job) {
        String patch = "{\"binaryData\":{\"" + key(job) + "\":null}}";
        try {
            client.configMaps()
                    .inNamespace(namespace)
                    .withName(mapName(cluster, job))
                    .patch(PatchContext.of(PatchType.JSON_MERGE), patch);
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
                throw e;
            }
        }
    }

    private ConfigMap merge(ConfigMap map, String patch) {
        return client.configMaps()
                .inNamespace(map.getMetadata().getNamespace())
                .withName(map.getMetadata().getName())
                .patch(PatchContext.of(PatchType.JSON_MERGE), patch);
    }

    private void createEmpty(ConfigMap map) {
        try {
            client.resource(map).create();
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                throw e;
            }
        }
    }

    private static byte[] pack(EngineJobDocument document) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(EngineJson.write(document));
        } catch (IOException e) {
            throw new UncheckedIOException("writing into memory failed", e);
        }
        return bytes.toByteArray();
    }
}
