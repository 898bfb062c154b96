package io.velostream.engine.runtime.operator;

import io.velostream.engine.format.JsonWriter;
import io.velostream.engine.format.RecordText;
import io.velostream.engine.plan.expression.Expression;
import io.velostream.engine.plan.physical.RowLayout;
import io.velostream.engine.plan.physical.StageInput;
import io.velostream.engine.plan.physical.StageOutput.SinkColumn;
import io.velostream.engine.runtime.row.ByteCursor;
import io.velostream.engine.runtime.row.GrowingBuffer;
import io.velostream.engine.runtime.row.Origin;
import io.velostream.engine.runtime.row.Row;
import io.velostream.engine.runtime.state.RowCodec;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Reads the rows and control records of a repartition topic. The watermark is the minimum over the tasks that write to
 * it; one that was never heard of holds everything back until the idle timeout has passed since this stage began, since
 * it may still have rows for the oldest window. After that it counts as idle until it speaks.
 */
final class RepartitionReader extends StageReader {

    private final Row row;
    private final RecordText text;
    private final StageContext context;
    private final Watermarks watermarks;
    private final ByteCursor cursor = new ByteCursor();
    private final JsonWriter columns;
    private final GrowingBuffer object = new GrowingBuffer(128);
    private final long idleTimeout;
    private final boolean bounded;
    private final long begin;
    private final int firstInput;
    private final int upstreams;
    private final BitSet complete = new BitSet();
    private boolean gaveUp;

    /**
     * @param firstInput where its upstreams begin among the inputs of the watermark
     * @param upstreams how many there are
     */
    RepartitionReader(
            StageInput.Repartition input,
            StageContext context,
            StageSettings settings,
            Watermarks watermarks,
            int firstInput,
            int upstreams) {
        this.firstInput = firstInput;
        this.upstreams = upstreams;
        this.row = new Row(input.layout().columns().size(), context.origin);
        this.text = ShippedRecord.of(row, input.layout());
        this.columns = new JsonWriter(named(input.layout()), context.origin, NoText.INSTANCE);
        this.context = context;
        this.watermarks = watermarks;
        this.idleTimeout = input.idleTimeout().toMillis();
        this.bounded = settings.bounded();
        this.begin = settings.clockMillis();
    }

    private static List<SinkColumn> named(RowLayout layout) {
        List<SinkColumn> columns = new ArrayList<>();
        for (int slot = 0; slot < layout.columns().size(); slot++) {
            RowLayout.Column column = layout.columns().get(slot);
            columns.add(new SinkColumn.Named(column.name(), new Expression.Slot(slot, column.name(), column.type())));
        }
        return columns;
    }

    /** The text of the record that the row was made from, where the rows carry it. */
    RecordText text() {
        return text;
    }

    @Override
    Row row() {
        return row;
    }

    @Override
    Found read(RecordBatch batch, int index) {
        byte[] value = batch.value(index);
        if (value == null) {
            throw foreign("a record without a value");
        }
        cursor.reset(value, 0, value.length);
        byte version = cursor.get();
        if (version != RepartitionFormat.VERSION) {
            throw foreign("a record of version " + version);
        }
        byte kind = cursor.get();
        int upstream = firstInput + (int) cursor.getVarint();
        if (kind == RepartitionFormat.CONTROL) {
            byte flags = cursor.get();
            watermarks.update(upstream, cursor.getLong(), (flags & RepartitionFormat.IDLE) != 0);
            if ((flags & RepartitionFormat.COMPLETE) != 0) {
                complete.set(upstream - firstInput);
            }
            return Found.NOTHING;
        }
        switch (kind) {
            case RepartitionFormat.ROW, RepartitionFormat.UNTIMED_ROW -> {
                readRow(batch, index, upstream, kind == RepartitionFormat.ROW);
                return Found.ROW;
            }
            case RepartitionFormat.REMOVAL -> {
                readRow(batch, index, upstream, false);
                return Found.REMOVAL;
            }
            case RepartitionFormat.EXCHANGE -> {
                readRow(batch, index, upstream, false);
                return Found.EXCHANGE;
            }
            default -> throw foreign("a record of kind " + kind);
        }
    }

    private void readRow(RecordBatch batch, int index, int upstream, boolean timed) {
        Origin origin = context.origin;
        origin.key = batch.key(index);
        origin.headers.begin(batch.headers(index));
        origin.offset = batch.offset(index);
        origin.timestamp = batch.timestamp(index);
        origin.eventTime = cursor.getVarint();
        watermarks.update(upstream, timed ? origin.eventTime - cursor.getVarint() : Watermarks.NONE, false);
        readNew();
    }

    @Override
    void readNew() {
        for (int slot = 0; slot < row.width(); slot++) {
            RowCodec.decode(cursor, row, slot);
        }
    }

    @Override
    void failed(Emitter emitter, RecordBatch batch, int index, RecordFailure failure) {
        emitter.failed(view(batch, index), 0, failure);
    }

    @Override
    void late(Emitter emitter, RecordBatch batch, int index, long watermark) {
        emitter.late(view(batch, index), 0, watermark);
    }

    /** The record that the row read last was made from, or the row as a JSON object of its columns. */
    private RecordBatch view(RecordBatch batch, int index) {
        if (!cursor.atEnd()) {
            return SingleRecordView.read(cursor);
        }
        object.clear();
        columns.write(row, object);
        return new SingleRecordView(
                batch.topic(), batch.partition(), batch.offset(index), batch.timestamp(index), null, object.toArray());
    }

    private static IllegalStateException foreign(String what) {
        return new IllegalStateException(
                "A repartition topic holds " + what + ": somebody else writes to it, or a newer version did.");
    }

    @Override
    void observe() {
        long seen = context.origin.eventTime;
        if (seen > context.counters.maxEventTime) {
            context.counters.maxEventTime = seen;
        }
    }

    @Override
    void tick(long wallClockMillis) {
        if (!gaveUp && !bounded && wallClockMillis - begin >= idleTimeout) {
            gaveUp = true;
            watermarks.giveUpUnheard();
        }
    }

    @Override
    boolean isComplete() {
        return complete.cardinality() >= upstreams;
    }

    /** Which upstreams have sent their tables whole. */
    BitSet complete() {
        return complete;
    }

    @Override
    boolean isIdle() {
        return watermarks.allIdle();
    }
}
