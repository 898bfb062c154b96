package io.velostream.operator.status;

import io.fabric8.kubernetes.api.model.Condition;
import io.velostream.crd.v1alpha1.ActionStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What changed between two statuses, as events: only changes are told, so a quiet resource tells nothing. */
public final class StatusEvents {

    private static final Set<String> TOLD_WHEN_FALSE = Stream.of(
                    ConditionType.VALID,
                    ConditionType.KAFKA_REACHABLE,
                    ConditionType.CIRCUIT_BREAKERS_CLOSED,
                    ConditionType.RESOURCES_WITHIN_LIMITS)
            .map(ConditionType::text)
            .collect(Collectors.toUnmodifiableSet());

    private StatusEvents() {}

    /** Events for conditions whose reason changed. {@code Ready} tells the main line, the others only what is bad. */
    public static List<StatusEvent> ofConditions(List<Condition> before, List<Condition> after) {
        List<StatusEvent> events = new ArrayList<>();
        for (Condition condition : after) {
            Optional<Reason> reason = reason(condition.getReason());
            Optional<Condition> old = find(before, condition.getType());
            boolean changed = old.isEmpty()
                    || !Objects.equals(old.get().getReason(), condition.getReason())
                    || !Objects.equals(old.get().getStatus(), condition.getStatus());
            if (changed && reason.isPresent()) {
                event(condition, reason.get()).ifPresent(events::add);
            }
        }
        return events;
    }

    private static Optional<StatusEvent> event(Condition condition, Reason reason) {
        boolean isTrue = "True".equals(condition.getStatus());
        String type = condition.getType();
        if (type.equals(ConditionType.READY.text())) {
            return Optional.of(new StatusEvent(reason, isWarning(reason), condition.getMessage()));
        }
        boolean bad = "False".equals(condition.getStatus()) && TOLD_WHEN_FALSE.contains(type);
        boolean told = isTrue
                && (type.equals(ConditionType.PAUSED.text()) || type.equals(ConditionType.PENDING_MAINTENANCE.text()));
        return bad || told ? Optional.of(new StatusEvent(reason, bad, condition.getMessage())) : Optional.empty();
    }

    private static boolean isWarning(Reason reason) {
        return switch (reason) {
            case POD_STUCK,
                    DRAIN_TIMED_OUT,
                    DRAIN_FORCED,
                    FOREIGN_OBJECT,
                    INVALID_SPEC,
                    UNKNOWN_VALUE,
                    PODS_UNREACHABLE,
                    ERROR,
                    INVALID_SQL,
                    SQL_NOT_FOUND,
                    CLUSTER_MISSING,
                    NO_CAPACITY,
                    GROUP_CONFLICT,
                    UPGRADE_ROLLED_BACK,
                    INVALID_CONFIG,
                    CONFIG_ROLLED_BACK,
                    JOB_FAILED -> true;
            default -> false;
        };
    }

    /** Events for actions that began or ended. */
    public static List<StatusEvent> ofActions(List<ActionStatus> before, List<ActionStatus> after) {
        return changed(before, after).stream().map(StatusEvents::event).toList();
    }

    /** Actions that are new or in another phase than before. */
    public static List<ActionStatus> changed(List<ActionStatus> before, List<ActionStatus> after) {
        return after.stream()
                .filter(action -> before.stream()
                        .filter(entry -> entry.type().equals(action.type())
                                && entry.requestId().equals(action.requestId()))
                        .noneMatch(entry -> entry.phase() == action.phase()))
                .toList();
    }

    private static StatusEvent event(ActionStatus action) {
        String note =
                action.type() + " " + action.requestId() + ": " + Objects.requireNonNullElse(action.message(), "");
        return switch (action.phase()) {
            case ADOPTED -> new StatusEvent(Reason.ACTION_ADOPTED, false, note);
            case SUCCEEDED -> new StatusEvent(Reason.ACTION_SUCCEEDED, false, note);
            case FAILED -> new StatusEvent(Reason.ACTION_FAILED, true, note);
            default -> new StatusEvent(Reason.ACTION_STARTED, false, note);
        };
    }

    private static Optional<Condition> find(List<Condition> conditions, String type) {
        return conditions.stream()
                .filter(condition -> type.equals(condition.getType()))
                .findFirst();
    }

    private static Optional<Reason> reason(String text) {
        for (Reason reason : Reason.values()) {
            if (reason.text().equals(text)) {
                return Optional.of(reason);
            }
        }
        return Optional.empty();
    }
}
