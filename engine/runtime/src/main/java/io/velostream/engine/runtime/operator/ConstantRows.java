package io.velostream.engine.runtime.operator;

import io.velostream.engine.format.KeyWriter;
import io.velostream.engine.format.RowWriter;
import io.velostream.engine.plan.physical.InsertPlan;
import io.velostream.engine.plan.physical.StageOutput;
import io.velostream.engine.runtime.expression.ExpressionCompiler;
import io.velostream.engine.runtime.expression.LongEvaluator;
import io.velostream.engine.runtime.row.GrowingBuffer;
import io.velostream.engine.runtime.row.Origin;
import io.velostream.engine.runtime.row.Row;
import io.velostream.engine.sql.type.SqlType.Simple;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rows of {@code INSERT INTO … VALUES} as the records that they become. */
public final class ConstantRows {

    private ConstantRows() {}

    /**
     * One record.
     *
     * @param timestamp milliseconds; empty: the time of writing
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    public record Encoded(byte @Nullable [] key, byte @Nullable [] value, Optional<Long> timestamp) {}

    /**
     * The records of a plan in the order of the text.
     *
     * @throws RecordFailure when a value cannot be computed, such as a division by zero
     */
    public static List<Encoded> of(InsertPlan plan) {
        return plan.rows().stream().map(ConstantRows::encode).toList();
    }

    private static Encoded encode(StageOutput.Sink row) {
        Origin origin = new Origin();
        Row none = new Row(0, origin);
        GrowingBuffer key = new GrowingBuffer(64);
        GrowingBuffer value = new GrowingBuffer(256);
        boolean hasKey = KeyWriter.of(row.key(), origin).write(none, key);
        boolean hasValue = RowWriter.of(row, origin, NoText.INSTANCE).write(none, value);
        return new Encoded(
                hasKey ? key.toArray() : null,
                hasValue ? value.toArray() : null,
                row.timestamp().map(expression -> {
                    LongEvaluator time = (LongEvaluator) ExpressionCompiler.compile(expression, Simple.TIMESTAMP);
                    return time.eval(none);
                }));
    }
}
