package io.velostream.local.controllers;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What to do next about the pods of a StatefulSet, by the rules of Kubernetes 1.36; pure.
 *
 * <p>{@code OrderedReady}: one pod at a time; each ordinal waits until all lower ones are available, removal starts at the
 * highest and waits until all others are. {@code Parallel}: everything at once. An update replaces pods from the highest ordinal
 * down to the partition while no more than {@code maxUnavailable} are unavailable; one that is unavailable anyway costs nothing
 * to replace. So a pod that is stuck on a bad revision is replaced when {@code Parallel}, and blocks the set for good when
 * {@code OrderedReady}, as in Kubernetes.
 */
final class StatefulSetDecision {
    /** One thing to do. */
    sealed interface Step {
        record Create(int ordinal, String revision) implements Step {}

        record Delete(SetPod pod) implements Step {}
    }

    private final StatefulSetSpecs spec;
    private final Map<Integer, SetPod> byOrdinal;
    private final String currentRevision;
    private final String updateRevision;
    private final Instant now;
    private final List<Step> steps = new ArrayList<>();

    private StatefulSetDecision(
            StatefulSetSpecs spec, List<SetPod> pods, String currentRevision, String updateRevision, Instant now) {
        this.spec = spec;
        this.byOrdinal = pods.stream()
                .collect(Collectors.toMap(SetPod::ordinal, Function.identity(), (a, b) -> b, TreeMap::new));
        this.currentRevision = currentRevision;
        this.updateRevision = updateRevision;
        this.now = now;
    }

    static List<Step> decide(
            StatefulSetSpecs spec, List<SetPod> pods, String currentRevision, String updateRevision, Instant now) {
        StatefulSetDecision decision = new StatefulSetDecision(spec, pods, currentRevision, updateRevision, now);
        if (decision.keepReplicas() && decision.removeCondemned()) {
            decision.update();
        }
        return decision.steps;
    }

    /** Creates what is missing and replaces what has ended; returns whether removal and update may go on. */
    private boolean keepReplicas() {
        for (int ordinal = spec.start(); ordinal < end(); ordinal++) {
            Optional<SetPod> pod = Optional.ofNullable(byOrdinal.get(ordinal));
            if (pod.isEmpty()) {
                steps.add(new Step.Create(ordinal, revisionOf(ordinal)));
                if (!spec.isParallel()) {
                    return false;
                }
            } else if (pod.get().isFinished() && !pod.get().isTerminating()) {
                steps.add(new Step.Delete(pod.get()));
                if (!spec.isParallel()) {
                    return false;
                }
            } else if (!spec.isParallel() && !isHealthy(pod.get())) {
                return false;
            }
        }
        return true;
    }

    private boolean removeCondemned() {
        List<SetPod> condemned = byOrdinal.values().stream()
                .filter(pod -> pod.ordinal() < spec.start() || pod.ordinal() >= end())
                .sorted(Comparator.comparing(SetPod::ordinal).reversed())
                .toList();
        for (SetPod pod : condemned) {
            if (!pod.isTerminating()) {
                steps.add(new Step.Delete(pod));
            }
            if (!spec.isParallel()) {
                return false;
            }
        }
        return true;
    }

    private void update() {
        if (spec.updatesOnDelete()) {
            return;
        }
        List<SetPod> outdated = new ArrayList<>();
        int available = 0;
        for (int ordinal = end() - 1; ordinal >= spec.start(); ordinal--) {
            SetPod pod = byOrdinal.get(ordinal);
            if (pod == null) {
                continue;
            }
            available += isHealthy(pod) ? 1 : 0;
            if (ordinal >= spec.start() + spec.partition()
                    && !pod.revision().equals(updateRevision)
                    && !pod.isTerminating()) {
                outdated.add(pod);
            }
        }
        int mayReplace = spec.maxUnavailable() - (spec.replicas() - available);
        for (SetPod pod : outdated) {
            if (!isHealthy(pod)) {
                steps.add(new Step.Delete(pod));
            } else if (mayReplace > 0) {
                steps.add(new Step.Delete(pod));
                mayReplace--;
            }
        }
    }

    private String revisionOf(int ordinal) {
        return ordinal < spec.start() + spec.partition() ? currentRevision : updateRevision;
    }

    private boolean isHealthy(SetPod pod) {
        return pod.isAvailable(spec.minReadySeconds(), now) && !pod.isTerminating();
    }

    private int end() {
        return spec.start() + spec.replicas();
    }
}
