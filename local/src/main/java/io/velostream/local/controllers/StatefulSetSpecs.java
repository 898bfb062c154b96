package io.velostream.local.controllers;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.apps.RollingUpdateStatefulSetStrategy;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetUpdateStrategy;
import java.util.Optional;

/** Reads a StatefulSet's spec with Kubernetes' defaults. */
record StatefulSetSpecs(StatefulSet set) {
    String name() {
        return set.getMetadata().getName();
    }

    String namespace() {
        return set.getMetadata().getNamespace();
    }

    String uid() {
        return set.getMetadata().getUid();
    }

    int replicas() {
        return Optional.ofNullable(set.getSpec().getReplicas()).orElse(1);
    }

    /** The first ordinal. */
    int start() {
        return Optional.ofNullable(set.getSpec().getOrdinals())
                .map(ordinals -> ordinals.getStart())
                .orElse(0);
    }

    boolean isParallel() {
        return "Parallel".equals(set.getSpec().getPodManagementPolicy());
    }

    boolean updatesOnDelete() {
        return strategy()
                .map(StatefulSetUpdateStrategy::getType)
                .filter("OnDelete"::equals)
                .isPresent();
    }

    /** Pods with a lower ordinal keep the revision that they have. */
    int partition() {
        return rollingUpdate()
                .map(RollingUpdateStatefulSetStrategy::getPartition)
                .orElse(0);
    }

    /** How many pods an update may make unavailable at once; a percentage of the replicas is rounded up. */
    int maxUnavailable() {
        Optional<IntOrString> given = rollingUpdate().map(RollingUpdateStatefulSetStrategy::getMaxUnavailable);
        if (given.isEmpty()) {
            return 1;
        }
        if (given.get().getIntVal() != null) {
            return Math.max(1, given.get().getIntVal());
        }
        int percent = Integer.parseInt(given.get().getStrVal().replace("%", ""));
        return Math.max(1, Math.ceilDiv(percent * replicas(), 100));
    }

    int minReadySeconds() {
        return Optional.ofNullable(set.getSpec().getMinReadySeconds()).orElse(0);
    }

    int revisionHistoryLimit() {
        return Optional.ofNullable(set.getSpec().getRevisionHistoryLimit()).orElse(10);
    }

    /** Whether claims go with the set. */
    boolean deletesClaimsWithSet() {
        return Optional.ofNullable(set.getSpec().getPersistentVolumeClaimRetentionPolicy())
                .filter(policy -> "Delete".equals(policy.getWhenDeleted()))
                .isPresent();
    }

    /** Whether claims go with a pod that is scaled away. */
    boolean deletesClaimsWithScale() {
        return Optional.ofNullable(set.getSpec().getPersistentVolumeClaimRetentionPolicy())
                .filter(policy -> "Delete".equals(policy.getWhenScaled()))
                .isPresent();
    }

    private Optional<StatefulSetUpdateStrategy> strategy() {
        return Optional.ofNullable(set.getSpec().getUpdateStrategy());
    }

    private Optional<RollingUpdateStatefulSetStrategy> rollingUpdate() {
        return strategy().map(StatefulSetUpdateStrategy::getRollingUpdate);
    }
}
