package io.velostream.engine.runtime.operator;

import io.velostream.engine.runtime.row.Row;

/** One operator of a stage: takes a row and hands rows on to the next. */
abstract class Step {

    /**
     * Takes a row, which is void after the call.
     *
     * @throws RecordFailure when it cannot be processed; nothing of it has been written then
     */
    abstract void process(Row row);

    /** Acts on the context's watermark after it has reached {@link StageContext#wakeAt}. */
    void advance() {}

    /** Ends a batch or a tick: the last chance to write something. */
    void endOfBatch() {}
}
