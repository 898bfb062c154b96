package io.velostream.engine.job;

import io.velostream.engine.sql.analysis.SqlProblem;
import java.util.List;
import java.util.Optional;

/**
 * What one pod says of one job, as {@code GET /admin/jobs} gives it.
 *
 * @param runningGeneration generation of the last document that this pod could run; older than {@code generation} when
 *     the newest one was refused and the last good one still runs
 * @param problems errors and warnings of the newest document's SQL
 * @param inFlight records read but not yet committed
 * @param backlog records not yet read, summed over the partitions that this pod owns
 * @param offsets committed input offsets of the partitions that this pod owned last; complete once Drained
 * @param reason why the job waits or has failed; empty in the other states
 * @param lastError the last failure as a sentence; stays until the job is changed
 */
public record JobStatus(
        String namespace,
        String name,
        String uid,
        long generation,
        long runningGeneration,
        long sequence,
        JobState state,
        List<SqlProblem> problems,
        List<QueryStatus> queries,
        List<UnitStatus> units,
        long recordsProcessed,
        long recordsFailed,
        long recordsPerSecond,
        long backlog,
        long inFlight,
        List<PartitionOffset> offsets,
        Optional<Reason> reason,
        Optional<String> lastError) {
    public JobStatus {
        problems = List.copyOf(problems);
        queries = List.copyOf(queries);
        units = List.copyOf(units);
        offsets = List.copyOf(offsets);
    }

    /** The life of a job on a pod. */
    public enum JobState {
        /** The first SQL was refused; nothing runs. */
        INVALID,
        /** Kafka or a topic is awaited, or a circuit breaker is open. */
        WAITING,
        STARTING,
        RUNNING,
        SUSPENDED,
        DRAINING,
        DRAINED,
        STOPPED,
        /** A unit failed and is being rebuilt after a pause, or the error strategy was Fail. */
        FAILED
    }

    /** Why a job does not run, for machines. */
    public enum Reason {
        /** No broker answers. */
        KAFKA_UNREACHABLE,
        /** A topic that a query reads does not exist. */
        SOURCE_TOPIC_MISSING,
        /** A topic that would have to be created does not exist, and the job creates none. */
        TOPIC_MISSING,
        /** The broker refused to describe or create a topic, for instance for want of rights. */
        TOPIC_REFUSED,
        /** Members of another revision of the unit are still in its group; two revisions never share one. */
        OTHER_REVISION,
        /** A circuit breaker is open: what it guards is left alone for a while, the records wait in Kafka. */
        CIRCUIT_BREAKER_OPEN,
        /** A unit failed and is being rebuilt. */
        UNIT_FAILED,
        /** A record could not be processed and the error strategy is Fail: fix it, then restart. */
        RECORD_FAILED
    }

    /** One query. */
    public record QueryStatus(
            String name, String kind, String source, String sink, String state, Optional<String> lastError) {}

    /**
     * One Kafka Streams application of the job on this pod.
     *
     * @param rebuilds how often it failed and was made anew
     */
    public record UnitStatus(String applicationId, String state, int threads, List<String> tasks, long rebuilds) {
        public UnitStatus {
            tasks = List.copyOf(tasks);
        }
    }

    /** An offset of one partition: the next record to read. */
    public record PartitionOffset(String topic, int partition, long offset) {}
}
