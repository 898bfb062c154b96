package io.velostream.operator.cluster;

import io.velostream.crd.v1alpha1.ActionPhase;
import io.velostream.crd.v1alpha1.ActionStatus;
import io.velostream.operator.action.ActionLog;
import io.velostream.operator.action.ActionType;
import io.velostream.operator.action.RequestedActions;
import io.velostream.operator.engine.EngineJobStatus;
import io.velostream.operator.engine.EngineProcessing;
import io.velostream.operator.engine.PodReport;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The action {@code restartProcessing}: one pod after the other, the lowest number first; a pod's jobs must have started before the
 * next one follows.
 *
 * <p>The step "restart P" is in the status before the call. Whoever finds it there asks the pod for the name of its last restart:
 * if it is this one the call had arrived, else it is made (again) under the same name, which the pod carries out only once.
 */
final class ProcessingRestart {

    private static final String CALL = "restart ";
    private static final String VERIFY = "verify ";

    private ProcessingRestart() {}

    /** The log with the next intent, and the effect that it announces. */
    record Plan(ActionLog actions, Optional<ClusterEffect> effect) {}

    static Plan plan(ClusterObservation cluster, ActionLog actions) {
        Optional<ActionStatus> running = actions.running(ActionType.RESTART_PROCESSING);
        if (running.isEmpty()) {
            return new Plan(actions, Optional.empty());
        }
        String id = running.get().requestId();
        String step = Objects.requireNonNullElse(running.get().step(), RequestedActions.ACCEPTED);
        if (isLate(cluster, running.get())) {
            return new Plan(
                    actions.finish(
                            ActionType.RESTART_PROCESSING,
                            id,
                            ActionPhase.FAILED,
                            "gave up at \"" + step + "\" after "
                                    + cluster.spec().startTimeout()
                                    + "; look at that pod's log and ask again with another requestId",
                            cluster.now()),
                    Optional.empty());
        }
        if (step.startsWith(CALL)) {
            return call(cluster, actions, id, step.substring(CALL.length()));
        }
        if (step.startsWith(VERIFY) && !isUp(cluster, step.substring(VERIFY.length()))) {
            return new Plan(actions, Optional.empty());
        }
        return next(cluster, actions, id, step.startsWith(VERIFY) ? step.substring(VERIFY.length()) : "");
    }

    /** Whether a restart has gone beyond being accepted. */
    static boolean hasBegun(ActionLog actions) {
        return actions.running(ActionType.RESTART_PROCESSING)
                .filter(entry -> !RequestedActions.ACCEPTED.equals(entry.step()))
                .isPresent();
    }

    /** The log once the call has come off. */
    static ActionLog called(ActionLog actions, String requestId, PodView pod) {
        return actions.step(
                ActionType.RESTART_PROCESSING, requestId, VERIFY + pod.name(), "waiting until its jobs have started");
    }

    private static Plan call(ClusterObservation cluster, ActionLog actions, String id, String podName) {
        Optional<PodView> pod = named(cluster, podName);
        if (pod.isEmpty() || !pod.get().isRunning()) {
            // A pod that is gone or new starts its jobs anyway.
            return new Plan(
                    actions.step(
                            ActionType.RESTART_PROCESSING, id, VERIFY + podName, "the pod itself is being replaced"),
                    Optional.empty());
        }
        boolean arrived = cluster.reached(pod.get())
                .flatMap(report -> report.processing().lastRestart())
                .filter(id::equals)
                .isPresent();
        if (arrived) {
            return new Plan(called(actions, id, pod.get()), Optional.empty());
        }
        return new Plan(actions, Optional.of(new ClusterEffect.RestartProcessing(pod.get(), id)));
    }

    private static Plan next(ClusterObservation cluster, ActionLog actions, String id, String after) {
        int last = named(cluster, after).map(PodView::ordinal).orElseGet(() -> ordinal(after));
        List<PodView> rest = cluster.pods().stream()
                .filter(pod -> pod.ordinal() > last && pod.isRunning())
                .sorted(Comparator.comparing(PodView::ordinal))
                .toList();
        if (rest.isEmpty()) {
            return new Plan(
                    actions.finish(
                            ActionType.RESTART_PROCESSING,
                            id,
                            ActionPhase.SUCCEEDED,
                            "the jobs of every pod were started anew",
                            cluster.now()),
                    Optional.empty());
        }
        PodView pod = rest.get(0);
        return new Plan(
                actions.step(ActionType.RESTART_PROCESSING, id, CALL + pod.name(), "the pod's jobs are started anew"),
                Optional.of(new ClusterEffect.RestartProcessing(pod, id)));
    }

    private static boolean isUp(ClusterObservation cluster, String podName) {
        return named(cluster, podName)
                .filter(PodView::isRunning)
                .flatMap(cluster::reached)
                .map(PodReport.Reached::processing)
                .filter(processing -> processing.state() == EngineProcessing.State.RUNNING)
                .filter(processing ->
                        processing.jobs().stream().noneMatch(job -> job.state() == EngineJobStatus.State.STARTING))
                .isPresent();
    }

    private static Optional<PodView> named(ClusterObservation cluster, String name) {
        return cluster.pods().stream().filter(pod -> pod.name().equals(name)).findFirst();
    }

    private static int ordinal(String podName) {
        try {
            return podName.isEmpty() ? -1 : Integer.parseInt(podName.substring(podName.lastIndexOf('-') + 1));
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    private static boolean isLate(ClusterObservation cluster, ActionStatus entry) {
        String started = entry.startedAt();
        Duration each = cluster.spec().startTimeout().toDuration();
        int pods = Math.max(1, cluster.pods().size());
        return started != null && cluster.now().isAfter(Instant.parse(started).plus(each.multipliedBy(pods)));
    }
}
