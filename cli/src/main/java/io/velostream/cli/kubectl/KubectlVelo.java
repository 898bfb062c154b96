package io.velostream.cli.kubectl;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Pod;
import io.velostream.cli.environment.Narrator;
import io.velostream.cli.kubectl.Target.Found;
import io.velostream.cli.kubectl.Target.Kind;
import io.velostream.crd.v1alpha1.ActionStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * The runbook's procedures as verbs: each patches a field of a resource, follows the operator's steps with a line of progress, and
 * ends with what the status says. Exit code 0 when the state was reached, 1 when not, 2 when the command was not understood.
 */
@Command(
        name = "kubectl",
        aliases = "kubectl-velo",
        description = {
            "Act on clusters and jobs, as \"kubectl velo VERB RESOURCE\" does: patch, follow, tell how it ended.",
            "Exit code 0 when the state was reached, 1 when not, 2 when the command was not understood."
        },
        mixinStandardHelpOptions = true,
        subcommands = {ResourcesCommand.class, HelpCommand.class})
public final class KubectlVelo {

    private static final DateTimeFormatter REQUEST =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private static final List<String> HEALTH = List.of(
            "Ready",
            "Available",
            "Valid",
            "ConfigApplied",
            "KafkaReachable",
            "CircuitBreakersClosed",
            "ResourcesWithinLimits");

    @Command(description = "Finish and commit what was read, then end: pods or the job are removed, state stays.")
    int stop(
            @Mixin Target target,
            @Option(names = "--force", description = "End also what cannot be drained in time.") boolean force) {
        return desired(target, "Stopped", force);
    }

    @Command(description = "Run, from wherever it was stopped, drained or suspended.")
    int start(@Mixin Target target) {
        return desired(target, "Running", false);
    }

    @Command(description = "Pause polling; membership and state stay.")
    int suspend(@Mixin Target target) {
        return desired(target, "Suspended", false);
    }

    @Command(description = "Run again after suspend or drain.")
    int resume(@Mixin Target target) {
        return desired(target, "Running", false);
    }

    @Command(description = "Finish and commit what was read and leave the consumer groups; the pods stay.")
    int drain(
            @Mixin Target target,
            @Option(names = "--force", description = "End also what cannot be drained in time.") boolean force) {
        return desired(target, "Drained", force);
    }

    private static int desired(Target target, String state, boolean force) {
        Map<String, Object> spec = new LinkedHashMap<>();
        spec.put("desiredState", state);
        if (force) {
            spec.put("drain", Map.of("onTimeout", "Force"));
        }
        try (Found found = target.find(Kind.CLUSTER, Kind.JOB)) {
            Set<String> reasons = state.equals("Running") ? Set.of("Running", "SafeMode") : Set.of(state);
            return target.patchAndFollow(found, spec, new Goal.Ready(reasons));
        }
    }

    @Command(description = "Set the number of a cluster's pods; pods that go are drained first.")
    int scale(
            @Mixin Target target,
            @Option(names = "--replicas", required = true, description = "Number of pods.") int replicas) {
        try (Found found = target.find(Kind.CLUSTER)) {
            return target.patchAndFollow(found, Map.of("replicas", replicas), new Goal.Ready(Set.of()));
        }
    }

    @Command(description = "Switch a cluster's maintenance mode on or off.")
    int maintenance(
            @Mixin Target target,
            @Parameters(index = "1", paramLabel = "on|off", description = "The mode.") String mode) {
        if (!mode.equals("on") && !mode.equals("off")) {
            throw new IllegalArgumentException("Write on or off, not \"" + mode + "\"");
        }
        try (Found found = target.find(Kind.CLUSTER)) {
            return target.patchAndFollow(
                    found,
                    Map.of("maintenance", Map.of("enabled", mode.equals("on"))),
                    new Goal.Holds("Maintenance", mode.equals("on")));
        }
    }

    @Command(description = "Ask the operator to leave a resource alone for a while.")
    int pause(
            @Mixin Target target,
            @Option(
                            names = "--for",
                            converter = DurationOption.class,
                            description = "For how long, such as 2h; at most 7 days.")
                    @Nullable Duration length,
            @Option(names = "--reason", description = "Why, for those who find it paused.") @Nullable String reason,
            @Option(names = "--end", description = "Take it up again now.") boolean end) {
        if (end == (length != null)) {
            throw new IllegalArgumentException("Give either --for with a duration, or --end");
        }
        Map<String, Object> spec = new LinkedHashMap<>();
        if (length == null) {
            spec.put("pause", null);
        } else {
            Map<String, Object> pause = new LinkedHashMap<>();
            pause.put(
                    "until",
                    Instant.now().plus(length).truncatedTo(ChronoUnit.SECONDS).toString());
            if (reason != null) {
                pause.put("reason", reason);
            }
            spec.put("pause", pause);
        }
        try (Found found = target.find(Kind.CLUSTER, Kind.JOB)) {
            return target.patchAndFollow(
                    found, spec, length == null ? new Goal.Ready(Set.of()) : new Goal.Holds("Paused", true));
        }
    }

    @Command(description = "Start jobs anew: all of a cluster's, one job, or with --pods the pods themselves.")
    int restart(
            @Mixin Target target,
            @Option(names = "--pods", description = "Replace a cluster's pods one by one.") boolean pods,
            @Option(names = "--request-id", description = "A name for this request; it runs once.") @Nullable String asked) {
        try (Found found = target.find(Kind.CLUSTER, Kind.JOB)) {
            if (pods && found.kind() == Kind.JOB) {
                throw new IllegalArgumentException("--pods is for a VeloCluster: a job shares its pods with others");
            }
            String verb = found.kind() == Kind.JOB ? "restart" : pods ? "restartPods" : "restartProcessing";
            String id = asked == null ? newRequest() : asked;
            return target.patchAndFollow(
                    found, Map.of("actions", Map.of(verb, Map.of("requestId", id))), new Goal.Action(verb, id));
        }
    }

    private static String newRequest() {
        return "cli-" + REQUEST.format(Instant.now()) + "-"
                + Integer.toHexString(ThreadLocalRandom.current().nextInt(0x1000, 0x10000));
    }

    @Command(description = "Emergency recovery: start a cluster with the safe configuration, out of maintenance.")
    int recover(
            @Mixin Target target,
            @Option(names = "--end", description = "Go back to the configuration of the spec.") boolean end) {
        Map<String, Object> spec = new LinkedHashMap<>();
        spec.put("safeMode", !end);
        if (!end) {
            spec.put("desiredState", "Running");
            spec.put("maintenance", Map.of("enabled", false));
        }
        try (Found found = target.find(Kind.CLUSTER)) {
            return target.patchAndFollow(found, spec, new Goal.Ready(end ? Set.of("Running") : Set.of("SafeMode")));
        }
    }

    @Command(name = "wait", description = "Follow until the state that the spec asks for is reached.")
    int waitFor(
            @Mixin Target target,
            @Option(
                            names = "--for",
                            paramLabel = "CONDITION",
                            description = "A condition to become True instead, such as KafkaReachable.")
                    @Nullable String condition) {
        try (Found found = target.find(Kind.CLUSTER, Kind.JOB)) {
            Goal goal = condition == null ? new Goal.Ready(Set.of()) : new Goal.Holds(condition, true);
            return target.follow(found, goal, Narrator.onStandardOutput());
        }
    }

    @Command(description = "Show conditions and the last actions; exit code 0 when Ready.")
    int status(@Mixin Target target) {
        try (Found found = target.find(Kind.CLUSTER, Kind.JOB)) {
            VeloResource resource = found.read();
            System.out.println(resource.label() + "  " + resource.phase());
            resource.conditions().forEach(condition -> System.out.println("  " + line(condition)));
            List<ActionStatus> actions = resource.actions();
            actions.subList(Math.max(0, actions.size() - 10), actions.size())
                    .forEach(action -> System.out.println("  " + line(action)));
            return resource.isTrue("Ready") ? 0 : 1;
        }
    }

    @Command(description = "Check all that the runbook's health check does; exit code 0 when nothing is wrong.")
    int health(@Mixin Target target) {
        try (Found found = target.find(Kind.CLUSTER, Kind.JOB)) {
            VeloResource resource = found.read();
            List<Condition> wrong = resource.conditions().stream()
                    .filter(condition -> HEALTH.contains(condition.getType()))
                    .filter(condition -> !"True".equals(condition.getStatus()))
                    .toList();
            wrong.forEach(condition -> System.out.println("  " + line(condition)));
            boolean healthy = wrong.isEmpty() && resource.isTrue("Ready");
            System.out.println(resource.label() + (healthy ? " is healthy" : " is not healthy"));
            return healthy ? 0 : 1;
        }
    }

    @Command(description = "Show the last log lines of a cluster's pods.")
    int logs(
            @Mixin Target target,
            @Option(names = "--tail", defaultValue = "50", description = "Lines of each pod; default 50.") int lines) {
        try (Found found = target.find(Kind.CLUSTER)) {
            found
                    .client()
                    .pods()
                    .inNamespace(found.namespace())
                    .withLabel("velostream.io/cluster", found.name())
                    .list()
                    .getItems()
                    .stream()
                    .sorted(Comparator.comparing((Pod pod) -> pod.getMetadata().getName()))
                    .forEach(pod -> found.client()
                            .pods()
                            .inNamespace(found.namespace())
                            .withName(pod.getMetadata().getName())
                            .tailingLines(lines)
                            .getLog()
                            .lines()
                            .forEach(
                                    line -> System.out.println(pod.getMetadata().getName() + "  " + line)));
            return 0;
        }
    }

    private static String line(Condition condition) {
        return String.format(
                Locale.ROOT,
                "%-22s %-8s %-20s %s",
                condition.getType(),
                condition.getStatus(),
                condition.getReason(),
                condition.getMessage());
    }

    private static String line(ActionStatus action) {
        return String.format(
                Locale.ROOT,
                "%-22s %-10s %-28s %s",
                action.type(),
                action.phase().value(),
                action.requestId(),
                Objects.requireNonNullElse(action.message(), ""));
    }
}
