package io.velostream.operator.status;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Collects the conditions of one pass and builds them once at its end. A condition whose status did not change keeps its
 * transition time; one whose words did not change is the same object as before, so that an unchanged status is equal to the
 * written one and is not written again.
 */
public final class StatusAggregator {

    private final List<Condition> previous;
    private final @Nullable Long generation;
    private final Instant now;
    private final Map<ConditionType, Draft> drafts = new EnumMap<>(ConditionType.class);

    public StatusAggregator(List<Condition> previous, @Nullable Long generation, Instant now) {
        this.previous = List.copyOf(previous);
        this.generation = generation;
        this.now = now.truncatedTo(ChronoUnit.SECONDS);
    }

    /** Says what a condition is in this pass; the last word holds. */
    public StatusAggregator set(ConditionType type, boolean status, Reason reason, String message) {
        drafts.put(type, new Draft(status ? "True" : "False", reason, Messages.bounded(message)));
        return this;
    }

    /** Says that nothing is known about a condition. */
    public StatusAggregator unknown(ConditionType type, Reason reason, String message) {
        drafts.put(type, new Draft("Unknown", reason, Messages.bounded(message)));
        return this;
    }

    /** What the pass said of a condition so far. */
    public Optional<Reason> reasonOf(ConditionType type) {
        return Optional.ofNullable(drafts.get(type)).map(Draft::reason);
    }

    /** Whether the pass said that a condition is True. */
    public boolean isTrue(ConditionType type) {
        Draft draft = drafts.get(type);
        return draft != null && draft.status.equals("True");
    }

    /** Whether the status as it was written before says that a condition is True. */
    public boolean wasTrue(ConditionType type) {
        return previous.stream().anyMatch(old -> type.text().equals(old.getType()) && "True".equals(old.getStatus()));
    }

    /** Whether the resource was on its way to being ready for the first time. */
    public boolean wasCreating() {
        return previous.stream()
                .anyMatch(old -> ConditionType.READY.text().equals(old.getType())
                        && Reason.CREATING.text().equals(old.getReason()));
    }

    /** The conditions, in the order of {@link ConditionType}. */
    public List<Condition> build() {
        List<Condition> conditions = new ArrayList<>();
        drafts.forEach((type, draft) -> {
            if (!type.onlyWhenTrue() || draft.status.equals("True")) {
                conditions.add(condition(type, draft));
            }
        });
        return List.copyOf(conditions);
    }

    private Condition condition(ConditionType type, Draft draft) {
        Optional<Condition> before = previous.stream()
                .filter(old -> type.text().equals(old.getType()))
                .findFirst();
        String transition = before.filter(old -> draft.status.equals(old.getStatus()))
                .map(Condition::getLastTransitionTime)
                .orElseGet(now::toString);
        return new ConditionBuilder()
                .withType(type.text())
                .withStatus(draft.status)
                .withObservedGeneration(generation)
                .withLastTransitionTime(transition)
                .withReason(draft.reason.text())
                .withMessage(draft.message)
                .build();
    }

    private record Draft(String status, Reason reason, String message) {}
}
