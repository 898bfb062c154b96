package io.velostream.engine.job;

import java.util.OptionalLong;

/**
 * What one stage of a query has done on this pod since the pod started, summed over its tasks. Counters never fall: what
 * the stages of closed tasks counted stays in the sums until the job is removed, so that a rate over them is right.
 *
 * @param stage the stage's id in the plan
 * @param inputTopic the topic that it reads
 * @param readsSource whether that is a user's topic, not a repartition topic of ours
 * @param writesSink whether its rows go to a user's topic
 * @param recordsIn records read, failed ones included, control records not
 * @param lastBatchNanos duration of the last batch, the longest among the running tasks; 0 without one
 * @param lastBatchRecords records of that batch
 * @param watermark least watermark of the running tasks, milliseconds; empty before the first
 * @param maxEventTime largest event time seen, milliseconds; empty before the first
 * @param stateBytes bytes that the live state of the running tasks has allocated in memory
 * @param stateGroups groups in that state, on disk too
 * @param spilledGroups those of them that are on disk
 * @param backlog records of the input topic that this pod's partitions still hold unread
 * @param batches batches processed
 * @param batchNanos nanoseconds spent in them
 */
public record StageStatistics(
        String job,
        String query,
        QueryType queryType,
        String stage,
        String inputTopic,
        boolean readsSource,
        boolean writesSink,
        long recordsIn,
        long recordsFailed,
        long rowsOut,
        long lateDropped,
        long lateProcessed,
        long lastBatchNanos,
        long lastBatchRecords,
        OptionalLong watermark,
        OptionalLong maxEventTime,
        long stateBytes,
        long stateGroups,
        long spilledGroups,
        long backlog,
        long batches,
        long batchNanos) {

    /** What a query is to the execution time metric: named by the heaviest thing it does. */
    public enum QueryType {
        /** Filters and projections only. */
        PROJECTION,
        /** GROUP BY without a window. */
        AGGREGATION,
        /** GROUP BY in a window. */
        WINDOWING
    }
}
