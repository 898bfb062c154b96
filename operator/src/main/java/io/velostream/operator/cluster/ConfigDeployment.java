package io.velostream.operator.cluster;

import io.velostream.crd.v1alpha1.ActionPhase;
import io.velostream.crd.v1alpha1.ActionStatus;
import io.velostream.crd.v1alpha1.ConfigStrategy;
import io.velostream.crd.v1alpha1.DesiredState;
import io.velostream.crd.v1alpha1.VeloClusterSpec;
import io.velostream.operator.action.ActionLog;
import io.velostream.operator.action.ActionType;
import io.velostream.operator.engine.ConfigVerdict;
import io.velostream.operator.engine.PodReport;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How a changed configuration is put in force (runbook, “Configuration Updates”):
 *
 * <ol>
 *   <li>{@code validate}: a running pod reads it and says everything that is wrong; a refused one changes nothing.
 *   <li>{@code maintenance}: every pod refuses work from others.
 *   <li>{@code roll}: the pods are replaced one by one with the new configuration, as any new template.
 *   <li>{@code verify <since>}: every pod passes all checks of {@code /ready} within {@code verifyTimeout}.
 *   <li>Then it is the last good one, and maintenance ends. Where a pod cannot start with it, or a check fails, {@code rollback}:
 *       the pods are replaced with the last good one, and what failed is not tried again until the configuration is changed.
 * </ol>
 *
 * <p>Invariant: the template of a pod names its configuration by hash, so a pod that crashes in between starts with the one that it
 * had. The step is in the status before it is done; which configuration the pods shall have follows from it alone.
 */
final class ConfigDeployment {

    private static final String VALIDATE = "validate";
    private static final String MAINTENANCE = "maintenance";
    private static final String ROLL = "roll";
    private static final String VERIFY = "verify ";
    private static final String ROLLBACK = "rollback";
    private static final String TAKEN_BACK = "taken back";

    private static final ActionType TYPE = ActionType.CONFIG_DEPLOYMENT;

    private ConfigDeployment() {}

    /** Where the configuration stands. */
    enum State {
        /** What the spec asks for is in force in every pod. */
        APPLIED,
        /** On its way, or waiting for pods. */
        UNDER_WAY,
        /** Waits for a maintenance window. */
        PENDING,
        /** A pod finds mistakes in it. */
        REFUSED,
        /** Pods did not get ready with it; the last good one is in force. */
        ROLLED_BACK
    }

    /**
     * What a pass comes to.
     *
     * @param lastGood hash of the last good configuration after this pass
     */
    record Plan(ActionLog actions, State state, String message, Optional<String> lastGood) {}

    /** The configuration, by hash, that pods shall start with in this pass. */
    static String target(VeloClusterSpec spec, ConfigView config, ActionLog log) {
        if (config.lastGood().isEmpty()
                || config.lastGood().get().equals(config.wanted())
                || spec.safeMode()
                || spec.configRollout().strategy() == ConfigStrategy.IMMEDIATE) {
            return config.wanted();
        }
        boolean takesIt = entry(config, log)
                .filter(entry -> entry.phase() == ActionPhase.SUCCEEDED
                        || (entry.phase() == ActionPhase.RUNNING && isForward(step(entry))))
                .isPresent();
        return takesIt ? config.wanted() : config.lastGood().get();
    }

    /** Whether a pod is to be asked about the wanted configuration. */
    static boolean wantsVerdict(ConfigView config, ActionLog log) {
        return entry(config, log)
                .filter(entry ->
                        entry.phase() == ActionPhase.RUNNING && step(entry).equals(VALIDATE))
                .isPresent();
    }

    /** Whether the pods are in maintenance for a deployment's sake. */
    static boolean holdsMaintenance(ActionLog log) {
        return log.running(TYPE).filter(entry -> !step(entry).equals(VALIDATE)).isPresent();
    }

    /** Whether pods are being replaced for a deployment that has begun: it does not stop half way when a window closes. */
    static boolean isRolling(ActionLog log) {
        return log.running(TYPE)
                .map(ConfigDeployment::step)
                .filter(step -> isForward(step) || step.equals(ROLLBACK))
                .isPresent();
    }

    private static boolean isForward(String step) {
        return step.equals(ROLL) || step.startsWith(VERIFY);
    }

    /** The next step, once it is known how the rollout of the target goes. */
    static Plan advance(ClusterObservation cluster, ActionLog actions, Rollout.Plan rollout, boolean mayBegin) {
        ConfigView config = cluster.config();
        boolean settled = isSettled(cluster, rollout);
        boolean direct = config.lastGood().isEmpty()
                || config.lastGood().get().equals(config.wanted())
                || cluster.spec().safeMode()
                || cluster.spec().configRollout().strategy() == ConfigStrategy.IMMEDIATE;
        if (direct) {
            ActionLog log = takenBack(cluster, actions);
            boolean proven = settled && !cluster.spec().safeMode();
            return new Plan(
                    log,
                    settled ? State.APPLIED : State.UNDER_WAY,
                    settled ? "every pod runs with the configuration of the spec" : rollout.message(),
                    proven ? Optional.of(config.wanted()) : config.lastGood());
        }
        return safely(cluster, actions, rollout, settled, mayBegin);
    }

    private static Plan safely(
            ClusterObservation cluster, ActionLog actions, Rollout.Plan rollout, boolean settled, boolean mayBegin) {
        ConfigView config = cluster.config();
        Optional<ActionStatus> entry = entry(config, actions);
        if (entry.isPresent() && entry.get().phase() == ActionPhase.SUCCEEDED) {
            // The operator ended between the record of the success and that of the last good configuration.
            return new Plan(actions, State.APPLIED, "every pod is ready with it", Optional.of(config.wanted()));
        }
        if (entry.isPresent() && entry.get().phase() != ActionPhase.RUNNING) {
            boolean refused = step(entry.get()).equals(VALIDATE);
            return new Plan(
                    actions,
                    refused ? State.REFUSED : State.ROLLED_BACK,
                    Objects.requireNonNullElse(entry.get().message(), ""),
                    config.lastGood());
        }
        if (cluster.wants(DesiredState.STOPPED)) {
            return new Plan(actions, State.UNDER_WAY, "taken up when the cluster runs again", config.lastGood());
        }
        if (entry.isEmpty()) {
            ActionLog log = takenBack(cluster, actions);
            if (!mayBegin) {
                return new Plan(log, State.PENDING, "a new configuration waits", config.lastGood());
            }
            String id = log.unused(TYPE, config.wanted() + "-" + cluster.generation(), cluster.now());
            return underWay(
                    log.start(TYPE, id, VALIDATE, "a pod checks the configuration", cluster.now()), config.lastGood());
        }
        return step(cluster, actions, entry.get(), rollout, settled);
    }

    private static Plan step(
            ClusterObservation cluster, ActionLog log, ActionStatus entry, Rollout.Plan rollout, boolean settled) {
        String id = entry.requestId();
        Optional<String> lastGood = cluster.config().lastGood();
        String step = step(entry);
        if (step.equals(VALIDATE)) {
            return validated(cluster, log, id);
        }
        if (step.equals(MAINTENANCE)) {
            boolean all =
                    running(cluster).allMatch(report -> report.processing().maintenance());
            return underWay(all ? log.step(TYPE, id, ROLL, "pods take the configuration one by one") : log, lastGood);
        }
        if (step.equals(ROLL) && settled) {
            return underWay(
                    log.step(TYPE, id, VERIFY + cluster.now(), "every pod has it; their checks are watched"), lastGood);
        }
        if (step.equals(ROLLBACK)) {
            return rolledBack(cluster, log, entry, rollout, settled);
        }
        if (rollout.state() == Rollout.State.STUCK) {
            return failed(cluster, log, id, rollout.message());
        }
        if (step.startsWith(VERIFY)) {
            return verified(cluster, log, id, since(step, cluster.now()));
        }
        return underWay(log, lastGood);
    }

    private static Plan validated(ClusterObservation cluster, ActionLog log, String id) {
        Optional<String> lastGood = cluster.config().lastGood();
        return switch (cluster.config().verdict().orElse(new ConfigVerdict.Unknown("no pod answers"))) {
            case ConfigVerdict.Refused(List<String> problems) -> {
                String message = "refused, nothing was changed: " + String.join("; ", problems)
                        + ". Correct spec.config or spec.kafka";
                ActionLog ended = log.finish(TYPE, id, ActionPhase.FAILED, message, cluster.now());
                yield new Plan(ended, State.REFUSED, message, lastGood);
            }
            case ConfigVerdict.Valid valid ->
                underWay(log.step(TYPE, id, MAINTENANCE, "valid; maintenance begins"), lastGood);
            case ConfigVerdict.Unknown(String why) ->
                underWay(log.step(TYPE, id, MAINTENANCE, "not checked beforehand: " + why), lastGood);
        };
    }

    private static Plan verified(ClusterObservation cluster, ActionLog log, String id, Instant since) {
        List<String> failing = cluster.pods().stream()
                .filter(pod -> !pod.terminating())
                .filter(pod -> cluster.reached(pod)
                        .filter(report -> report.readiness().isReady())
                        .isEmpty())
                .map(pod -> pod.name() + " " + why(cluster, pod))
                .toList();
        if (failing.isEmpty()) {
            String message = "every pod is ready with it";
            return new Plan(
                    log.finish(TYPE, id, ActionPhase.SUCCEEDED, message, cluster.now()),
                    State.APPLIED,
                    message,
                    Optional.of(cluster.config().wanted()));
        }
        boolean late = cluster.now()
                .isAfter(since.plus(
                        cluster.spec().configRollout().verifyTimeout().toDuration()));
        return late
                ? failed(cluster, log, id, String.join("; ", failing))
                : underWay(log, cluster.config().lastGood());
    }

    private static String why(ClusterObservation cluster, PodView pod) {
        return cluster.reached(pod)
                .map(report -> "fails "
                        + String.join(
                                ", ",
                                report.readiness().checks().entrySet().stream()
                                        .filter(check -> !check.getValue())
                                        .map(java.util.Map.Entry::getKey)
                                        .toList()))
                .orElse("does not answer");
    }

    private static Plan failed(ClusterObservation cluster, ActionLog log, String id, String why) {
        if (!cluster.spec().configRollout().rollback()) {
            String message = why + "; it is kept, as configRollout.rollback: false asks";
            return new Plan(
                    log.step(TYPE, id, ROLL, message),
                    State.UNDER_WAY,
                    message,
                    cluster.config().lastGood());
        }
        return underWay(log.step(TYPE, id, ROLLBACK, why), cluster.config().lastGood());
    }

    private static Plan rolledBack(
            ClusterObservation cluster, ActionLog log, ActionStatus entry, Rollout.Plan rollout, boolean settled) {
        Optional<String> lastGood = cluster.config().lastGood();
        String why = Objects.requireNonNullElse(entry.message(), "");
        if (settled || rollout.state() == Rollout.State.STUCK) {
            String message = (settled
                            ? "rolled back to the last good configuration: "
                            : "the last good configuration does not come up either (" + rollout.message()
                                    + "); it was taken back for: ")
                    + why + ". Change spec.config, or set configRollout.strategy to Immediate";
            return new Plan(
                    log.finish(TYPE, entry.requestId(), ActionPhase.FAILED, message, cluster.now()),
                    State.ROLLED_BACK,
                    message,
                    lastGood);
        }
        return new Plan(log, State.UNDER_WAY, "rolling back: " + why, lastGood);
    }

    private static Plan underWay(ActionLog log, Optional<String> lastGood) {
        String message = log.running(TYPE)
                .map(entry -> step(entry) + ": " + entry.message())
                .orElse("");
        return new Plan(log, State.UNDER_WAY, message, lastGood);
    }

    private static ActionLog takenBack(ClusterObservation cluster, ActionLog log) {
        String message = "taken back: the configuration was changed again";
        return log.running(TYPE)
                .map(entry -> log.step(TYPE, entry.requestId(), TAKEN_BACK, message)
                        .finish(TYPE, entry.requestId(), ActionPhase.FAILED, message, cluster.now()))
                .orElse(log);
    }

    /** The newest deployment, if it is that of the wanted configuration. */
    private static Optional<ActionStatus> entry(ConfigView config, ActionLog log) {
        return log.latest(TYPE)
                .filter(entry -> entry.requestId().startsWith(config.wanted() + "-"))
                .filter(entry -> !step(entry).equals(TAKEN_BACK));
    }

    private static String step(ActionStatus entry) {
        return Objects.requireNonNullElse(entry.step(), VALIDATE);
    }

    private static Instant since(String step, Instant otherwise) {
        try {
            return Instant.parse(step.substring(VERIFY.length()));
        } catch (DateTimeException e) {
            return otherwise;
        }
    }

    /** Whether the template of this pass is that of every pod, and every pod is ready. */
    static boolean isSettled(ClusterObservation cluster, Rollout.Plan rollout) {
        return rollout.state() == Rollout.State.DONE
                && cluster.statefulSet()
                        .filter(set -> set.templateHash().equals(cluster.templateHash()) && set.observed())
                        .filter(set -> set.replicas() > 0 && cluster.readyBelow(set.replicas()) >= set.replicas())
                        .isPresent();
    }

    private static java.util.stream.Stream<PodReport.Reached> running(ClusterObservation cluster) {
        return cluster.pods().stream().filter(pod -> !pod.terminating()).flatMap(pod -> cluster.reached(pod).stream());
    }
}
