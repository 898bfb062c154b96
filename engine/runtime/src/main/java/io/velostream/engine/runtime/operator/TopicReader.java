package io.velostream.engine.runtime.operator;

import io.velostream.engine.format.EventTimeReader;
import io.velostream.engine.format.RecordText;
import io.velostream.engine.format.SourceReader;
import io.velostream.engine.plan.physical.StageInput;
import io.velostream.engine.runtime.row.Origin;
import io.velostream.engine.runtime.row.Row;
import java.util.BitSet;

/**
 * Reads a user's topic. The watermark is the largest event time seen minus the disorder; the partition is idle when no
 * record has come for the idle timeout.
 */
final class TopicReader extends StageReader {

    private final SourceReader reader;
    private final EventTimeReader eventTime;
    private final Row row;
    private final StageContext context;
    private final long disorder;
    private final long idleTimeout;
    private final boolean bounded;
    private final Watermarks watermarks;
    private long lastActive;
    private boolean active;

    TopicReader(
            StageInput.Topic topic,
            BitSet computed,
            StageContext context,
            StageSettings settings,
            Watermarks watermarks) {
        this.reader = new SourceReader(topic, computed);
        this.eventTime = new EventTimeReader(topic.source().eventTime());
        this.row = new Row(topic.fields().size(), context.origin);
        this.context = context;
        this.disorder = topic.source().watermark().maxOutOfOrderness().toMillis();
        this.idleTimeout = topic.source().watermark().idleTimeout().toMillis();
        this.bounded = settings.bounded();
        this.watermarks = watermarks;
        this.lastActive = settings.clockMillis();
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
        if (!active) {
            active = true;
            watermarks.update(0, Watermarks.NONE, false);
        }
        byte[] value = batch.value(index);
        if (value == null) {
            return Found.NOTHING;
        }
        Origin origin = context.origin;
        byte[] key = batch.key(index);
        origin.key = key;
        origin.value = value;
        origin.offset = batch.offset(index);
        origin.timestamp = batch.timestamp(index);
        origin.eventTime = origin.timestamp;
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
        long watermark = seen - disorder;
        if (watermark > watermarks.mark(0) && watermark < seen + 1) {
            watermarks.update(0, watermark, false);
        }
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

    @Override
    boolean isIdle() {
        return watermarks.isIdle(0);
    }
}
