package io.velostream.local.controllers;

import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes the pods and claims of a StatefulSet; pure. */
final class StatefulSetObjects {
    private StatefulSetObjects() {}

    static Pod pod(StatefulSetSpecs set, PodTemplateSpec template, int ordinal, String revision) {
        String name = podName(set, ordinal);
        Map<String, String> labels = new HashMap<>(
                Optional.ofNullable(template.getMetadata().getLabels()).orElse(Map.of()));
        labels.put("statefulset.kubernetes.io/pod-name", name);
        labels.put("apps.kubernetes.io/pod-index", Integer.toString(ordinal));
        labels.put(SetPod.REVISION_LABEL, revision);
        return new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(set.namespace())
                .withLabels(labels)
                .withAnnotations(template.getMetadata().getAnnotations())
                .withFinalizers(template.getMetadata().getFinalizers())
                .withOwnerReferences(controllerReference(set))
                .endMetadata()
                .withNewSpecLike(template.getSpec())
                .withHostname(name)
                .withSubdomain(set.set().getSpec().getServiceName())
                .withVolumes(volumes(set, template, ordinal))
                .endSpec()
                .build();
    }

    static List<PersistentVolumeClaim> claims(StatefulSetSpecs set, int ordinal) {
        return claimTemplates(set).stream()
                .map(template -> new PersistentVolumeClaimBuilder()
                        .withNewMetadata()
                        .withName(claimName(set, template, ordinal))
                        .withNamespace(set.namespace())
                        .withLabels(claimLabels(set, template))
                        .withAnnotations(template.getMetadata().getAnnotations())
                        .withOwnerReferences(
                                set.deletesClaimsWithSet()
                                        ? List.of(claimOwner("apps/v1", "StatefulSet", set.name(), set.uid()))
                                        : List.of())
                        .endMetadata()
                        .withSpec(template.getSpec())
                        .build())
                .toList();
    }

    static Set<String> claimNames(StatefulSetSpecs set, int ordinal) {
        return claimTemplates(set).stream()
                .map(template -> claimName(set, template, ordinal))
                .collect(Collectors.toSet());
    }

    static OwnerReference controllerReference(StatefulSetSpecs set) {
        return new OwnerReferenceBuilder()
                .withApiVersion("apps/v1")
                .withKind("StatefulSet")
                .withName(set.name())
                .withUid(set.uid())
                .withController(true)
                .withBlockOwnerDeletion(true)
                .build();
    }

    /** The reference that lets a claim go with its owner; it controls nothing. */
    static OwnerReference claimOwner(String apiVersion, String kind, String name, String uid) {
        return new OwnerReferenceBuilder()
                .withApiVersion(apiVersion)
                .withKind(kind)
                .withName(name)
                .withUid(uid)
                .build();
    }

    static String podName(StatefulSetSpecs set, int ordinal) {
        return set.name() + "-" + ordinal;
    }

    private static String claimName(StatefulSetSpecs set, PersistentVolumeClaim template, int ordinal) {
        return template.getMetadata().getName() + "-" + podName(set, ordinal);
    }

    private static List<PersistentVolumeClaim> claimTemplates(StatefulSetSpecs set) {
        return Optional.ofNullable(set.set().getSpec().getVolumeClaimTemplates())
                .orElse(List.of());
    }

    private static Map<String, String> claimLabels(StatefulSetSpecs set, PersistentVolumeClaim template) {
        Map<String, String> labels = new HashMap<>(
                Optional.ofNullable(template.getMetadata().getLabels()).orElse(Map.of()));
        labels.putAll(Optional.ofNullable(set.set().getSpec().getSelector().getMatchLabels())
                .orElse(Map.of()));
        return labels;
    }

    /** A claim's volume takes the place of one of the same name in the template. */
    private static List<Volume> volumes(StatefulSetSpecs set, PodTemplateSpec template, int ordinal) {
        Set<String> claimed = claimTemplates(set).stream()
                .map(claim -> claim.getMetadata().getName())
                .collect(Collectors.toSet());
        List<Volume> volumes = new ArrayList<>();
        for (PersistentVolumeClaim claim : claimTemplates(set)) {
            volumes.add(new VolumeBuilder()
                    .withName(claim.getMetadata().getName())
                    .withNewPersistentVolumeClaim(claimName(set, claim, ordinal), false)
                    .build());
        }
        Optional.ofNullable(template.getSpec().getVolumes()).orElse(List.of()).stream()
                .filter(volume -> !claimed.contains(volume.getName()))
                .forEach(volumes::add);
        return volumes;
    }
}
