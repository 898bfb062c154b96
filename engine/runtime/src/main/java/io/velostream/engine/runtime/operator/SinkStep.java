package io.velostream.engine.runtime.operator;

import io.velostream.engine.format.KeyWriter;
import io.velostream.engine.format.RecordText;
import io.velostream.engine.format.RowWriter;
import io.velostream.engine.plan.physical.StageOutput;
import io.velostream.engine.runtime.expression.ExpressionCompiler;
import io.velostream.engine.runtime.expression.LongEvaluator;
import io.velostream.engine.runtime.metric.QueryMetric;
import io.velostream.engine.runtime.row.Row;
import io.velostream.engine.sql.type.SqlType.Simple;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes rows as records of the user's topic. */
final class SinkStep extends Step {

    private final StageContext context;
    private final KeyWriter key;
    private final RowWriter value;
    private final @Nullable LongEvaluator timestamp;
    private final QueryMetric[] metrics;

    SinkStep(StageOutput.Sink sink, StageContext context, RecordText record) {
        this.context = context;
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
                    timestamp(row));
            context.counters.rowsOut++;
            for (QueryMetric metric : metrics) {
                metric.update(row, System.currentTimeMillis());
            }
        } catch (RecordFailure failure) {
            out.position(start);
            throw failure;
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
