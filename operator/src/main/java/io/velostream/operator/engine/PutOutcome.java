package io.velostream.operator.engine;

/** What became of a job document that was given to a pod. */
public sealed interface PutOutcome {

    /** It is in force. */
    record InForce(EngineJobStatus status) implements PutOutcome {}

    /** Its SQL was refused; what ran before still runs. The status holds the problems. */
    record SqlRefused(EngineJobStatus status) implements PutOutcome {}

    /** A newer document is in force. */
    record Outdated(String detail) implements PutOutcome {}
}
