package io.velostream.operator.cluster;

import io.velostream.operator.action.PausePlace;
import io.velostream.operator.status.Reason;
import io.velostream.operator.status.StatusEvent;
import java.time.Duration;
import java.time.Instant;

/**
 * Something that is done to a pod after the intent is in the status. Every effect may be done again after a crash: it either sets
 * what is set already, or carries a name by which the pod knows it again.
 */
sealed interface ClusterEffect {

    /** The pod that it is done to. */
    PodView pod();

    /** The places around it where a test may hold the operator. */
    PausePlace place();

    /** Takes a pod out of the client Service and marks that the operator drains it. */
    record TakeOutOfService(PodView pod, Instant at) implements ClusterEffect {
        @Override
        public PausePlace place() {
            return PausePlace.SCALE_IN_LABEL;
        }
    }

    /** Gives a pod back to the client Service, its drain being over or taken back. */
    record PutIntoService(PodView pod) implements ClusterEffect {
        @Override
        public PausePlace place() {
            return PausePlace.RESUME_LABEL;
        }
    }

    /** Sets maintenance mode. */
    record SetMaintenance(PodView pod, boolean enabled) implements ClusterEffect {
        @Override
        public PausePlace place() {
            return PausePlace.MAINTENANCE_CALL;
        }
    }

    /** Begins to drain a pod. */
    record DrainPod(PodView pod, Duration timeout) implements ClusterEffect {
        @Override
        public PausePlace place() {
            return PausePlace.DRAIN_CALL;
        }
    }

    /** Restarts a pod's processing, which also ends its drain. */
    record RestartProcessing(PodView pod, String idempotencyKey) implements ClusterEffect {
        @Override
        public PausePlace place() {
            return PausePlace.RESTART_PROCESSING_CALL;
        }
    }

    /** Deletes a pod that cannot start on its old revision, so that it comes back on another. */
    record ReplacePod(PodView pod, String why) implements ClusterEffect {
        @Override
        public PausePlace place() {
            return PausePlace.REPAIR_DELETE;
        }

        StatusEvent event() {
            return new StatusEvent(Reason.STUCK_POD_REPLACED, true, "pod " + pod.name() + " was deleted: " + why);
        }
    }
}
