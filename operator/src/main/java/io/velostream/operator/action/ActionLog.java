package io.velostream.operator.action;

import io.velostream.crd.v1alpha1.ActionPhase;
import io.velostream.crd.v1alpha1.ActionStatus;
import io.velostream.operator.status.Messages;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The actions of one resource as its status has them, the newest last. Immutable: every change gives another log. A request is
 * identified by type and requestId; once it is in the log it never runs a second time. Of each type the last twenty are kept, a
 * running one always.
 */
public record ActionLog(List<ActionStatus> entries) {

    private static final int KEPT_OF_EACH_TYPE = 20;

    public ActionLog {
        entries = List.copyOf(entries);
    }

    /** Whether the request was seen before. */
    public boolean knows(ActionType type, String requestId) {
        return find(type, requestId).isPresent();
    }

    /** The entry of a request. */
    public Optional<ActionStatus> find(ActionType type, String requestId) {
        return entries.stream()
                .filter(entry ->
                        entry.type().equals(type.text()) && entry.requestId().equals(requestId))
                .findFirst();
    }

    /** A name for an action of the operator's own that was not used before. */
    public String unused(ActionType type, String name, Instant now) {
        return knows(type, name) ? name + "-" + now.toEpochMilli() : name;
    }

    /** The action of a type that is under way; there is at most one. */
    public Optional<ActionStatus> running(ActionType type) {
        return entries.stream()
                .filter(entry -> entry.type().equals(type.text()) && entry.phase() == ActionPhase.RUNNING)
                .findFirst();
    }

    /** The newest entry of a type. */
    public Optional<ActionStatus> latest(ActionType type) {
        return entries.reversed().stream()
                .filter(entry -> entry.type().equals(type.text()))
                .findFirst();
    }

    /** Records a request that was there when the resource was created; it is not run. */
    public ActionLog adopt(ActionType type, String requestId, Instant now) {
        String time = time(now);
        return append(new ActionStatus(
                type.text(),
                requestId,
                ActionPhase.ADOPTED,
                null,
                time,
                time,
                "was in the manifest when the resource was created: recorded, not run"));
    }

    /** Records the intent to run an action, before anything is done. */
    public ActionLog start(ActionType type, String requestId, String step, String message, Instant now) {
        return append(new ActionStatus(
                type.text(), requestId, ActionPhase.RUNNING, step, time(now), null, Messages.bounded(message)));
    }

    /** Records the intent to do the next step. */
    public ActionLog step(ActionType type, String requestId, String step, String message) {
        return replace(
                type,
                requestId,
                entry -> new ActionStatus(
                        entry.type(),
                        entry.requestId(),
                        ActionPhase.RUNNING,
                        step,
                        entry.startedAt(),
                        null,
                        Messages.bounded(message)));
    }

    /** Records the end of an action. */
    public ActionLog finish(ActionType type, String requestId, ActionPhase phase, String message, Instant now) {
        return replace(
                type,
                requestId,
                entry -> new ActionStatus(
                        entry.type(),
                        entry.requestId(),
                        phase,
                        entry.step(),
                        entry.startedAt(),
                        time(now),
                        Messages.bounded(message)));
    }

    private ActionLog replace(ActionType type, String requestId, UnaryOperator<ActionStatus> change) {
        return new ActionLog(entries.stream()
                .map(entry ->
                        entry.type().equals(type.text()) && entry.requestId().equals(requestId)
                                ? change.apply(entry)
                                : entry)
                .toList());
    }

    private ActionLog append(ActionStatus entry) {
        List<ActionStatus> all = new ArrayList<>(entries);
        all.add(entry);
        return new ActionLog(trimmed(all, entry.type()));
    }

    private static List<ActionStatus> trimmed(List<ActionStatus> all, String type) {
        long surplus = all.stream().filter(entry -> entry.type().equals(type)).count() - KEPT_OF_EACH_TYPE;
        List<ActionStatus> kept = new ArrayList<>();
        for (ActionStatus entry : all) {
            boolean old = surplus > 0 && entry.type().equals(type) && entry.phase() != ActionPhase.RUNNING;
            if (old) {
                surplus--;
            } else {
                kept.add(entry);
            }
        }
        return kept;
    }

    private static String time(Instant now) {
        return now.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
