package io.velostream.engine.runtime.operator;

import io.velostream.engine.format.KeyWriter;
import io.velostream.engine.plan.physical.StageOutput;
import io.velostream.engine.plan.physical.StageOutput.KeySpec;
import io.velostream.engine.plan.physical.StageOutput.Spread;
import io.velostream.engine.runtime.expression.Columns;
import io.velostream.engine.runtime.row.GrowingBuffer;
import io.velostream.engine.runtime.row.Row;
import io.velostream.engine.runtime.state.RowCodec;
import io.velostream.engine.runtime.state.TupleCodec;
import io.velostream.engine.sql.type.SqlType.Simple;
import java.util.Arrays;

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
    private final Spread spread;
    private final KeyWriter keyText;
    private final GrowingBuffer waitingKey = new GrowingBuffer(64);
    private final GrowingBuffer waitingRow = new GrowingBuffer(128);
    private final GrowingBuffer exchangeKey = new GrowingBuffer(64);
    private boolean waits;
    private long waitingTime;
    private long announced = Watermarks.NONE;
    private boolean announcedIdle;
    private boolean announcedComplete;

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
        this.spread = plan.spread();
        this.keyText = KeyWriter.of(new KeySpec.Columns(plan.keys(), true), context.origin);
        context.atEndOfRecord(this::flushWaiting);
    }

    @Override
    void process(Row row) {
        if (context.retract) {
            takeBack(row);
        } else if (waits) {
            exchange(row);
        } else {
            send(row, context.watermark == Watermarks.NONE ? RepartitionFormat.UNTIMED_ROW : RepartitionFormat.ROW);
        }
    }

    private void send(Row row, byte kind) {
        OutputBatch out = context.output();
        int start = out.position();
        try {
            writeKey(row, out);
            int valueFrom = out.position();
            begin(row, kind, out);
            if (kind == RepartitionFormat.ROW) {
                out.putVarint(row.origin.eventTime - context.rowWatermark());
            }
            writeColumns(row, out);
            if (carriesRecords) {
                SingleRecordView.write(context.batch(), context.index, out);
            }
            close(start, valueFrom, out, row.origin.eventTime);
        } catch (RecordFailure failure) {
            out.position(start);
            throw failure;
        }
    }

    private void writeKey(Row row, GrowingBuffer out) {
        switch (spread) {
            case BY_TUPLE -> {
                keys.evaluate(row);
                for (int column = 0; column < isAny.length; column++) {
                    TupleCodec.encode(keys.row(column, row), keys.slot(column), isAny[column], out);
                }
            }
            case BY_KEY_TEXT -> keyText.write(row, out);
            case TO_ALL -> {}
        }
    }

    private void begin(Row row, byte kind, GrowingBuffer out) {
        out.put(RepartitionFormat.VERSION);
        out.put(kind);
        out.putVarint(upstream);
        out.putVarint(row.origin.eventTime);
    }

    private void writeColumns(Row row, GrowingBuffer out) {
        columns.evaluate(row);
        for (int column = 0; column < columns.size(); column++) {
            RowCodec.encode(columns.row(column, row), columns.slot(column), columns.type(column), out);
        }
    }

    private void close(int start, int valueFrom, OutputBatch out, long eventTime) {
        int valueBytes = out.position() - valueFrom;
        if (spread == Spread.TO_ALL) {
            out.addBroadcast(valueFrom, valueBytes, Math.max(0, eventTime));
        } else {
            out.addRow(
                    start,
                    valueFrom - start,
                    valueFrom,
                    valueBytes,
                    Math.max(0, eventTime),
                    context.origin.headers.takeOutput());
        }
        context.counters.rowsOut++;
    }

    /** Holds a row that is taken back until it is known whether one of the same key takes its place. */
    private void takeBack(Row row) {
        flushWaiting();
        waitingKey.clear();
        writeKey(row, waitingKey);
        waitingRow.clear();
        begin(row, RepartitionFormat.REMOVAL, waitingRow);
        writeColumns(row, waitingRow);
        waitingTime = row.origin.eventTime;
        waits = true;
    }

    private void exchange(Row row) {
        exchangeKey.clear();
        writeKey(row, exchangeKey);
        if (!Arrays.equals(
                waitingKey.buffer(), 0, waitingKey.position(), exchangeKey.buffer(), 0, exchangeKey.position())) {
            flushWaiting();
            process(row);
            return;
        }
        waitingRow.buffer()[1] = RepartitionFormat.EXCHANGE;
        writeColumns(row, waitingRow);
        flushWaiting();
    }

    private void flushWaiting() {
        if (!waits) {
            return;
        }
        waits = false;
        OutputBatch out = context.output();
        int start = out.position();
        out.put(waitingKey.buffer(), 0, waitingKey.position());
        int valueFrom = out.position();
        out.put(waitingRow.buffer(), 0, waitingRow.position());
        close(start, valueFrom, out, waitingTime);
    }

    @Override
    void endOfBatch() {
        flushWaiting();
        long watermark = context.outputWatermark();
        boolean idle = reader.isIdle();
        if (watermark == announced && idle == announcedIdle && context.complete == announcedComplete) {
            return;
        }
        OutputBatch out = context.output();
        int start = out.position();
        out.put(RepartitionFormat.VERSION);
        out.put(RepartitionFormat.CONTROL);
        out.putVarint(upstream);
        out.put((idle ? RepartitionFormat.IDLE : 0) | (context.complete ? RepartitionFormat.COMPLETE : 0));
        out.putLong(watermark);
        out.addBroadcast(start, out.position() - start, Math.max(0, context.origin.timestamp));
        announced = watermark;
        announcedIdle = idle;
        announcedComplete = context.complete;
    }
}
