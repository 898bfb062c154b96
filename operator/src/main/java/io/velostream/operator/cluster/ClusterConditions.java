package io.velostream.operator.cluster;

import io.velostream.crd.v1alpha1.DesiredState;
import io.velostream.operator.action.ActionType;
import io.velostream.operator.cluster.ClusterDecision.ClusterProgress;
import io.velostream.operator.engine.EngineJobStatus;
import io.velostream.operator.engine.PodChecks;
import io.velostream.operator.engine.PodReport;
import io.velostream.operator.status.ConditionType;
import io.velostream.operator.status.Messages;
import io.velostream.operator.status.Reason;
import io.velostream.operator.status.StatusAggregator;
import java.util.List;

/** What a pass has to say about a cluster: a pure function of what was observed and decided. */
final class ClusterConditions {

    private final ClusterObservation cluster;
    private final ClusterProgress progress;
    private final StatusAggregator status;
    private final int replicas;

    ClusterConditions(ClusterObservation cluster, ClusterDecision decision, StatusAggregator status) {
        this.cluster = cluster;
        this.progress = decision.progress();
        this.status = status;
        this.replicas = decision.shape().replicas();
    }

    /** Sets every condition. */
    void evaluate() {
        availability();
        configuration();
        kafka();
        guards();
        maintenance();
        pending();
        readiness();
    }

    private void readiness() {
        if (progress.rollout().state() == Rollout.State.STUCK) {
            stalled(Reason.POD_STUCK, progress.rollout().message());
            return;
        }
        if (progress.scaling().state() == Scaling.State.TIMED_OUT) {
            stalled(Reason.DRAIN_TIMED_OUT, progress.scaling().message());
            return;
        }
        if (progress.stop()
                .filter(stop -> stop.state() == Stopping.State.TIMED_OUT)
                .isPresent()) {
            stalled(Reason.DRAIN_TIMED_OUT, progress.stop().get().message());
            return;
        }
        ConfigDeployment.Plan config = progress.config();
        boolean running = progress.stop().isEmpty();
        if (running && config.state() == ConfigDeployment.State.REFUSED) {
            stalled(Reason.INVALID_CONFIG, config.message());
            return;
        }
        if (running && config.state() == ConfigDeployment.State.ROLLED_BACK) {
            stalled(Reason.CONFIG_ROLLED_BACK, config.message());
            return;
        }
        switch (progress.scaling().state()) {
            case IN -> working(Reason.SCALING_IN, step(progress.scaling()));
            case OUT -> working(Reason.SCALING_OUT, step(progress.scaling()));
            default -> steady();
        }
    }

    private static String step(Scaling.Plan plan) {
        return plan.step() + ": " + plan.message();
    }

    private void steady() {
        if (progress.stop().isPresent()) {
            stopping(progress.stop().get());
            return;
        }
        if (cluster.statefulSet().isEmpty()) {
            working(Reason.CREATING, "creating " + Messages.count(replicas, "pod"));
            return;
        }
        if (cluster.actions().running(ActionType.CONFIG_DEPLOYMENT).isPresent()) {
            working(Reason.DEPLOYING_CONFIG, progress.config().message());
            return;
        }
        if (progress.rollout().state() == Rollout.State.ROLLING) {
            working(
                    cluster.spec().safeMode() ? Reason.RECOVERING : Reason.ROLLING_OUT,
                    progress.rollout().message());
            return;
        }
        List<PodView> notReady =
                cluster.pods().stream().filter(pod -> !pod.ready()).toList();
        if (cluster.readyBelow(replicas) < replicas) {
            working(
                    notReadyReason(),
                    cluster.readyBelow(replicas) + " of " + Messages.count(replicas, "pod") + " ready" + why(notReady));
            return;
        }
        reachable();
    }

    private Reason notReadyReason() {
        if (cluster.actions().running(ActionType.SCALE_OUT).isPresent()) {
            return Reason.SCALING_OUT;
        }
        boolean neverWas = !status.wasTrue(ConditionType.AVAILABLE) && cluster.readyBelow(replicas) == 0;
        return neverWas || status.wasCreating() ? Reason.CREATING : Reason.PODS_NOT_READY;
    }

    private static String why(List<PodView> notReady) {
        return notReady.stream()
                .filter(pod -> pod.stuck().isPresent())
                .findFirst()
                .map(pod -> "; " + pod.name() + ": " + pod.stuck().get())
                .orElse("");
    }

    private void reachable() {
        List<String> silent = cluster.pods().stream()
                .filter(pod -> pod.ordinal() < replicas && cluster.reached(pod).isEmpty())
                .map(PodView::name)
                .toList();
        if (!silent.isEmpty()) {
            String first = cluster.reports().get(silent.get(0)) instanceof PodReport.Unreached unreached
                    ? ": " + unreached.message()
                    : "";
            working(Reason.PODS_UNREACHABLE, String.join(", ", silent) + " do not answer on the admin API" + first);
            return;
        }
        boolean restarting =
                cluster.actions().running(ActionType.RESTART_PROCESSING).isPresent();
        if (restarting) {
            working(Reason.RESTARTING, "processing is being restarted, one pod after the other");
        } else if (cluster.wants(DesiredState.SUSPENDED)) {
            suspended();
        } else if (cluster.spec().safeMode()) {
            status.set(
                    ConditionType.READY,
                    true,
                    Reason.SAFE_MODE,
                    Messages.count(replicas, "pod")
                            + " ready with the safe configuration; set safeMode to false to end it");
        } else {
            status.set(ConditionType.READY, true, Reason.RUNNING, Messages.count(replicas, "pod") + " ready");
        }
    }

    private void pending() {
        if (!progress.pending().isEmpty()) {
            status.set(
                    ConditionType.PENDING_MAINTENANCE,
                    true,
                    Reason.OUTSIDE_WINDOW,
                    String.join("; ", progress.pending()) + "; "
                            + cluster.windows().next(cluster.now()));
        }
    }

    private void suspended() {
        boolean all = cluster.pods().stream()
                .flatMap(pod -> cluster.reached(pod).stream())
                .flatMap(report -> report.processing().jobs().stream())
                .filter(job -> cluster.jobs().contains(job.name()))
                .noneMatch(job ->
                        job.state() == EngineJobStatus.State.RUNNING || job.state() == EngineJobStatus.State.STARTING);
        if (all) {
            status.set(ConditionType.READY, true, Reason.SUSPENDED, "polling is paused; membership and state stay");
        } else {
            working(Reason.SUSPENDING, "jobs are being suspended");
        }
    }

    private void stopping(Stopping.Plan plan) {
        Reason reached = plan.type() == ActionType.STOP ? Reason.STOPPED : Reason.DRAINED;
        Reason underWay = plan.type() == ActionType.STOP ? Reason.STOPPING : Reason.DRAINING;
        switch (plan.state()) {
            case REACHED -> status.set(ConditionType.READY, true, reached, plan.message());
            case FORCED -> working(Reason.DRAIN_FORCED, plan.message());
            default -> working(underWay, plan.message());
        }
    }

    private void availability() {
        long ready = cluster.readyBelow(Math.max(replicas, 1));
        boolean running = cluster.wants(DesiredState.RUNNING);
        if (!running) {
            status.set(
                    ConditionType.AVAILABLE,
                    false,
                    Reason.NOT_RUNNING,
                    "desiredState is " + cluster.spec().desiredState().value());
        } else if (ready > 0) {
            status.set(ConditionType.AVAILABLE, true, Reason.RUNNING, "pods are ready to process");
        } else {
            status.set(ConditionType.AVAILABLE, false, Reason.PODS_NOT_READY, "no pod is ready");
        }
    }

    private void configuration() {
        ConfigDeployment.Plan config = progress.config();
        if (cluster.statefulSet().isEmpty()) {
            status.set(ConditionType.CONFIG_APPLIED, false, Reason.CREATING, "pods are being created");
            return;
        }
        switch (config.state()) {
            case APPLIED -> {
                boolean safe = cluster.spec().safeMode();
                status.set(
                        ConditionType.CONFIG_APPLIED,
                        !safe,
                        safe ? Reason.SAFE_MODE : Reason.AS_EXPECTED,
                        safe
                                ? "the safe configuration is in force, not that of spec.config"
                                : "every pod runs with the configuration of the spec");
            }
            case UNDER_WAY ->
                status.set(ConditionType.CONFIG_APPLIED, false, Reason.DEPLOYING_CONFIG, config.message());
            case PENDING -> status.set(ConditionType.CONFIG_APPLIED, false, Reason.OUTSIDE_WINDOW, config.message());
            case REFUSED -> status.set(ConditionType.CONFIG_APPLIED, false, Reason.INVALID_CONFIG, config.message());
            case ROLLED_BACK ->
                status.set(ConditionType.CONFIG_APPLIED, false, Reason.CONFIG_ROLLED_BACK, config.message());
        }
    }

    private void kafka() {
        check(
                ConditionType.KAFKA_REACHABLE,
                PodChecks.KAFKA,
                "every pod reaches Kafka",
                Reason.KAFKA_UNREACHABLE,
                "do not reach Kafka at " + cluster.spec().kafka().bootstrapServers()
                        + "; they go on by themselves when it is back");
    }

    private void guards() {
        check(
                ConditionType.CIRCUIT_BREAKERS_CLOSED,
                PodChecks.CIRCUIT_BREAKERS,
                "no pod has an open breaker",
                Reason.CIRCUIT_BREAKER_OPEN,
                "have an open breaker; GET /admin/circuit-breaker names it");
        check(
                ConditionType.RESOURCES_WITHIN_LIMITS,
                PodChecks.RESOURCES,
                "every pod is within its limits",
                Reason.LIMITS_EXCEEDED,
                "are beyond their memory limit; raise config.resourceLimits.maxTotalMemory, or add pods");
    }

    private void check(ConditionType type, String check, String good, Reason reason, String bad) {
        PodChecks.of(cluster.reports().values())
                .verdict(check)
                .ifPresentOrElse(
                        failing -> {
                            if (failing.isEmpty()) {
                                status.set(type, true, Reason.AS_EXPECTED, good);
                            } else {
                                status.set(type, false, reason, String.join(", ", failing) + " " + bad);
                            }
                        },
                        () -> status.unknown(type, Reason.PODS_NOT_READY, "no pod can be asked"));
    }

    private void maintenance() {
        boolean asked = MaintenanceMode.isAsked(cluster);
        List<String> deviating = MaintenanceMode.deviating(cluster, asked);
        boolean held = !asked && MaintenanceMode.isWanted(cluster);
        if (held) {
            status.set(
                    ConditionType.MAINTENANCE,
                    true,
                    Reason.MAINTENANCE_ENABLED,
                    "held for the time of an action; it ends by itself");
        } else if (asked && deviating.isEmpty()) {
            status.set(
                    ConditionType.MAINTENANCE,
                    true,
                    Reason.MAINTENANCE_ENABLED,
                    "pods refuse new jobs, SQL and configuration from others than the operator");
        } else if (asked) {
            status.set(
                    ConditionType.MAINTENANCE,
                    false,
                    Reason.MAINTENANCE_ENABLED,
                    "not yet in " + String.join(", ", deviating));
        } else {
            status.set(
                    ConditionType.MAINTENANCE,
                    !deviating.isEmpty(),
                    Reason.AS_EXPECTED,
                    deviating.isEmpty() ? "not in maintenance" : "still in " + String.join(", ", deviating));
        }
    }

    private void working(Reason reason, String message) {
        status.set(ConditionType.READY, false, reason, message);
        status.set(ConditionType.RECONCILING, true, reason, message);
    }

    private void stalled(Reason reason, String message) {
        status.set(ConditionType.READY, false, reason, message);
        status.set(ConditionType.STALLED, true, reason, message);
    }
}
