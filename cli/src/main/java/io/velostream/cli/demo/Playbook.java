package io.velostream.cli.demo;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.velostream.cli.environment.Environment;
import io.velostream.cli.environment.Narrator;
import io.velostream.cli.kubectl.ResourceTable;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Patches resources and follows what their status says, with a deadline; keeps what was asked and how long it took. */
final class Playbook {

    private static final Duration POLL = Duration.ofMillis(150);

    private final Environment environment;
    private final Narrator narrator;
    private final Supplier<String> live;
    private final List<Played> played = new ArrayList<>();

    /** One step that reached its condition. */
    record Played(String asked, String said, double seconds) {}

    /**
     * @param live what to show while a condition is awaited
     */
    Playbook(Environment environment, Narrator narrator, Supplier<String> live) {
        this.environment = environment;
        this.narrator = narrator;
        this.live = live;
    }

    /** A patch as a user would type it: prints the kubectl command and sends the same merge patch. */
    void patch(String kind, String name, String mergePatch) {
        narrator.line("$ kubectl patch " + kind + " " + name + " --type merge -p '" + abbreviate(mergePatch) + "'");
        environment.resources().patch(kind, name, mergePatch);
    }

    private static String abbreviate(String patch) {
        return patch.length() <= 140 ? patch : patch.substring(0, 137) + "...";
    }

    /**
     * Waits until it holds.
     *
     * @param said what the status says once it does
     * @throws DemoFailure when the deadline passes first
     */
    void await(String asked, Duration deadline, BooleanSupplier holds, Supplier<String> said)
            throws InterruptedException {
        long start = System.nanoTime();
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() - start > deadline.toNanos()) {
                throw new DemoFailure(
                        asked + ": not reached within " + deadline.toSeconds() + " s; the status says: " + said.get());
            }
            narrator.live(live.get());
            TimeUnit.NANOSECONDS.sleep(POLL.toNanos());
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        String text = said.get();
        narrator.line(String.format(Locale.ROOT, "-> %s  (%.1f s)", text, seconds));
        played.add(new Played(asked, text, seconds));
    }

    /** A condition's status, empty when it is absent. */
    String condition(String kind, String name, String type) {
        return conditionField(kind, name, type, "status").orElse("");
    }

    /** {@code Type=Status Reason: message} of a condition. */
    String describe(String kind, String name, String type) {
        return type + "=" + conditionField(kind, name, type, "status").orElse("<absent>") + " "
                + conditionField(kind, name, type, "reason").orElse("")
                + conditionField(kind, name, type, "message")
                        .filter(text -> !text.isBlank())
                        .map(text -> ": " + text)
                        .orElse("");
    }

    private Optional<String> conditionField(String kind, String name, String type, String field) {
        return field(kind, name, ".status.conditions[?(@.type==\"" + type + "\")]." + field);
    }

    /** A field by its path. */
    Optional<String> field(String kind, String name, String path) {
        return environment
                .resources()
                .get(kind, name)
                .flatMap(resource -> ResourceTable.value(resource, path))
                .map(Object::toString);
    }

    /** Whether the status is about the newest spec. */
    boolean isObserved(String kind, String name) {
        return environment
                .resources()
                .get(kind, name)
                .map(resource ->
                        Long.toString(resource.getMetadata().getGeneration()).equals(observed(resource)))
                .orElse(false);
    }

    private static String observed(GenericKubernetesResource resource) {
        return ResourceTable.value(resource, ".status.observedGeneration")
                .map(Object::toString)
                .orElse("");
    }

    /** Shows both kinds as {@code kubectl get vc,vsj} would. */
    void showResources() {
        narrator.line("$ kubectl get vc,vsj");
        narrator.lines(environment.resources().table(new ResourceTable(Clock.systemUTC())));
    }

    List<Played> played() {
        return List.copyOf(played);
    }
}
