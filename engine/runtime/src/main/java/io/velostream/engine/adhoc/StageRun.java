package io.velostream.engine.adhoc;

import io.velostream.engine.plan.physical.StagePlan;
import io.velostream.engine.runtime.operator.Emitter;
import io.velostream.engine.runtime.operator.OutputBatch;
import io.velostream.engine.runtime.operator.RecordBatch;
import io.velostream.engine.runtime.operator.RecordFailure;
import io.velostream.engine.runtime.operator.Stage;
import io.velostream.engine.runtime.operator.StageCompiler;
import io.velostream.engine.runtime.operator.StageSettings;
import io.velostream.engine.runtime.topology.MergedBatch;
import java.io.IOException;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** One stage without state, fed with batches; its rows go to a sink until there are enough. */
final class StageRun {

    private static final int FIRST_CAPACITY = 64 * 1024;

    private final Stage stage;
    private final RowSink sink;
    private final long wanted;
    private final Collector collector = new Collector();
    private long rows;
    private long failed;

    StageRun(StagePlan plan, RowSink sink, long wanted) {
        this.stage = new StageCompiler().compile(plan, new StageSettings(0, 0, System.currentTimeMillis(), true));
        this.sink = sink;
        this.wanted = wanted;
    }

    /** Processes a batch; true when there are enough rows. */
    boolean process(List<ConsumerRecord<byte[], byte[]>> records) throws IOException {
        OutputBatch output = collector.output;
        output.clear();
        stage.process(new MergedBatch(records), collector);
        for (int row = 0; row < output.size() && rows < wanted; row++) {
            if (output.valueLength(row) != OutputBatch.ABSENT) {
                sink.row(output.buffer(), output.valueOffset(row), output.valueLength(row));
                rows++;
            }
        }
        return rows >= wanted;
    }

    ReadEnd end(ReadEnd.Reason reason) {
        return new ReadEnd(rows, failed, rows >= wanted ? ReadEnd.Reason.LIMIT : reason);
    }

    /** A record that cannot be processed is counted and left out: whoever only looks must not write dead letters. */
    private final class Collector implements Emitter {

        private final OutputBatch output = new OutputBatch(FIRST_CAPACITY);

        @Override
        public OutputBatch output() {
            return output;
        }

        @Override
        public void failed(RecordBatch batch, int index, RecordFailure failure) {
            failed++;
        }

        @Override
        public void groupFailed(RecordFailure failure) {
            failed++;
        }

        @Override
        public void late(RecordBatch batch, int index, long watermark) {}
    }
}
