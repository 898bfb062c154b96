package io.velostream.local.controllers;

import io.fabric8.kubernetes.api.model.DeleteOptions;
import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSetStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.velostream.local.controllers.StatefulSetDecision.Step;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the pods of StatefulSets as their specs say: observe, decide ({@link StatefulSetDecision}), act, report. Everything is
 * read from the API at every pass; nothing is remembered.
 */
final class StatefulSetController {
    private static final Logger LOG = LoggerFactory.getLogger(StatefulSetController.class);
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;

    private final KubernetesClient client;
    private final Clock clock;
    private final RevisionHistory history;
    private final Adoption adoption;

    StatefulSetController(KubernetesClient client, Clock clock) {
        this.client = client;
        this.clock = clock;
        this.history = new RevisionHistory(client);
        this.adoption = new Adoption(client);
    }

    /** One pass over all sets; the error of one does not keep the others waiting. */
    void reconcileAll() {
        KubernetesClientException failure = null;
        for (StatefulSet set :
                client.apps().statefulSets().inAnyNamespace().list().getItems()) {
            try {
                if (set.getMetadata().getDeletionTimestamp() == null) {
                    reconcile(new StatefulSetSpecs(set));
                }
            } catch (KubernetesClientException e) {
                LOG.debug("StatefulSet {} is tried again: {}", set.getMetadata().getName(), e.getMessage());
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private void reconcile(StatefulSetSpecs set) {
        List<ControllerRevision> known = history.of(set);
        ControllerRevision update = history.current(set, known);
        String updateRevision = update.getMetadata().getName();
        String currentRevision = Optional.ofNullable(set.set().getStatus())
                .map(StatefulSetStatus::getCurrentRevision)
                .filter(name ->
                        known.stream().anyMatch(r -> r.getMetadata().getName().equals(name)))
                .orElse(updateRevision);

        List<SetPod> pods = pods(set);
        List<Step> steps = StatefulSetDecision.decide(set, pods, currentRevision, updateRevision, clock.instant());
        // Asked after the pods were listed: pods that a deletion of the set has taken away must not be made again.
        if (!steps.isEmpty() && !adoption.isAlive(set)) {
            return;
        }
        ownClaims(set, pods);
        for (Step step : steps) {
            switch (step) {
                case Step.Create create -> create(set, create, known, update);
                case Step.Delete delete -> delete(delete.pod());
            }
        }

        List<SetPod> after = steps.isEmpty() ? pods : pods(set);
        report(set, StatefulSetStatuses.of(set, after, currentRevision, updateRevision, clock.instant()));
        Set<String> inUse = new HashSet<>(List.of(currentRevision, updateRevision));
        after.forEach(pod -> inUse.add(pod.revision()));
        history.prune(set, known, inUse);
    }

    private List<SetPod> pods(StatefulSetSpecs set) {
        return client.pods().inNamespace(set.namespace()).list().getItems().stream()
                .flatMap(pod -> SetPod.of(pod, set.name()).stream())
                .filter(pod -> adoption.claims(set, pod.pod()))
                .toList();
    }

    private void create(
            StatefulSetSpecs set, Step.Create step, List<ControllerRevision> known, ControllerRevision update) {
        PodTemplateSpec template = known.stream()
                .filter(revision -> revision.getMetadata().getName().equals(step.revision()))
                .findFirst()
                .filter(revision -> !revision.getMetadata()
                        .getName()
                        .equals(update.getMetadata().getName()))
                .map(history::template)
                .orElseGet(() -> set.set().getSpec().getTemplate());
        for (PersistentVolumeClaim claim : StatefulSetObjects.claims(set, step.ordinal())) {
            createIfAbsent(claim);
        }
        Pod pod = StatefulSetObjects.pod(set, template, step.ordinal(), step.revision());
        try {
            client.resource(pod).create();
        } catch (KubernetesClientException e) {
            // A pod of that name that is not ours, or one that is not gone yet: the next pass looks again.
            if (e.getCode() != CONFLICT) {
                throw e;
            }
        }
    }

    private void createIfAbsent(PersistentVolumeClaim claim) {
        try {
            client.resource(claim).create();
        } catch (KubernetesClientException e) {
            if (e.getCode() != CONFLICT) {
                throw e;
            }
        }
    }

    /** Only that very pod, not another that has taken its name meanwhile. */
    private void delete(SetPod pod) {
        ObjectMeta metadata = pod.pod().getMetadata();
        DeleteOptions options = new DeleteOptionsBuilder()
                .withNewPreconditions(null, metadata.getUid())
                .build();
        try {
            client.raw(
                    "/api/v1/namespaces/" + metadata.getNamespace() + "/pods/" + metadata.getName(), "DELETE", options);
        } catch (KubernetesClientException e) {
            if (e.getCode() != NOT_FOUND && e.getCode() != CONFLICT) {
                throw e;
            }
        }
    }

    /** Lets claims go with the set, or with a pod that is scaled away, as the retention policy says. */
    private void ownClaims(StatefulSetSpecs set, List<SetPod> pods) {
        if (Optional.ofNullable(set.set().getSpec().getVolumeClaimTemplates())
                .orElse(List.of())
                .isEmpty()) {
            return;
        }
        for (SetPod pod : pods) {
            boolean condemned = pod.ordinal() < set.start() || pod.ordinal() >= set.start() + set.replicas();
            Optional<OwnerReference> owner = claimOwner(set, pod, condemned);
            for (String name : StatefulSetObjects.claimNames(set, pod.ordinal())) {
                PersistentVolumeClaim claim = client.persistentVolumeClaims()
                        .inNamespace(set.namespace())
                        .withName(name)
                        .get();
                if (claim != null) {
                    own(claim, set, pod, owner);
                }
            }
        }
    }

    private static Optional<OwnerReference> claimOwner(StatefulSetSpecs set, SetPod pod, boolean condemned) {
        if (condemned && set.deletesClaimsWithScale()) {
            ObjectMeta metadata = pod.pod().getMetadata();
            return Optional.of(StatefulSetObjects.claimOwner("v1", "Pod", metadata.getName(), metadata.getUid()));
        }
        return set.deletesClaimsWithSet()
                ? Optional.of(StatefulSetObjects.claimOwner("apps/v1", "StatefulSet", set.name(), set.uid()))
                : Optional.empty();
    }

    private void own(PersistentVolumeClaim claim, StatefulSetSpecs set, SetPod pod, Optional<OwnerReference> owner) {
        Set<String> ours = Set.of(set.uid(), pod.pod().getMetadata().getUid());
        List<OwnerReference> wanted = new ArrayList<>(claim.getMetadata().getOwnerReferences().stream()
                .filter(reference -> !ours.contains(reference.getUid()))
                .filter(reference -> !isFormerPod(reference, pod))
                .toList());
        owner.ifPresent(wanted::add);
        if (!wanted.equals(claim.getMetadata().getOwnerReferences())) {
            client.resource(new PersistentVolumeClaimBuilder(claim)
                            .editMetadata()
                            .withOwnerReferences(wanted)
                            .endMetadata()
                            .build())
                    .update();
        }
    }

    private static boolean isFormerPod(OwnerReference reference, SetPod pod) {
        return "Pod".equals(reference.getKind())
                && reference.getName().equals(pod.pod().getMetadata().getName());
    }

    private void report(StatefulSetSpecs set, StatefulSetStatus status) {
        StatefulSetStatus before = set.set().getStatus();
        if (before != null && same(before, status)) {
            return;
        }
        client.apps()
                .statefulSets()
                .inNamespace(set.namespace())
                .withName(set.name())
                .subresource("status")
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        new StatefulSetBuilder()
                                .withNewMetadata()
                                .withName(set.name())
                                .withNamespace(set.namespace())
                                .withUid(set.uid())
                                .endMetadata()
                                .withStatus(status)
                                .build());
    }

    private static boolean same(StatefulSetStatus left, StatefulSetStatus right) {
        return figures(left).equals(figures(right));
    }

    /** An absent count is a zero. */
    private static Map<String, Object> figures(StatefulSetStatus status) {
        return Map.of(
                "observedGeneration",
                        Optional.ofNullable(status.getObservedGeneration()).orElse(0L),
                "replicas", Optional.ofNullable(status.getReplicas()).orElse(0),
                "ready", Optional.ofNullable(status.getReadyReplicas()).orElse(0),
                "available", Optional.ofNullable(status.getAvailableReplicas()).orElse(0),
                "updated", Optional.ofNullable(status.getUpdatedReplicas()).orElse(0),
                "current", Optional.ofNullable(status.getCurrentReplicas()).orElse(0),
                "updateRevision",
                        Optional.ofNullable(status.getUpdateRevision()).orElse(""),
                "currentRevision",
                        Optional.ofNullable(status.getCurrentRevision()).orElse(""));
    }
}
