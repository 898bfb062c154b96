package io.velostream.engine.runtime.operator;

/** Where a stage puts what it produces while it processes one batch. All of it is forwarded before the batch ends. */
public interface Emitter {

    /** Rows to the stage's output: the sink's topic or the repartition topic. */
    OutputBatch output();

    /**
     * Forwards what was collected when it has grown large, so that a window of any size may close. Called between rows that
     * are made of state, when no record is at hand.
     */
    default void relieve() {}

    /**
     * Hands a record that failed to its owner by the query's error strategy: dead-letter topic with the original bytes
     * and provenance headers, skip and count, or fail.
     *
     * @throws RecordFailure again, when the strategy is Fail
     */
    void failed(RecordBatch batch, int index, RecordFailure failure);

    /**
     * Reports a row that could not be made from state when its window closed: there is no record to hand over, so it
     * is logged and counted, and with the strategy Fail it ends the task.
     *
     * @throws RecordFailure again, when the strategy is Fail
     */
    void groupFailed(RecordFailure failure);

    /**
     * Tells that a row came after its window had closed.
     *
     * @param isCounted whether it was counted all the same, by correction or in the next window
     */
    default void lateRow(long eventTime, long watermark, boolean isCounted) {}

    /** Hands over a record whose window has closed, when late data goes to the dead-letter topic. */
    void late(RecordBatch batch, int index, long watermark);
}
