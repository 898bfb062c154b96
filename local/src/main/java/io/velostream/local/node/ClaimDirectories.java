package io.velostream.local.node;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimStatusBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.velostream.local.files.FileTrees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Provides persistent volume claims from directories of this machine: a claim is bound as soon as it is seen, its data outlives
 * pods and is deleted with the claim. Sizes are recorded but not enforced.
 */
final class ClaimDirectories implements PodClaims {
    private static final Logger LOG = LoggerFactory.getLogger(ClaimDirectories.class);

    private final KubernetesClient client;
    private final Path directory;

    ClaimDirectories(KubernetesClient client, Path directory) {
        this.client = client;
        this.directory = directory;
    }

    @Override
    public Path directory(String namespace, String name) throws ContainerConfigException {
        PersistentVolumeClaim claim = client.persistentVolumeClaims()
                .inNamespace(namespace)
                .withName(name)
                .get();
        if (claim == null) {
            throw ContainerConfigException.mount("persistentvolumeclaim \"" + name + "\" not found");
        }
        try {
            return Files.createDirectories(path(claim));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot make the directory of claim " + namespace + "/" + name, e);
        }
    }

    /** Reports the claim as bound, or with its new size, when its status does not say so yet. */
    void bind(PersistentVolumeClaim claim) {
        Map<String, Quantity> asked = claim.getSpec().getResources() == null
                        || claim.getSpec().getResources().getRequests() == null
                ? Map.of()
                : claim.getSpec().getResources().getRequests();
        boolean bound = claim.getStatus() != null
                && "Bound".equals(claim.getStatus().getPhase())
                && asked.equals(
                        Optional.ofNullable(claim.getStatus().getCapacity()).orElse(Map.of()));
        if (bound || claim.getMetadata().getDeletionTimestamp() != null) {
            return;
        }
        PersistentVolumeClaim named = new PersistentVolumeClaimBuilder()
                .withNewMetadata()
                .withName(claim.getMetadata().getName())
                .withNamespace(claim.getMetadata().getNamespace())
                .withUid(claim.getMetadata().getUid())
                .endMetadata()
                .build();
        try {
            var resource = client.persistentVolumeClaims()
                    .inNamespace(claim.getMetadata().getNamespace())
                    .withName(claim.getMetadata().getName());
            if (claim.getSpec().getVolumeName() == null) {
                resource.patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        named.edit()
                                .withNewSpec()
                                .withVolumeName("local-" + claim.getMetadata().getUid())
                                .endSpec()
                                .build());
            }
            resource.subresource("status")
                    .patch(
                            PatchContext.of(PatchType.JSON_MERGE),
                            named.edit()
                                    .withStatus(new PersistentVolumeClaimStatusBuilder()
                                            .withPhase("Bound")
                                            .withAccessModes(claim.getSpec().getAccessModes())
                                            .withCapacity(asked)
                                            .build())
                                    .build());
        } catch (KubernetesClientException e) {
            // The sweep comes back to it.
            LOG.debug("Claim {} is not bound yet: {}", claim.getMetadata().getName(), e.getMessage());
        }
    }

    /** Deletes the data of a claim that is gone. */
    void release(PersistentVolumeClaim claim) {
        try {
            FileTrees.delete(path(claim));
        } catch (IOException e) {
            LOG.warn(
                    "The data of the deleted claim {}/{} stays in {}: {}",
                    claim.getMetadata().getNamespace(),
                    claim.getMetadata().getName(),
                    path(claim),
                    e.toString());
        }
    }

    /** The uid is part of the name: a claim that is created again under the same name starts empty. */
    private Path path(PersistentVolumeClaim claim) {
        return directory
                .resolve(claim.getMetadata().getNamespace())
                .resolve(claim.getMetadata().getName() + "-"
                        + claim.getMetadata().getUid().substring(0, 8));
    }
}
