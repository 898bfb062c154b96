package io.velostream.engine.job;

import io.velostream.engine.breaker.CircuitBreakers;
import io.velostream.engine.runtime.metric.MetricReading;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The jobs of one pod. It brings what runs in line with the newest document of each job: level-triggered, so that
 * applying the same document twice does nothing. Safe for use by several threads.
 */
public interface JobRegistry extends AutoCloseable {

    /** Takes a document from a file or the admin API. */
    Applied apply(JobDocument document);

    /** Stops a job (leaving its group after the final commit) and forgets it; completes when it is gone. */
    CompletableFuture<Void> remove(String name);

    /** The jobs, by name. */
    List<JobStatus> statuses();

    /** One job. */
    Optional<JobStatus> status(String name);

    /** What each stage of each job has counted, for metrics; cheap enough to be asked every second. */
    List<StageStatistics> statistics();

    /** What each query of each job sent to its dead-letter topic; a query that may write none is left out. */
    default List<DeadLetterStatistics> deadLetters() {
        return List.of();
    }

    /** The metrics that the jobs' queries declare, summed over this pod's tasks. */
    default List<MetricReading> metrics() {
        return List.of();
    }

    /**
     * Drains every job of this pod: intake stops, what was read is finished and committed, the groups are left. Stays
     * in force until {@link #restart}, whatever documents arrive.
     *
     * @return completes when drained, or exceptionally with a {@link java.util.concurrent.TimeoutException}; the drain
     *     goes on all the same
     */
    CompletableFuture<List<JobStatus>> drain(Duration timeout);

    /** Closes every unit and starts it anew; ends a drain of the pod. */
    CompletableFuture<Void> restart();

    /** Whether the pod as a whole is draining or drained. */
    ProcessingState processingState();

    /**
     * Takes other settings: parallelism at once, options of the clients when a unit starts. Who the pod is, where its state
     * is and how its brokers are reached cannot be changed.
     *
     * @param batchRecords records that are processed as one batch at most
     * @param slowBatch how long a batch may take without a warning
     */
    default void reconfigure(PodSettings settings, int batchRecords, Duration slowBatch) {}

    /** Every task moves half of the state that it has in memory to disk within a second, where it can. */
    default void trim() {}

    /** Whether a broker answered the last probe; one is made every two seconds. */
    boolean kafkaReachable();

    /** The circuit breakers of the pod. */
    CircuitBreakers breakers();

    /** Closes every unit without leaving the groups, as a rolling restart wants it. */
    @Override
    void close();

    /** What the pod's processing as a whole does. */
    enum ProcessingState {
        RUNNING,
        DRAINING,
        DRAINED
    }

    /** What became of a document. */
    sealed interface Applied {
        /** In force, or already was. */
        record Accepted(JobStatus status) implements Applied {}

        /** A newer one is in force. */
        record Outdated(long sequenceInForce) implements Applied {}

        /** The SQL was refused; the last good one, if any, still runs. The status holds the problems. */
        record Refused(JobStatus status) implements Applied {}
    }
}
