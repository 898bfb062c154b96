package io.velostream.engine.runtime.operator;

import io.velostream.engine.runtime.metric.QueryMetric;
import java.util.List;
import java.util.Optional;

/**
 * The loop of a stage: reads a record, sends its row through the steps, lets its time move the watermark, closes what
 * that closes, and goes on with the next. So the rows of a batch are the same as those of its records one by one.
 *
 * <p>A record that fails goes to its owner and the loop goes on; it moves the watermark all the same once its event
 * time was read.
 */
final class CompiledStage implements Stage {

    private final StageContext context;
    private final StageReader reader;
    private final Watermarks watermarks;
    private final Step first;
    private final Optional<StageState> state;
    private final List<QueryMetric> metrics;
    private final boolean timeComesFirst;

    CompiledStage(
            StageContext context,
            StageReader reader,
            Watermarks watermarks,
            Step first,
            Optional<StageState> state,
            List<QueryMetric> metrics) {
        this.context = context;
        this.reader = reader;
        this.watermarks = watermarks;
        this.first = first;
        this.state = state;
        this.metrics = List.copyOf(metrics);
        this.timeComesFirst = reader instanceof RepartitionReader;
    }

    @Override
    public void process(RecordBatch batch, Emitter emitter) {
        long begin = System.nanoTime();
        int size = batch.size();
        context.begin(batch, emitter);
        context.origin.topic = batch.topic();
        context.origin.partition = batch.partition();
        try {
            for (int index = 0; index < size; index++) {
                context.index = index;
                record(batch, index);
            }
            first.endOfBatch();
        } finally {
            context.end();
        }
        context.counters.lastBatchRecords = size;
        context.counters.lastBatchNanos = System.nanoTime() - begin;
    }

    private void record(RecordBatch batch, int index) {
        StageCounters counters = context.counters;
        counters.recordsIn++;
        boolean timed = false;
        try {
            boolean row = reader.read(batch, index) == StageReader.Found.ROW;
            if (timeComesFirst) {
                advance();
            }
            if (row) {
                timed = true;
                first.process(reader.row());
            }
        } catch (RecordFailure failure) {
            counters.recordsFailed++;
            reader.failed(context.emitter(), batch, index, failure);
        }
        if (timed) {
            reader.observe();
            advance();
        }
    }

    private void advance() {
        long watermark = watermarks.current();
        if (watermark > context.watermark) {
            context.previousWatermark = context.watermark;
            context.watermark = watermark;
            if (watermark >= context.wakeAt) {
                context.closing = true;
                try {
                    first.advance();
                } finally {
                    context.closing = false;
                }
            }
        }
    }

    @Override
    public void tick(long wallClockMillis, Emitter emitter) {
        context.begin(null, emitter);
        try {
            reader.tick(wallClockMillis);
            advance();
            first.endOfBatch();
        } finally {
            context.end();
        }
    }

    @Override
    public long watermark() {
        return context.watermark;
    }

    @Override
    public Optional<StageState> state() {
        return state;
    }

    @Override
    public StageCounters counters() {
        return context.counters;
    }

    @Override
    public List<QueryMetric> metrics() {
        return metrics;
    }
}
