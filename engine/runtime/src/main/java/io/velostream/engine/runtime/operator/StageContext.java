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
    @Nullable
    RecordBatch batch;

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

    /** Whether rows are being written because the watermark has moved. */
    boolean closing;

    private @Nullable Emitter emitter;

    /** Begins a call of the stage. */
    void begin(@Nullable RecordBatch newBatch, Emitter newEmitter) {
        batch = newBatch;
        emitter = newEmitter;
    }

    /** Ends it, so that nothing of the batch is held. */
    void end() {
        batch = null;
        emitter = null;
        origin.key = null;
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
