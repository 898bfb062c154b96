package io.velostream.local.node;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.DownwardAPIVolumeFile;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeProjection;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The files of a volume whose content comes from the API: ConfigMap, Secret, downward API, or several projected into one. */
final class VolumePayload {
    private final DownwardFields fields;
    private final ConfigObjects objects;

    VolumePayload(DownwardFields fields, ConfigObjects objects) {
        this.fields = fields;
        this.objects = objects;
    }

    /** Whether the volume is of such a kind; all others are directories that the pod may write. */
    static boolean isFromApi(Volume volume) {
        return volume.getConfigMap() != null
                || volume.getSecret() != null
                || volume.getDownwardAPI() != null
                || volume.getProjected() != null;
    }

    /**
     * File contents by relative path.
     *
     * @throws ContainerConfigException when something is missing that is not optional
     */
    Map<String, byte[]> of(Volume volume) throws ContainerConfigException {
        if (volume.getConfigMap() != null) {
            var source = volume.getConfigMap();
            return configMap(source.getName(), source.getItems(), source.getOptional());
        }
        if (volume.getSecret() != null) {
            var source = volume.getSecret();
            return secret(source.getSecretName(), source.getItems(), source.getOptional());
        }
        if (volume.getDownwardAPI() != null) {
            return downward(volume.getDownwardAPI().getItems());
        }
        Map<String, byte[]> all = new TreeMap<>();
        for (VolumeProjection projection : volume.getProjected().getSources()) {
            all.putAll(projected(volume.getName(), projection));
        }
        return all;
    }

    private Map<String, byte[]> projected(String volume, VolumeProjection source) throws ContainerConfigException {
        if (source.getConfigMap() != null) {
            var map = source.getConfigMap();
            return configMap(map.getName(), map.getItems(), map.getOptional());
        }
        if (source.getSecret() != null) {
            var secret = source.getSecret();
            return secret(secret.getName(), secret.getItems(), secret.getOptional());
        }
        if (source.getDownwardAPI() != null) {
            return downward(source.getDownwardAPI().getItems());
        }
        throw ContainerConfigException.mount("volume \"" + volume
                + "\": this node projects ConfigMaps, Secrets and the downward API, but no service account tokens,"
                + " certificates or trust bundles");
    }

    private Map<String, byte[]> configMap(String name, @Nullable List<KeyToPath> items, @Nullable Boolean optional)
            throws ContainerConfigException {
        Optional<ConfigMap> found = objects.configMap(namespace(), name);
        if (found.isEmpty()) {
            return absent("configmap \"" + name + "\" not found", optional);
        }
        Map<String, byte[]> data = new TreeMap<>();
        orEmpty(found.get().getData()).forEach((key, value) -> data.put(key, value.getBytes(StandardCharsets.UTF_8)));
        orEmpty(found.get().getBinaryData())
                .forEach((key, value) -> data.put(key, Base64.getDecoder().decode(value)));
        return select(data, items, optional, "configmap \"" + name + "\"");
    }

    private Map<String, byte[]> secret(String name, @Nullable List<KeyToPath> items, @Nullable Boolean optional)
            throws ContainerConfigException {
        Optional<Secret> found = objects.secret(namespace(), name);
        if (found.isEmpty()) {
            return absent("secret \"" + name + "\" not found", optional);
        }
        Map<String, byte[]> data = new TreeMap<>();
        orEmpty(found.get().getData())
                .forEach((key, value) -> data.put(key, Base64.getDecoder().decode(value)));
        return select(data, items, optional, "secret \"" + name + "\"");
    }

    private Map<String, byte[]> downward(List<DownwardAPIVolumeFile> files) throws ContainerConfigException {
        Map<String, byte[]> result = new TreeMap<>();
        for (DownwardAPIVolumeFile file : files) {
            String text;
            if (file.getFieldRef() != null) {
                text = fields.field(file.getFieldRef());
            } else {
                String container = file.getResourceFieldRef().getContainerName();
                text = fields.resource(
                        file.getResourceFieldRef(),
                        fields.pod().getSpec().getContainers().stream()
                                .filter(candidate -> candidate.getName().equals(container))
                                .findFirst()
                                .orElseThrow(() -> ContainerConfigException.mount(
                                        "downward API file \"" + file.getPath() + "\" names no container of the pod")));
            }
            result.put(inside(file.getPath()), text.getBytes(StandardCharsets.UTF_8));
        }
        return result;
    }

    private static Map<String, byte[]> select(
            Map<String, byte[]> data, @Nullable List<KeyToPath> items, @Nullable Boolean optional, String owner)
            throws ContainerConfigException {
        if (items == null || items.isEmpty()) {
            return data;
        }
        Map<String, byte[]> result = new TreeMap<>();
        for (KeyToPath item : items) {
            byte[] content = data.get(item.getKey());
            if (content != null) {
                result.put(inside(item.getPath()), content);
            } else if (!Boolean.TRUE.equals(optional)) {
                throw ContainerConfigException.mount(owner + " references non-existent key: " + item.getKey());
            }
        }
        return result;
    }

    /** The API server refuses such paths; the one in memory does not, and a file must never land outside of its volume. */
    private static String inside(String path) throws ContainerConfigException {
        if (path.startsWith("/") || List.of(path.split("/")).contains("..")) {
            throw ContainerConfigException.mount("path \"" + path + "\" leaves its volume");
        }
        return path;
    }

    private static Map<String, byte[]> absent(String message, @Nullable Boolean optional)
            throws ContainerConfigException {
        if (Boolean.TRUE.equals(optional)) {
            return Map.of();
        }
        throw ContainerConfigException.mount(message);
    }

    private String namespace() {
        return fields.pod().getMetadata().getNamespace();
    }

    private static <V> Map<String, V> orEmpty(@Nullable Map<String, V> map) {
        return map == null ? Map.of() : map;
    }
}
