package io.velostream.operator.cluster;

import io.velostream.crd.v1alpha1.DesiredState;
import io.velostream.crd.v1alpha1.Drain;
import io.velostream.crd.v1alpha1.DrainTimeoutPolicy;
import io.velostream.operator.engine.EngineProcessing;
import io.velostream.operator.engine.PodReport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How many pods there are. Out: at once. In: one pod at a time, the highest number first:
 *
 * <ol>
 *   <li>the pod is taken out of the client Service;
 *   <li>it goes into maintenance, so that nobody gives it new work;
 *   <li>it is drained: intake stops, what was read is committed, the groups are left;
 *   <li>it says itself that it is drained and holds nothing;
 *   <li>the StatefulSet is made smaller by one; when the pod is gone, the next one is taken.
 * </ol>
 *
 * <p>Invariant: a pod that ever ran is removed only when it reported itself drained, or when its drain timed out and the spec says
 * Force. Every step is taken from what is observed, so that it does not matter when the operator was last alive.
 */
final class Scaling {

    private Scaling() {}

    /** The state of scaling and what to do next. */
    record Plan(
            State state,
            int replicas,
            List<Integer> draining,
            Optional<ClusterEffect> effect,
            String step,
            String message) {}

    /** Where scaling is. */
    enum State {
        SETTLED,
        OUT,
        IN,
        /** The drain timed out and the pod is kept. */
        TIMED_OUT
    }

    static Plan plan(ClusterObservation cluster) {
        int target = cluster.targetReplicas();
        if (cluster.statefulSet().isEmpty()) {
            int first = cluster.wants(DesiredState.STOPPED) ? 0 : target;
            return new Plan(State.SETTLED, first, List.of(), Optional.empty(), "", "");
        }
        int current = cluster.statefulSet().get().replicas();
        if (cluster.wants(DesiredState.STOPPED) || target == current) {
            return new Plan(State.SETTLED, current, List.of(), Optional.empty(), "", "");
        }
        if (target > current) {
            return new Plan(
                    State.OUT, target, List.of(), Optional.empty(), "add pods", current + " → " + target + " pods");
        }
        return shrink(cluster, current, target);
    }

    private static Plan shrink(ClusterObservation cluster, int current, int target) {
        Optional<PodView> leaving =
                cluster.pods().stream().filter(pod -> pod.ordinal() >= current).findFirst();
        int ordinal = current - 1;
        if (leaving.isPresent()) {
            return in(
                    current,
                    ordinal,
                    Optional.empty(),
                    "remove " + leaving.get().name(),
                    "waiting until it is gone");
        }
        Optional<PodView> last = cluster.pod(ordinal);
        if (last.isEmpty()) {
            return remove(current, ClusterNames.pod(cluster.name(), ordinal), "the pod does not exist");
        }
        PodView pod = last.get();
        if (!pod.everRan()) {
            return remove(current, pod.name(), "the pod never ran: nothing to drain");
        }
        if (pod.terminating()) {
            return in(
                    current,
                    ordinal,
                    Optional.empty(),
                    "drain " + pod.name(),
                    "the pod is being replaced; waiting for it");
        }
        if (pod.inService() || pod.drainStarted().isEmpty()) {
            return in(
                    current,
                    ordinal,
                    Optional.of(new ClusterEffect.TakeOutOfService(pod, cluster.now())),
                    "out of service " + pod.name(),
                    current + " → " + target + " pods");
        }
        return drain(cluster, pod, pod.drainStarted().get(), current);
    }

    private static Plan drain(ClusterObservation cluster, PodView pod, Instant started, int current) {
        Drain drain = cluster.spec().drain();
        Duration timeout = drain.timeout().toDuration();
        Optional<PodReport.Reached> report = cluster.reached(pod);
        int ordinal = pod.ordinal();
        if (report.isPresent()) {
            EngineProcessing processing = report.get().processing();
            if (processing.isDrained()) {
                return remove(current, pod.name(), "drained: everything that was read is committed");
            }
            if (!processing.maintenance()) {
                ClusterEffect effect = new ClusterEffect.SetMaintenance(pod, true);
                return in(
                        current, ordinal, Optional.of(effect), "maintenance " + pod.name(), "no new work for the pod");
            }
            if (processing.state() == EngineProcessing.State.RUNNING) {
                ClusterEffect effect = new ClusterEffect.DrainPod(pod, timeout);
                return in(
                        current,
                        ordinal,
                        Optional.of(effect),
                        "drain " + pod.name(),
                        "intake stops, what was read is committed");
            }
        }
        if (cluster.now().isBefore(started.plus(timeout))) {
            String waiting =
                    report.isPresent() ? "waiting until the pod is drained" : "the pod does not answer; trying on";
            return in(current, ordinal, Optional.empty(), "verify " + pod.name(), waiting);
        }
        String late = "pod " + pod.name() + " was not drained within " + drain.timeout()
                + (report.isPresent() ? "" : " and does not answer");
        if (drain.onTimeout() == DrainTimeoutPolicy.FORCE) {
            return remove(current, pod.name(), late + "; removed all the same, as drain.onTimeout: Force asks");
        }
        return new Plan(
                State.TIMED_OUT,
                current,
                List.of(ordinal),
                Optional.empty(),
                "verify " + pod.name(),
                late
                        + ". All pods are kept. Look at the pod's log; then set replicas back, raise drain.timeout, or set "
                        + "drain.onTimeout to Force");
    }

    private static Plan in(int current, int ordinal, Optional<ClusterEffect> effect, String step, String message) {
        return new Plan(State.IN, current, List.of(ordinal), effect, step, message);
    }

    private static Plan remove(int current, String pod, String message) {
        return new Plan(State.IN, current - 1, List.of(), Optional.empty(), "remove " + pod, message);
    }
}
