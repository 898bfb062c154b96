package io.velostream.operator.cluster;

import io.velostream.crd.v1alpha1.ActionStatus;
import io.velostream.crd.v1alpha1.DesiredState;
import io.velostream.crd.v1alpha1.Drain;
import io.velostream.crd.v1alpha1.DrainTimeoutPolicy;
import io.velostream.operator.action.ActionType;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * desiredState Drained and Stopped. The jobs' documents carry the stricter state of job and cluster, so it reaches the pods by
 * them and holds over restarts; here it is watched, and a stopped cluster is scaled to zero once every pod says that every job is
 * drained. Claims stay.
 */
final class Stopping {

    private Stopping() {}

    /** How far it is. */
    record Plan(State state, ActionType type, int replicas, String message) {}

    /** The states of stopping. */
    enum State {
        WAITING,
        REACHED,
        FORCED,
        TIMED_OUT
    }

    static Optional<Plan> plan(ClusterObservation cluster) {
        boolean stop = cluster.wants(DesiredState.STOPPED);
        if (!stop && !cluster.wants(DesiredState.DRAINED)) {
            return Optional.empty();
        }
        ActionType type = stop ? ActionType.STOP : ActionType.DRAIN;
        int current = cluster.statefulSet().map(StatefulSetView::replicas).orElse(0);
        if (stop && current == 0) {
            boolean gone = cluster.pods().isEmpty();
            return Optional.of(new Plan(
                    gone ? State.REACHED : State.WAITING,
                    type,
                    0,
                    gone ? "all pods are gone; claims stay" : "pods are ending"));
        }
        List<String> undrained = cluster.undrained();
        int replicasOnceDrained = stop ? 0 : current;
        if (undrained.isEmpty()) {
            return Optional.of(new Plan(
                    stop ? State.WAITING : State.REACHED,
                    type,
                    replicasOnceDrained,
                    stop ? "everything is drained; removing the pods" : "everything that was read is committed"));
        }
        return Optional.of(waiting(cluster, type, current, undrained));
    }

    private static Plan waiting(ClusterObservation cluster, ActionType type, int current, List<String> undrained) {
        Drain drain = cluster.spec().drain();
        Optional<Instant> started = cluster.actions().latest(type).flatMap(Stopping::startedAt);
        boolean late = started.isPresent()
                && cluster.now().isAfter(started.get().plus(drain.timeout().toDuration()));
        String remaining = String.join(", ", undrained.subList(0, Math.min(5, undrained.size())));
        if (!late) {
            return new Plan(State.WAITING, type, current, "still to be drained: " + remaining);
        }
        if (drain.onTimeout() == DrainTimeoutPolicy.FORCE) {
            int replicas = type == ActionType.STOP ? 0 : current;
            return new Plan(
                    State.FORCED,
                    type,
                    replicas,
                    "given up after " + drain.timeout() + ", as drain.onTimeout: Force asks: " + remaining);
        }
        return new Plan(
                State.TIMED_OUT,
                type,
                current,
                "not drained within " + drain.timeout() + ": " + remaining
                        + ". Pods are kept. Look at their logs; then raise drain.timeout or set drain.onTimeout to Force");
    }

    private static Optional<Instant> startedAt(ActionStatus entry) {
        String text = entry.startedAt();
        try {
            return text == null ? Optional.empty() : Optional.of(Instant.parse(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
