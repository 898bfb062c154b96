package io.velostream.bench.system;

import io.velostream.bench.ceiling.Ceiling;

/** The hand-written loop over the Kafka clients. */
final class CeilingEngine implements Engine {
    @Override
    public AutoCloseable start(Assignment assignment, FailureListener onFailure) throws Exception {
        return Ceiling.start(
                assignment.query(),
                assignment.bootstrap(),
                new Ceiling.Topics(assignment.input(), assignment.side(), assignment.output()),
                assignment.applicationId(),
                onFailure::failed);
    }
}
