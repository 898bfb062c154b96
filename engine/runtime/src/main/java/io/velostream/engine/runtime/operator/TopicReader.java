package io.velostream.engine.runtime.operator;

import io.velostream.engine.format.EventTimeReader;
import io.velostream.engine.format.RecordText;
import io.velostream.engine.format.SourceReader;
import io.velostream.engine.plan.expression.Expression;
import io.velostream.engine.plan.physical.StageInput;
import io.velostream.engine.plan.physical.StageInput.FieldRead;
import io.velostream.engine.runtime.expression.Evaluator;
import io.velostream.engine.runtime.expression.ExpressionCompiler;
import io.velostream.engine.runtime.row.Origin;
import io.velostream.engine.runtime.row.Row;
import io.velostream.engine.runtime.row.Tag;
import io.velostream.engine.runtime.row.Value;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads a user's topic. The watermark is the largest event time seen minus the disorder, with a punctuation the largest
 * of the records that carry it; the partition is idle when no record has come, and none was waiting, for the idle timeout.
 */
final class TopicReader extends StageReader {

    private final SourceReader reader;
    private final EventTimeReader eventTime;
    private final Row row;
    private final StageContext context;
    private final long disorder;
    private final @Nullable Evaluator punctuation;
    private final Value mark = new Value();
    private final long idleTimeout;
    private final boolean bounded;
    private final Watermarks watermarks;
    private final boolean table;
    private long lastActive;
    private boolean active;
    private boolean complete;

    /**
     * @param table whether the rows are those of a table, in which a record without a value removes one
     */
    TopicReader(
            StageInput.Topic topic,
            BitSet computed,
            boolean table,
            StageContext context,
            StageSettings settings,
            Watermarks watermarks) {
        this.table = table;
        this.reader = new SourceReader(topic, computed);
        this.eventTime = new EventTimeReader(topic.source().eventTime());
        this.row = new Row(topic.fields().size(), context.origin);
        this.context = context;
        this.disorder = topic.source().watermark().maxOutOfOrderness().toMillis();
        this.punctuation = FieldRead.slotOf(
                        topic.fields(), topic.source().watermark().punctuation())
                .map(slot -> evaluator(topic, slot))
                .orElse(null);
        this.idleTimeout = topic.source().watermark().idleTimeout().toMillis();
        this.bounded = settings.bounded();
        this.watermarks = watermarks;
        this.lastActive = settings.clockMillis();
    }

    private static Evaluator evaluator(StageInput.Topic topic, int slot) {
        FieldRead field = topic.fields().get(slot);
        return ExpressionCompiler.compile(new Expression.Slot(slot, field.name(), field.type()));
    }

    /** Where the text of the current record is. */
    RecordText text() {
        return reader;
    }

    @Override
    Row row() {
        return row;
    }

    @Override
    Found read(RecordBatch batch, int index) {
        inputWaits();
        byte[] value = batch.value(index);
        if (value == null && EndOfInput.isMarkedBy(batch.headers(index))) {
            watermarks.update(0, EndOfInput.TIME, false);
            return Found.NOTHING;
        }
        if (value == null && !table) {
            return Found.NOTHING;
        }
        Origin origin = context.origin;
        byte[] key = batch.key(index);
        origin.key = key;
        origin.value = value;
        origin.headers.begin(batch.headers(index));
        origin.offset = batch.offset(index);
        origin.timestamp = batch.timestamp(index);
        origin.eventTime = origin.timestamp;
        if (value == null) {
            return Found.REMOVAL;
        }
        reader.read(key, value, row);
        origin.eventTime = eventTime.read(row, origin.timestamp);
        return Found.ROW;
    }

    @Override
    void failed(Emitter emitter, RecordBatch batch, int index, RecordFailure failure) {
        emitter.failed(batch, index, failure);
    }

    @Override
    void late(Emitter emitter, RecordBatch batch, int index, long watermark) {
        emitter.late(batch, index, watermark);
    }

    @Override
    void observe() {
        long seen = context.origin.eventTime;
        if (seen > context.counters.maxEventTime) {
            context.counters.maxEventTime = seen;
        }
        if (punctuation != null && !isMarked(punctuation)) {
            return;
        }
        long watermark = seen - disorder;
        if (watermark > watermarks.mark(0) && watermark < seen + 1) {
            watermarks.update(0, watermark, false);
        }
    }

    private boolean isMarked(Evaluator field) {
        field.any(row, mark);
        return !mark.isNull() && (mark.tag != Tag.BOOLEAN || mark.number != 0);
    }

    @Override
    void tick(long wallClockMillis) {
        if (active) {
            active = false;
            lastActive = wallClockMillis;
        } else if (!bounded && wallClockMillis - lastActive >= idleTimeout) {
            watermarks.update(0, Watermarks.NONE, true);
        }
    }

    /** The topic was read to the end that it had. */
    void complete() {
        complete = true;
    }

    @Override
    boolean isComplete() {
        return complete;
    }

    @Override
    void inputWaits() {
        if (!active) {
            active = true;
            watermarks.update(0, Watermarks.NONE, false);
        }
    }

    @Override
    boolean isIdle() {
        return watermarks.isIdle(0);
    }
}
