package io.velostream.bench.memory;

import io.velostream.engine.runtime.operator.Emitter;
import io.velostream.engine.runtime.operator.OutputBatch;
import io.velostream.engine.runtime.operator.RecordBatch;
import io.velostream.engine.runtime.operator.RecordFailure;

/** Takes what a stage writes; whatever fails ends the measurement. */
public final class Output implements Emitter {
    private final OutputBatch batch = new OutputBatch(1 << 16);

    @Override
    public OutputBatch output() {
        return batch;
    }

    @Override
    public void failed(RecordBatch records, int index, RecordFailure failure) {
        throw failure;
    }

    @Override
    public void groupFailed(RecordFailure failure) {
        throw failure;
    }

    @Override
    public void late(RecordBatch records, int index, long watermark) {
        throw new IllegalStateException("No record of the measurement is late");
    }
}
