package io.velostream.operator.engine;

import java.util.Optional;

/** What a pod said when it was asked, or why it could not be. */
public sealed interface PodReport {

    /** Name of the pod. */
    String pod();

    /** The pod's answer, where there is one. */
    default Optional<Reached> reached() {
        return this instanceof Reached reached ? Optional.of(reached) : Optional.empty();
    }

    /** The pod answered. */
    record Reached(String pod, String version, EngineProcessing processing, EngineReadiness readiness)
            implements PodReport {}

    /** The pod did not answer, or not as it should. */
    record Unreached(String pod, EngineException.Kind kind, String message) implements PodReport {}
}
