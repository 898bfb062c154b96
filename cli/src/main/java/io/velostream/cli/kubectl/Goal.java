package io.velostream.cli.kubectl;

import io.fabric8.kubernetes.api.model.Condition;
import io.velostream.crd.v1alpha1.ActionPhase;
import io.velostream.crd.v1alpha1.ActionStatus;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** What a verb waits for. */
sealed interface Goal {

    /** How it ended, once it did. */
    Optional<Outcome> outcome(VeloResource resource);

    /** What is going on until then. */
    String progress(VeloResource resource);

    /** How a verb ended, with what the status says of it. */
    record Outcome(boolean reached, String message) {}

    /**
     * The condition Ready is True for the newest spec, with one of these reasons; none: with any.
     *
     * <p>It cannot be reached any more once the resource is Stalled.
     */
    record Ready(Set<String> reasons) implements Goal {

        public Ready {
            reasons = Set.copyOf(reasons);
        }

        @Override
        public Optional<Outcome> outcome(VeloResource resource) {
            Optional<Condition> ready = resource.current("Ready")
                    .filter(condition -> "True".equals(condition.getStatus()))
                    .filter(condition -> reasons.isEmpty() || reasons.contains(condition.getReason()));
            if (ready.isPresent()) {
                return Optional.of(new Outcome(true, text(ready.get())));
            }
            return resource.current("Stalled")
                    .filter(condition -> "True".equals(condition.getStatus()))
                    .map(condition -> new Outcome(false, text(condition)));
        }

        @Override
        public String progress(VeloResource resource) {
            return resource.current("Ready").map(Ready::text).orElse("waiting for the operator");
        }

        private static String text(Condition condition) {
            return condition.getReason() + ": " + condition.getMessage();
        }
    }

    /** A condition of the newest spec is True, or False. */
    record Holds(String type, boolean wanted) implements Goal {

        @Override
        public Optional<Outcome> outcome(VeloResource resource) {
            return resource.current(type)
                    .filter(condition -> (wanted ? "True" : "False").equals(condition.getStatus()))
                    .map(condition -> new Outcome(
                            true,
                            type + "=" + condition.getStatus() + " " + condition.getReason() + ": "
                                    + condition.getMessage()));
        }

        @Override
        public String progress(VeloResource resource) {
            return resource.current(type)
                    .map(condition -> type + " is " + condition.getStatus() + ": " + condition.getMessage())
                    .orElse("waiting for the operator");
        }
    }

    /** A requested action has ended. */
    record Action(String type, String requestId) implements Goal {

        @Override
        public Optional<Outcome> outcome(VeloResource resource) {
            return resource.action(type, requestId)
                    .filter(action -> action.phase() != ActionPhase.RUNNING)
                    .map(action -> new Outcome(
                            action.phase() == ActionPhase.SUCCEEDED,
                            action.phase().value() + ": " + Objects.requireNonNullElse(action.message(), "")));
        }

        @Override
        public String progress(VeloResource resource) {
            return resource.action(type, requestId).map(Action::text).orElse("waiting for the operator");
        }

        private static String text(ActionStatus action) {
            return Objects.requireNonNullElse(action.step(), "begun") + ": "
                    + Objects.requireNonNullElse(action.message(), "");
        }
    }
}
