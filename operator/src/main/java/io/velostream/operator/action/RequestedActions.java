package io.velostream.operator.action;

import io.velostream.crd.v1alpha1.ActionRequest;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What {@code spec.actions} asks for: at most one request of each type. */
public record RequestedActions(Map<ActionType, String> requests) {

    /** The step of an action that was accepted and has not done anything. */
    public static final String ACCEPTED = "accepted";

    public RequestedActions {
        requests = Map.copyOf(requests);
    }

    /** Requests by type; absent ones are left out. */
    public static RequestedActions of(Map<ActionType, Optional<ActionRequest>> requests) {
        SortedMap<ActionType, String> present = new TreeMap<>();
        requests.forEach((type, request) -> request.ifPresent(asked -> present.put(type, asked.requestId())));
        return new RequestedActions(present);
    }

    /**
     * The log with every new request in it: recorded as adopted where the resource is seen for the first time, else as running. A
     * request waits while another of its type runs.
     */
    public ActionLog recordIn(ActionLog log, boolean firstSight, Instant now) {
        ActionLog result = log;
        for (Map.Entry<ActionType, String> request : new TreeMap<>(requests).entrySet()) {
            ActionType type = request.getKey();
            if (result.knows(type, request.getValue())) {
                continue;
            }
            if (firstSight) {
                result = result.adopt(type, request.getValue(), now);
            } else if (result.running(type).isEmpty()) {
                result = result.start(type, request.getValue(), ACCEPTED, "accepted", now);
            }
        }
        return result;
    }
}
