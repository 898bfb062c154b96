package io.velostream.engine.runtime.operator;

import io.velostream.engine.plan.physical.StageOutput;
import io.velostream.engine.runtime.expression.Columns;
import io.velostream.engine.runtime.row.Row;
import io.velostream.engine.runtime.state.RowCodec;
import io.velostream.engine.runtime.state.TupleCodec;
import io.velostream.engine.sql.type.SqlType.Simple;

/**
 * Sends rows to the task that owns their key, and at the end of each batch and tick that moved time tells all tasks how
 * far this one has come.
 */
final class RepartitionStep extends Step {

    private final int upstream;
    private final boolean carriesRecords;
    private final StageReader reader;
    private final StageContext context;
    private final Columns keys;
    private final boolean[] isAny;
    private final Columns columns;
    private long announced = Watermarks.NONE;
    private boolean announcedIdle;

    /**
     * @param carriesRecords whether each row takes along the record that it was made from
     */
    RepartitionStep(
            StageOutput.Repartition plan,
            int upstream,
            boolean carriesRecords,
            StageReader reader,
            StageContext context) {
        this.upstream = upstream;
        this.carriesRecords = carriesRecords;
        this.reader = reader;
        this.context = context;
        this.keys = new Columns(plan.keys(), context.origin);
        this.isAny = new boolean[keys.size()];
        for (int column = 0; column < isAny.length; column++) {
            isAny[column] = keys.type(column) == Simple.ANY;
        }
        this.columns = new Columns(plan.columns(), context.origin);
    }

    @Override
    void process(Row row) {
        OutputBatch out = context.output();
        int start = out.position();
        try {
            keys.evaluate(row);
            for (int column = 0; column < isAny.length; column++) {
                TupleCodec.encode(keys.row(column, row), keys.slot(column), isAny[column], out);
            }
            int valueFrom = out.position();
            long eventTime = row.origin.eventTime;
            out.put(RepartitionFormat.VERSION);
            long watermark = context.rowWatermark();
            boolean timed = watermark != Watermarks.NONE;
            out.put(timed ? RepartitionFormat.ROW : RepartitionFormat.UNTIMED_ROW);
            out.putVarint(upstream);
            out.putVarint(eventTime);
            if (timed) {
                out.putVarint(eventTime - watermark);
            }
            columns.evaluate(row);
            for (int column = 0; column < columns.size(); column++) {
                RowCodec.encode(columns.row(column, row), columns.slot(column), out);
            }
            if (carriesRecords) {
                SingleRecordView.write(context.batch(), context.index, out);
            }
            out.addRow(start, valueFrom - start, valueFrom, out.position() - valueFrom, Math.max(0, eventTime));
            context.counters.rowsOut++;
        } catch (RecordFailure failure) {
            out.position(start);
            throw failure;
        }
    }

    @Override
    void endOfBatch() {
        long watermark = context.outputWatermark();
        boolean idle = reader.isIdle();
        if (watermark == announced && idle == announcedIdle) {
            return;
        }
        OutputBatch out = context.output();
        int start = out.position();
        out.put(RepartitionFormat.VERSION);
        out.put(RepartitionFormat.CONTROL);
        out.putVarint(upstream);
        out.put(idle ? 1 : 0);
        out.putLong(watermark);
        out.addBroadcast(start, out.position() - start, Math.max(0, context.origin.timestamp));
        announced = watermark;
        announcedIdle = idle;
    }
}
