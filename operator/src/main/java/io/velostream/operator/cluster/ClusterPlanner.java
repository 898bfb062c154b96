package io.velostream.operator.cluster;

import io.velostream.crd.v1alpha1.ActionPhase;
import io.velostream.crd.v1alpha1.ActionStatus;
import io.velostream.crd.v1alpha1.DesiredState;
import io.velostream.operator.action.ActionLog;
import io.velostream.operator.action.ActionType;
import io.velostream.operator.cluster.ClusterDecision.ClusterProgress;
import io.velostream.operator.engine.EngineProcessing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Decides what a pass does: a pure function of what was observed. At most one thing that takes a pod away is under way at a time:
 * a scale-in goes before a rollout, and both before a restart of processing.
 */
final class ClusterPlanner {

    private ClusterPlanner() {}

    static ClusterDecision decide(ClusterObservation cluster) {
        Scaling.Plan scaling = Scaling.plan(cluster);
        Optional<Stopping.Plan> stop = Stopping.plan(cluster);
        boolean leaving = scaling.state() == Scaling.State.IN || scaling.state() == Scaling.State.TIMED_OUT;
        boolean stopping =
                stop.filter(plan -> plan.state() != Stopping.State.REACHED).isPresent();
        boolean open = cluster.windows().areOpen(cluster.now());
        boolean mayReplace = open || cluster.spec().safeMode() || ConfigDeployment.isRolling(cluster.actions());
        Rollout.Plan rollout = Rollout.plan(cluster, leaving || stopping, mayReplace);

        ActionLog actions = recordScaling(cluster, cluster.actions(), scaling);
        actions = recordStopping(cluster, actions, stop);
        actions = recordPodRestart(cluster, actions, rollout);
        actions = recordMaintenance(cluster, actions);
        actions = recordRecovery(cluster, actions, rollout);
        ConfigDeployment.Plan config = ConfigDeployment.advance(cluster, actions, rollout, open && !leaving);
        actions = config.actions();

        List<ClusterEffect> effects = new ArrayList<>();
        scaling.effect().ifPresent(effects::add);
        effects.addAll(rollout.effects());
        effects.addAll(housekeeping(cluster, scaling));
        List<String> pending = pending(actions, rollout, config, open);
        boolean begun = ProcessingRestart.hasBegun(actions);
        if (!leaving && rollout.state() == Rollout.State.DONE && stop.isEmpty() && (open || begun)) {
            ProcessingRestart.Plan restart = ProcessingRestart.plan(cluster, actions);
            actions = restart.actions();
            restart.effect().ifPresent(effects::add);
        }
        int replicas = stop.map(Stopping.Plan::replicas)
                .filter(count -> count == 0 || cluster.wants(DesiredState.STOPPED))
                .orElse(scaling.replicas());
        int partition = Math.min(rollout.partition(), replicas);
        StatefulSetShape shape =
                new StatefulSetShape(replicas, partition, serving(cluster, scaling, replicas), scaling.draining());
        boolean drained =
                stop.filter(plan -> plan.state() == Stopping.State.REACHED).isPresent();
        return new ClusterDecision(
                shape, effects, actions, new ClusterProgress(scaling, rollout, stop, drained, config, pending));
    }

    /**
     * Pods by which the jobs' parallelism is spread: a pod that leaves does not count any more, new pods count once all of them are
     * ready.
     */
    private static int serving(ClusterObservation cluster, Scaling.Plan scaling, int replicas) {
        int staying = Math.max(1, replicas - scaling.draining().size());
        if (cluster.statefulSet().isEmpty() || cluster.readyBelow(replicas) >= replicas) {
            return staying;
        }
        return Math.max(1, Math.min(cluster.statefulSet().get().servingReplicas(), staying));
    }

    /** Brings pods that stay to what the spec says: maintenance as asked for, drains that were taken back ended. */
    private static List<ClusterEffect> housekeeping(ClusterObservation cluster, Scaling.Plan scaling) {
        boolean maintenance = MaintenanceMode.isWanted(cluster);
        List<ClusterEffect> effects = new ArrayList<>();
        for (PodView pod : cluster.pods()) {
            if (pod.terminating()
                    || scaling.draining().contains(pod.ordinal())
                    || pod.ordinal() >= scaling.replicas()) {
                continue;
            }
            cluster.reached(pod).ifPresent(report -> {
                EngineProcessing processing = report.processing();
                if (processing.maintenance() != maintenance) {
                    effects.add(new ClusterEffect.SetMaintenance(pod, maintenance));
                }
                if (pod.drainStarted().isPresent() && processing.state() != EngineProcessing.State.RUNNING) {
                    String key = "resume-" + pod.drainStarted().get();
                    effects.add(new ClusterEffect.RestartProcessing(pod, key));
                } else if (pod.drainStarted().isPresent() || !pod.inService()) {
                    effects.add(new ClusterEffect.PutIntoService(pod));
                }
            });
        }
        return effects;
    }

    /** What waits for a maintenance window, in words. */
    private static List<String> pending(
            ActionLog actions, Rollout.Plan rollout, ConfigDeployment.Plan config, boolean open) {
        List<String> pending = new ArrayList<>();
        if (config.state() == ConfigDeployment.State.PENDING) {
            pending.add(config.message());
        }
        if (rollout.state() == Rollout.State.PENDING) {
            pending.add(rollout.message());
        }
        if (!open && !ProcessingRestart.hasBegun(actions)) {
            actions.running(ActionType.RESTART_PROCESSING)
                    .ifPresent(entry -> pending.add("restartProcessing " + entry.requestId() + " waits"));
        }
        return pending;
    }

    private static ActionLog recordMaintenance(ClusterObservation cluster, ActionLog log) {
        boolean asked = MaintenanceMode.isAsked(cluster);
        if (asked != MaintenanceMode.isWanted(cluster)) {
            return log;
        }
        List<String> deviating = MaintenanceMode.deviating(cluster, asked);
        String mode = asked ? "on" : "off";
        return deviating.isEmpty()
                ? succeed(log, ActionType.MAINTENANCE, cluster, "every pod that answers has it " + mode)
                : progress(
                        log,
                        ActionType.MAINTENANCE,
                        cluster,
                        mode,
                        "still to be switched " + mode + ": " + String.join(", ", deviating));
    }

    /** Emergency recovery: watched until every pod is ready with the safe configuration, or one of them is stuck. */
    private static ActionLog recordRecovery(ClusterObservation cluster, ActionLog log, Rollout.Plan rollout) {
        if (!cluster.spec().safeMode() || !cluster.wants(DesiredState.RUNNING)) {
            return end(log, ActionType.RECOVERY, cluster, ActionPhase.FAILED, "taken back: safeMode is off");
        }
        if (rollout.state() == Rollout.State.STUCK) {
            return failed(log, ActionType.RECOVERY, cluster, "start", rollout.message());
        }
        return ConfigDeployment.isSettled(cluster, rollout)
                ? succeed(log, ActionType.RECOVERY, cluster, "every pod is ready with the safe configuration")
                : progress(log, ActionType.RECOVERY, cluster, "start", "pods start with the safe configuration");
    }

    private static ActionLog recordScaling(ClusterObservation cluster, ActionLog log, Scaling.Plan scaling) {
        ActionLog result = log;
        result = switch (scaling.state()) {
            case OUT -> progress(result, ActionType.SCALE_OUT, cluster, scaling.step(), scaling.message());
            case IN -> progress(result, ActionType.SCALE_IN, cluster, scaling.step(), scaling.message());
            case TIMED_OUT -> failed(result, ActionType.SCALE_IN, cluster, scaling.step(), scaling.message());
            case SETTLED -> result;
        };
        int replicas = scaling.replicas();
        if (scaling.state() == Scaling.State.SETTLED) {
            boolean gone = cluster.pods().stream().noneMatch(pod -> pod.ordinal() >= replicas);
            if (gone) {
                result = succeed(result, ActionType.SCALE_IN, cluster, replicas + " pods remain");
            }
            if (cluster.readyBelow(replicas) >= replicas) {
                result = succeed(result, ActionType.SCALE_OUT, cluster, replicas + " pods are ready");
            }
        } else {
            ActionType other = scaling.state() == Scaling.State.OUT ? ActionType.SCALE_IN : ActionType.SCALE_OUT;
            result = end(result, other, cluster, ActionPhase.FAILED, "taken back: replicas was changed");
        }
        return result;
    }

    private static ActionLog recordStopping(ClusterObservation cluster, ActionLog log, Optional<Stopping.Plan> stop) {
        if (stop.isEmpty()) {
            ActionLog result =
                    end(log, ActionType.STOP, cluster, ActionPhase.FAILED, "taken back: desiredState was changed");
            return end(result, ActionType.DRAIN, cluster, ActionPhase.FAILED, "taken back: desiredState was changed");
        }
        Stopping.Plan plan = stop.get();
        ActionType other = plan.type() == ActionType.STOP ? ActionType.DRAIN : ActionType.STOP;
        ActionLog result = end(log, other, cluster, ActionPhase.FAILED, "taken back: desiredState was changed");
        return switch (plan.state()) {
            case WAITING -> progress(result, plan.type(), cluster, "drain", plan.message());
            case TIMED_OUT -> failed(result, plan.type(), cluster, "drain", plan.message());
            case REACHED -> succeed(result, plan.type(), cluster, plan.message());
            case FORCED ->
                result.running(plan.type()).isPresent()
                        ? end(result, plan.type(), cluster, ActionPhase.FAILED, plan.message())
                        : result;
        };
    }

    private static ActionLog recordPodRestart(ClusterObservation cluster, ActionLog log, Rollout.Plan rollout) {
        boolean written = cluster.statefulSet()
                .filter(set -> set.templateHash().equals(cluster.templateHash()) && set.observed())
                .isPresent();
        int replicas = cluster.statefulSet().map(StatefulSetView::replicas).orElse(0);
        if (written && rollout.state() == Rollout.State.DONE && cluster.readyBelow(replicas) >= replicas) {
            return succeed(log, ActionType.RESTART_PODS, cluster, "every pod was replaced and is ready");
        }
        Optional<ActionStatus> running = log.running(ActionType.RESTART_PODS);
        return running.map(entry ->
                        log.step(ActionType.RESTART_PODS, entry.requestId(), "replace pods", rollout.message()))
                .orElse(log);
    }

    /** The operator's own action of a type under way: begun if need be, taken up again if it had failed at the same spec. */
    private static ActionLog progress(
            ActionLog log, ActionType type, ClusterObservation cluster, String step, String message) {
        String own = "generation-" + cluster.generation();
        boolean doneBefore = log.find(type, own)
                .filter(entry -> entry.phase() == ActionPhase.SUCCEEDED)
                .isPresent();
        String fresh = doneBefore ? own + "-" + cluster.now().getEpochSecond() : own;
        String id = log.running(type).map(ActionStatus::requestId).orElse(fresh);
        return log.knows(type, id)
                ? log.step(type, id, step, message)
                : log.start(type, id, step, message, cluster.now());
    }

    private static ActionLog failed(
            ActionLog log, ActionType type, ClusterObservation cluster, String step, String message) {
        if (log.running(type).isEmpty() && log.knows(type, "generation-" + cluster.generation())) {
            return log;
        }
        ActionLog stepped = progress(log, type, cluster, step, message);
        return end(stepped, type, cluster, ActionPhase.FAILED, message);
    }

    private static ActionLog succeed(ActionLog log, ActionType type, ClusterObservation cluster, String message) {
        return end(log, type, cluster, ActionPhase.SUCCEEDED, message);
    }

    private static ActionLog end(
            ActionLog log, ActionType type, ClusterObservation cluster, ActionPhase phase, String message) {
        return log.running(type)
                .map(entry -> log.finish(type, entry.requestId(), phase, message, cluster.now()))
                .orElse(log);
    }
}
