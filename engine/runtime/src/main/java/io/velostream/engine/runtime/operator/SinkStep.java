package io.velostream.engine.runtime.operator;

import io.velostream.engine.format.KeyWriter;
import io.velostream.engine.format.RecordText;
import io.velostream.engine.format.RowWriter;
import io.velostream.engine.plan.physical.StageOutput;
import io.velostream.engine.runtime.expression.ExpressionCompiler;
import io.velostream.engine.runtime.expression.LongEvaluator;
import io.velostream.engine.runtime.metric.QueryMetric;
import io.velostream.engine.runtime.row.GrowingBuffer;
import io.velostream.engine.runtime.row.Row;
import io.velostream.engine.sql.type.SqlType.Simple;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes rows as records of the user's topic. */
final class SinkStep extends Step {

    private final StageContext context;
    private final boolean changes;
    private final Map<Key, Held> held = new LinkedHashMap<>();
    private final GrowingBuffer scratch = new GrowingBuffer(256);
    private final KeyWriter key;
    private final RowWriter value;
    private final @Nullable LongEvaluator timestamp;
    private final QueryMetric[] metrics;

    /**
     * @param changes whether rows are those of a table, which are taken back, too
     */
    SinkStep(StageOutput.Sink sink, boolean changes, StageContext context, RecordText record) {
        this.context = context;
        this.changes = changes;
        if (changes) {
            context.atEndOfRecord(this::writeHeld);
        }
        this.key = KeyWriter.of(sink.key(), context.origin);
        this.value = RowWriter.of(sink, context.origin, record);
        this.timestamp = sink.timestamp()
                .map(expression -> (LongEvaluator) ExpressionCompiler.compile(expression, Simple.TIMESTAMP))
                .orElse(null);
        this.metrics = sink.metrics().stream()
                .map(metric -> new QueryMetric(metric, context.origin))
                .toArray(QueryMetric[]::new);
    }

    /** What each written row updates. */
    List<QueryMetric> metrics() {
        return List.of(metrics);
    }

    @Override
    void process(Row row) {
        if (changes && hold(row)) {
            return;
        }
        OutputBatch out = context.output();
        int start = out.position();
        try {
            boolean hasKey = key.write(row, out);
            int valueFrom = out.position();
            boolean hasValue = value.write(row, out);
            out.addRow(
                    start,
                    hasKey ? valueFrom - start : OutputBatch.ABSENT,
                    valueFrom,
                    hasValue ? out.position() - valueFrom : OutputBatch.ABSENT,
                    timestamp(row),
                    context.origin.headers.takeOutput());
            context.counters.rowsOut++;
            for (QueryMetric metric : metrics) {
                metric.update(row, System.currentTimeMillis());
            }
        } catch (RecordFailure failure) {
            out.position(start);
            context.origin.headers.forgetChanges();
            throw failure;
        }
    }

    /**
     * Holds a change of a table until all that one input record leads to is known: then the last row of each key is written,
     * or a tombstone where it was only taken back. Rows without a key cannot be taken back.
     */
    private boolean hold(Row row) {
        scratch.clear();
        if (!key.write(row, scratch)) {
            return context.retract;
        }
        Key heldKey = new Key(scratch.toArray());
        long time = timestamp(row);
        byte[] text = null;
        if (!context.retract) {
            scratch.clear();
            text = value.write(row, scratch) ? scratch.toArray() : null;
            for (QueryMetric metric : metrics) {
                metric.update(row, System.currentTimeMillis());
            }
        }
        held.remove(heldKey);
        held.put(heldKey, new Held(text, time));
        return true;
    }

    private void writeHeld() {
        if (held.isEmpty()) {
            return;
        }
        OutputBatch out = context.output();
        held.forEach((heldKey, row) -> {
            int start = out.position();
            out.put(heldKey.bytes, 0, heldKey.bytes.length);
            int valueFrom = out.position();
            byte[] text = row.value();
            if (text != null) {
                out.put(text, 0, text.length);
            }
            out.addRow(
                    start, valueFrom - start, valueFrom, text == null ? OutputBatch.ABSENT : text.length, row.time());
            context.counters.rowsOut++;
        });
        held.clear();
    }

    /**
     * A row that waits.
     *
     * @param value null for a tombstone
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    private record Held(byte @Nullable [] value, long time) {}

    /** A key by its bytes. */
    private static final class Key {
        private final byte[] bytes;

        Key(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && Arrays.equals(bytes, key.bytes);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(bytes);
        }
    }

    private long timestamp(Row row) {
        if (timestamp == null) {
            return row.origin.eventTime;
        }
        long millis = timestamp.eval(row);
        if (row.isNull) {
            throw new RecordFailure("EVENT_TIME", "The expression AS _EVENT_TIME is NULL.");
        }
        if (millis < 0) {
            throw new RecordFailure("EVENT_TIME", "The expression AS _EVENT_TIME is before 1970, which Kafka refuses.");
        }
        return millis;
    }
}
