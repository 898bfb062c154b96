package io.velostream.bench.system;

/** Runs one query on one system inside the current process. */
interface Engine {
    /**
     * Starts the query and returns; closing the result ends it after a last commit.
     *
     * @param onFailure to be called when the query stops by itself
     * @throws Exception when the query cannot start
     */
    AutoCloseable start(Assignment assignment, FailureListener onFailure) throws Exception;

    /** Learns that a query stopped by itself. */
    interface FailureListener {
        /** Called at most once a query. */
        void failed(Throwable cause);
    }
}
