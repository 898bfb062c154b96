package io.velostream.local.controllers;

import io.fabric8.kubernetes.api.model.apps.StatefulSetStatus;
import io.fabric8.kubernetes.api.model.apps.StatefulSetStatusBuilder;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;

/** Counts a StatefulSet's pods into its status; pure. */
final class StatefulSetStatuses {
    private StatefulSetStatuses() {}

    static StatefulSetStatus of(
            StatefulSetSpecs spec, List<SetPod> pods, String currentRevision, String updateRevision, Instant now) {
        int ready = count(pods, SetPod::isReady);
        int updated = count(pods, pod -> !pod.isTerminating() && pod.revision().equals(updateRevision));
        int current = count(pods, pod -> !pod.isTerminating() && pod.revision().equals(currentRevision));
        boolean complete = !spec.updatesOnDelete()
                && updated == spec.replicas()
                && ready == spec.replicas()
                && pods.size() == spec.replicas();
        return new StatefulSetStatusBuilder()
                .withObservedGeneration(spec.set().getMetadata().getGeneration())
                .withReplicas(pods.size())
                .withReadyReplicas(ready)
                .withAvailableReplicas(count(pods, pod -> pod.isAvailable(spec.minReadySeconds(), now)))
                .withUpdatedReplicas(updated)
                .withCurrentReplicas(complete ? updated : current)
                .withUpdateRevision(updateRevision)
                .withCurrentRevision(complete ? updateRevision : currentRevision)
                .withCollisionCount(0)
                .build();
    }

    private static int count(List<SetPod> pods, Predicate<SetPod> condition) {
        return Math.toIntExact(pods.stream().filter(condition).count());
    }
}
