package io.velostream.local.node;

import io.fabric8.kubernetes.api.model.Volume;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A pod's volumes as directories: made before its containers start, kept up to date while they run. */
final class PodVolumes {
    private final Path directory;
    private final Map<String, Volume> declared = new LinkedHashMap<>();
    private final Map<String, Path> paths = new HashMap<>();
    private final Map<String, AtomicDirectory> fromApi = new HashMap<>();
    private final PodClaims claims;

    PodVolumes(Path directory, List<Volume> volumes, PodClaims claims) {
        this.directory = directory;
        this.claims = claims;
        volumes.forEach(volume -> declared.put(volume.getName(), volume));
    }

    /** Makes or updates every volume; returns whether anything changed. Fails on the first that cannot be made. */
    boolean refresh(DownwardFields fields, ConfigObjects objects) throws ContainerConfigException, IOException {
        VolumePayload payload = new VolumePayload(fields, objects);
        boolean changed = false;
        for (Volume volume : declared.values()) {
            if (VolumePayload.isFromApi(volume)) {
                AtomicDirectory content =
                        fromApi.computeIfAbsent(volume.getName(), name -> new AtomicDirectory(directory.resolve(name)));
                changed |= content.write(payload.of(volume));
                paths.put(volume.getName(), content.path());
            } else if (!paths.containsKey(volume.getName())) {
                paths.put(
                        volume.getName(),
                        writable(volume, fields.pod().getMetadata().getNamespace()));
                changed = true;
            }
        }
        return changed;
    }

    Path path(String volume) throws ContainerConfigException {
        return Optional.ofNullable(paths.get(volume))
                .orElseThrow(() -> ContainerConfigException.mount("the pod has no volume \"" + volume + "\""));
    }

    /** The volume's content when it comes from the API and so cannot be written by the pod. */
    Optional<AtomicDirectory> readOnly(String volume) {
        return Optional.ofNullable(fromApi.get(volume));
    }

    private Path writable(Volume volume, String namespace) throws ContainerConfigException, IOException {
        if (volume.getPersistentVolumeClaim() != null) {
            return claims.directory(namespace, volume.getPersistentVolumeClaim().getClaimName());
        }
        if (volume.getEmptyDir() != null) {
            return Files.createDirectories(directory.resolve(volume.getName()));
        }
        throw ContainerConfigException.mount("volume \"" + volume.getName()
                + "\" is of a kind that this node does not have; it has configMap, secret, downwardAPI, projected, emptyDir"
                + " and persistentVolumeClaim");
    }
}
