package io.velostream.bench.system;

/** Velostream itself: the query's SQL text run by the job manager of the engine's runtime. */
final class VelostreamEngine implements Engine {
    @Override
    public AutoCloseable start(Assignment assignment, FailureListener onFailure) {
        throw new UnsupportedOperationException("The engine's runtime has no job runner in this build");
    }
}
