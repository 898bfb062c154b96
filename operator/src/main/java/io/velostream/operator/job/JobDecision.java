package io.velostream.operator.job;

import io.velostream.operator.action.ActionLog;
import io.velostream.operator.cluster.PodView;
import io.velostream.operator.engine.EngineJobDocument;
import java.util.List;
import java.util.Optional;

/**
 * What one pass does about a job.
 *
 * @param validity what is to be said of the newest SQL; empty while nobody can say
 * @param document that the pods shall have; empty where the job never had good SQL
 * @param store whether it must be written to the ConfigMap, which comes before the pods
 * @param push pods that lack it
 * @param force pods in which the job is ended without being drained
 * @param upgrade where a new version stands
 * @param canary a pod that judges the newest SQL first, because it is of another version than the operator
 */
record JobDecision(
        Optional<Judgement> validity,
        Optional<EngineJobDocument> document,
        boolean store,
        List<PodView> push,
        List<PodView> force,
        Optional<Canary> canary,
        JobUpgrade.Plan upgrade,
        ActionLog actions,
        boolean timedOut) {

    JobDecision {
        push = List.copyOf(push);
        force = List.copyOf(force);
    }

    /** The same with what became of the actions. */
    JobDecision withActions(ActionLog newActions) {
        return new JobDecision(validity, document, store, push, force, canary, upgrade, newActions, timedOut);
    }

    /** A pod and the document that it judges. */
    record Canary(PodView pod, EngineJobDocument document) {}
}
