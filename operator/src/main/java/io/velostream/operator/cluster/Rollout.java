package io.velostream.operator.cluster;

import io.velostream.operator.engine.EngineJobStatus;
import io.velostream.operator.engine.PodReport;
import io.velostream.operator.status.Messages;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * How a new template reaches the pods: one by one, the highest number first, by the StatefulSet's partition.
 *
 * <ol>
 *   <li>A changed template is written together with partition = replicas: nothing moves.
 *   <li>The partition is lowered to the highest pod of an old revision; the StatefulSet's controller replaces it.
 *   <li>Once that pod is ready, answers and has started its jobs, the next one follows.
 *   <li>At the end the partition is 0.
 * </ol>
 *
 * <p>A pod that cannot start blocks its controller even when the template is mended (kubernetes#67250, and with Parallel pod
 * management again since 1.35): such a pod of an old revision, at or above the partition, is deleted. A dependency that is down
 * for all pods, such as Kafka, does not hold a rollout up: the rollout may carry the fix.
 */
final class Rollout {

    /** How long an old pod that is not ready holds the rollout up: it may just be coming back. */
    private static final Duration OLD_POD_PATIENCE = Duration.ofSeconds(60);

    /** A new pod may wait for its claim or its image for a moment without being stuck. */
    private static final Duration STUCK_AFTER = Duration.ofSeconds(15);

    private Rollout() {}

    /** Where the rollout is and what to do next. */
    record Plan(State state, int partition, List<ClusterEffect> effects, String message) {}

    /** The states of a rollout. */
    enum State {
        /** All pods are of the newest revision. */
        DONE,
        ROLLING,
        /** Pods wait for a maintenance window. */
        PENDING,
        /** A replaced pod cannot start. */
        STUCK
    }

    /**
     * @param scaling whether pods are on their way out, so that nothing else takes pods away
     * @param mayReplace whether a running pod may be replaced now
     */
    static Plan plan(ClusterObservation cluster, boolean scaling, boolean mayReplace) {
        if (cluster.statefulSet().isEmpty()) {
            return new Plan(State.DONE, 0, List.of(), "");
        }
        StatefulSetView set = cluster.statefulSet().get();
        if (!set.templateHash().equals(cluster.templateHash())) {
            return new Plan(State.ROLLING, set.replicas(), List.of(), "a new pod template is being written");
        }
        if (!set.observed() || set.updateRevision().isEmpty()) {
            return new Plan(
                    set.partition() == 0 ? State.DONE : State.ROLLING,
                    set.partition(),
                    List.of(),
                    "waiting for the StatefulSet");
        }
        List<PodView> outdated = cluster.pods().stream()
                .filter(pod -> !pod.revision().equals(set.updateRevision()) && pod.ordinal() < set.replicas())
                .sorted(Comparator.comparing(PodView::ordinal).reversed())
                .toList();
        if (outdated.isEmpty()) {
            return finish(cluster, set);
        }
        if (scaling) {
            return new Plan(State.ROLLING, set.partition(), List.of(), "the rollout goes on after the scale-in");
        }
        return roll(cluster, set, outdated, mayReplace);
    }

    private static Plan finish(ClusterObservation cluster, StatefulSetView set) {
        Optional<PodView> stuck =
                cluster.pods().stream().filter(pod -> isStuck(cluster, pod)).findFirst();
        if (stuck.isPresent()) {
            return new Plan(State.STUCK, set.partition(), List.of(), describe(cluster, stuck.get()));
        }
        return new Plan(State.DONE, 0, List.of(), "");
    }

    private static Plan roll(
            ClusterObservation cluster, StatefulSetView set, List<PodView> outdated, boolean mayReplace) {
        List<ClusterEffect> repairs = outdated.stream()
                .filter(pod -> pod.ordinal() >= set.partition() && !pod.ready() && !pod.terminating())
                .<ClusterEffect>map(pod -> new ClusterEffect.ReplacePod(
                        pod, pod.stuck().orElse("it is not ready and its revision is not wanted any more")))
                .toList();
        Optional<PodView> unfinished = cluster.pods().stream()
                .filter(pod -> pod.ordinal() >= set.partition() && pod.ordinal() < set.replicas())
                .filter(pod -> !isVerified(cluster, pod, set.updateRevision()))
                .findFirst();
        if (unfinished.isPresent()) {
            PodView pod = unfinished.get();
            boolean stuck = pod.revision().equals(set.updateRevision()) && isStuck(cluster, pod);
            return new Plan(
                    stuck ? State.STUCK : State.ROLLING,
                    set.partition(),
                    repairs,
                    stuck ? describe(cluster, pod) : "pod " + pod.name() + " is being replaced");
        }
        long present = cluster.pods().stream()
                .filter(pod -> pod.ordinal() >= set.partition())
                .count();
        if (present < set.replicas() - set.partition()) {
            return new Plan(State.ROLLING, set.partition(), repairs, "waiting for a replaced pod to come back");
        }
        Optional<PodView> recovering = outdated.stream()
                .filter(pod -> !pod.ready() && pod.stuck().isEmpty())
                .filter(pod -> cluster.now().isBefore(pod.readyChanged().plus(OLD_POD_PATIENCE)))
                .findFirst();
        if (recovering.isPresent()) {
            return new Plan(
                    State.ROLLING,
                    set.partition(),
                    repairs,
                    "waiting for pod " + recovering.get().name() + " to be ready again");
        }
        PodView next = outdated.get(0);
        if (!mayReplace && next.ready()) {
            return new Plan(
                    State.PENDING,
                    set.partition(),
                    repairs,
                    "a new template waits to reach " + Messages.count(outdated.size(), "pod"));
        }
        return new Plan(State.ROLLING, next.ordinal(), repairs, "pod " + next.name() + " is next");
    }

    /** Ready, of the wanted revision, answering, and with its jobs started. */
    private static boolean isVerified(ClusterObservation cluster, PodView pod, String revision) {
        if (!pod.revision().equals(revision) || !pod.ready() || pod.terminating()) {
            return false;
        }
        Optional<PodReport.Reached> report = cluster.reached(pod);
        return report.isPresent()
                && report.get().processing().jobs().stream().noneMatch(job -> isWorseThanElsewhere(cluster, pod, job));
    }

    private static boolean isWorseThanElsewhere(ClusterObservation cluster, PodView pod, EngineJobStatus job) {
        if (job.state() == EngineJobStatus.State.STARTING) {
            return true;
        }
        return job.state() == EngineJobStatus.State.FAILED
                && cluster.pods().stream()
                        .filter(other -> other.ordinal() != pod.ordinal())
                        .flatMap(other -> cluster.reached(other).stream())
                        .flatMap(report -> report.processing().job(job.name()).stream())
                        .anyMatch(other -> other.state() == EngineJobStatus.State.RUNNING);
    }

    /** Whether a pod will not become ready by itself, or has taken longer than it may. */
    private static boolean isStuck(ClusterObservation cluster, PodView pod) {
        boolean lasting = cluster.now().isAfter(pod.readyChanged().plus(STUCK_AFTER));
        return !pod.ready() && !pod.terminating() && ((pod.stuck().isPresent() && lasting) || isLate(cluster, pod));
    }

    private static boolean isLate(ClusterObservation cluster, PodView pod) {
        return cluster.now()
                .isAfter(pod.readyChanged().plus(cluster.spec().startTimeout().toDuration()));
    }

    private static String describe(ClusterObservation cluster, PodView pod) {
        return pod.stuck()
                .map(why -> "pod " + pod.name() + " cannot start: " + why)
                .orElseGet(() -> "pod " + pod.name() + " is not ready after "
                        + cluster.spec().startTimeout() + "; look at its log");
    }
}
