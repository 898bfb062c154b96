package io.velostream.engine.runtime.operator;

/**
 * What one stage has counted. Written by the stage's thread only, with plain stores; read by the statistics from
 * another thread, which may see a slightly older figure.
 */
public final class StageCounters {

    /** Records read, failed ones included. */
    public long recordsIn;

    /** Records that failed and went to their error strategy. */
    public long recordsFailed;

    /** Rows written. */
    public long rowsOut;

    /** Late records dropped. */
    public long lateDropped;

    /** Late records that were counted all the same. */
    public long lateProcessed;

    /** Largest event time seen, milliseconds; {@link Long#MIN_VALUE} before the first. */
    public long maxEventTime = Long.MIN_VALUE;

    /** Bytes of the state in memory after the last batch. */
    public long stateBytes;

    /** Groups of the state after the last batch, those on disk included. */
    public long stateGroups;

    /** Groups of the state that are on disk. */
    public long spilledGroups;

    /** Nanoseconds spent in the last batch, for the latency gauge. */
    public long lastBatchNanos;

    /** Batches processed. */
    public long batches;

    /** Nanoseconds spent in all of them. */
    public long batchNanos;

    /** Records of the last batch. */
    public long lastBatchRecords;
}
