package io.velostream.operator.cluster;

import java.time.Instant;
import java.util.Optional;

/** Variations of a pod's view. */
final class Pods {

    private Pods() {}

    static PodView outOfService(PodView pod, Instant since) {
        return new PodView(
                pod.ordinal(),
                pod.name(),
                pod.uid(),
                pod.ip(),
                pod.ready(),
                pod.readyChanged(),
                pod.terminating(),
                pod.everRan(),
                pod.revision(),
                false,
                Optional.of(since),
                pod.stuck());
    }

    static PodView terminating(PodView pod) {
        return new PodView(
                pod.ordinal(),
                pod.name(),
                pod.uid(),
                pod.ip(),
                pod.ready(),
                pod.readyChanged(),
                true,
                pod.everRan(),
                pod.revision(),
                pod.inService(),
                pod.drainStarted(),
                pod.stuck());
    }

    static PodView notReady(PodView pod, Instant since, Optional<String> stuck) {
        return new PodView(
                pod.ordinal(),
                pod.name(),
                pod.uid(),
                pod.ip(),
                false,
                since,
                pod.terminating(),
                pod.everRan(),
                pod.revision(),
                pod.inService(),
                pod.drainStarted(),
                stuck);
    }

    static PodView neverRan(PodView pod) {
        return new PodView(
                pod.ordinal(),
                pod.name(),
                pod.uid(),
                Optional.empty(),
                false,
                pod.readyChanged(),
                pod.terminating(),
                false,
                pod.revision(),
                pod.inService(),
                pod.drainStarted(),
                Optional.of("Unschedulable: no node has enough memory"));
    }

    static PodView revision(PodView pod, String revision) {
        return new PodView(
                pod.ordinal(),
                pod.name(),
                pod.uid(),
                pod.ip(),
                pod.ready(),
                pod.readyChanged(),
                pod.terminating(),
                pod.everRan(),
                revision,
                pod.inService(),
                pod.drainStarted(),
                pod.stuck());
    }
}
