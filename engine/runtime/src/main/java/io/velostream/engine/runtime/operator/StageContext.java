package io.velostream.engine.runtime.operator;

import io.velostream.engine.runtime.row.Origin;
import org.jspecify.annotations.Nullable;

/** What the steps of one stage share while a batch is processed. */
final class StageContext {

    /** Metadata of the current record. */
    final Origin origin = new Origin();

    /** What the stage counts. */
    final StageCounters counters = new StageCounters();

    /** The current batch; null while wall-clock time acts. */
    @Nullable RecordBatch batch;

    /** Index of the current record in the batch. */
    int index;

    /** Event time up to which everything has been seen. */
    long watermark = Long.MIN_VALUE;

    /** The watermark before it moved last: what that had closed was written then. */
    long previousWatermark = Long.MIN_VALUE;

    /** The watermark at which a step next has something to close. */
    long wakeAt = Long.MAX_VALUE;

    /**
     * How much later than its own time a row of a closed window leaves, because the window waits for stragglers: time
     * is that much younger behind this stage.
     */
    long outputDelay;

    /** Bytes above which a table that is put together for a moment goes to disk. */
    long tableLimit = Long.MAX_VALUE;

    /** Whether the state may not grow any more: it is over its share of memory and nothing of it can go to disk. */
    boolean exhausted;

    /** Whether rows are being written because the watermark has moved. */
    boolean closing;

    /** Whether every table that the stage's rows are made of was read to the end. */
    boolean complete;

    /** Whether the row at hand is taken back and not added. */
    boolean retract;

    private @Nullable Emitter emitter;
    private Runnable[] endOfRecord = {};

    /**
     * Lets a step act when all that one input record leads to has been handed on to it. Steps are made from the last to the
     * first, and act from the first to the last.
     */
    void atEndOfRecord(Runnable action) {
        Runnable[] actions = new Runnable[endOfRecord.length + 1];
        actions[0] = action;
        System.arraycopy(endOfRecord, 0, actions, 1, endOfRecord.length);
        endOfRecord = actions;
    }

    /** All that one input record leads to has been handed on. */
    void endOfRecord() {
        for (Runnable action : endOfRecord) {
            action.run();
        }
    }

    /** Begins a call of the stage. */
    void begin(@Nullable RecordBatch newBatch, Emitter newEmitter) {
        batch = newBatch;
        emitter = newEmitter;
    }

    /** Ends it, so that nothing of the batch is held. */
    void end() {
        batch = null;
        emitter = null;
        retract = false;
        origin.key = null;
        origin.headers.clear();
        origin.value = null;
    }

    /**
     * The watermark for a row that leaves now. What a moved watermark closes still belongs to the time before: the next
     * stage must not take those rows for late.
     */
    long rowWatermark() {
        return delayed(closing ? previousWatermark : watermark);
    }

    /** The watermark behind this stage once all that it closes has left. */
    long outputWatermark() {
        return delayed(watermark);
    }

    private long delayed(long time) {
        return time == Watermarks.NONE ? time : time - outputDelay;
    }

    /** Where rows go. */
    OutputBatch output() {
        return emitter().output();
    }

    /** The emitter of the call. */
    Emitter emitter() {
        Emitter current = emitter;
        if (current == null) {
            throw new IllegalStateException("A step runs outside a call of its stage.");
        }
        return current;
    }

    /** The current batch, when a record is at hand. */
    RecordBatch batch() {
        RecordBatch current = batch;
        if (current == null) {
            throw new IllegalStateException("No record is at hand while wall-clock time acts.");
        }
        return current;
    }
}
