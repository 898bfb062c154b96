package io.velostream.engine.runtime.operator;

import io.velostream.engine.runtime.metric.QueryMetric;
import java.util.List;
import java.util.Optional;

/**
 * A compiled stage of one task: reader, operators and writer in one tight loop. It belongs to one thread, keeps nothing
 * pending after a call returns, and knows nothing of Kafka Streams.
 */
public interface Stage {

    /**
     * Processes a whole batch: rows, then whatever the moved watermark closes.
     *
     * @throws RecordFailure when a record fails and the strategy is Fail; the task then ends without a commit
     */
    void process(RecordBatch batch, Emitter emitter);

    /**
     * Lets wall-clock time act: a silent partition becomes idle, a watermark is announced downstream.
     *
     * @param wallClockMillis now
     */
    void tick(long wallClockMillis, Emitter emitter);

    /**
     * Tells that an input has records which have not been read: however long that takes, it is not idle.
     *
     * @param topic the input's
     */
    default void inputWaits(String topic) {}

    /**
     * The table that the stage reads has been read up to the end that it had when this began. The stage tells the stages
     * behind it.
     */
    default void sourceComplete() {}

    /**
     * Whether the tables that the stage looks up are there: each was once read to the end. Until then its own input is to
     * be held back.
     */
    default boolean isReady() {
        return true;
    }

    /** Event time up to which everything has been seen, milliseconds; {@link Long#MIN_VALUE} before the first. */
    long watermark();

    /** The keyed state, when an operator of the stage has one. */
    Optional<StageState> state();

    /**
     * Whether the state was over its share of the pod's memory when the last call returned, so that {@link #relieve} is
     * due.
     */
    default boolean isOverShare() {
        return false;
    }

    /**
     * Brings the state within its share of memory by the policy in force. Not while another call runs, and only after the
     * state's changes have been flushed.
     *
     * @return what was done
     */
    default Relief relieve() {
        return Relief.NONE;
    }

    /**
     * Moves half of the state's memory to disk, what was needed last stays; nothing where state cannot go to disk. Not while
     * another call runs, and only after the state's changes have been flushed.
     */
    default void trim() {}

    /** Gives the state's memory and disk back; the stage must not be used any more. */
    default void close() {
        state().ifPresent(StageState::clear);
    }

    /** What was done about a state that was over its share of memory. */
    enum Relief {
        /** Nothing: it is within its share. */
        NONE,
        /** Groups went to disk. */
        SPILLED,
        /** Nothing can go to disk; records that make the state grow are refused. */
        REFUSING,
        /** The stage's input is to be held back until {@link #isOverShare} is false again. */
        HOLDING
    }

    /** What the stage has counted since it was made. */
    StageCounters counters();

    /** The metrics that the query declares; another thread may read them. */
    default List<QueryMetric> metrics() {
        return List.of();
    }
}
