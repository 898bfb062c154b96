package io.velostream.engine.runtime.expression;

import io.velostream.engine.runtime.row.Row;
import io.velostream.engine.runtime.row.Slice;
import io.velostream.engine.runtime.row.Value;
import io.velostream.engine.sql.type.SqlType;
import io.velostream.engine.sql.type.SqlType.Simple;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Gives what was computed as an object, such as a member of a container, the kind of its type. */
final class FromObject {

    private FromObject() {}

    /** Computes an object of the form that its type describes. */
    interface Source {
        @Nullable Object get(Row row);
    }

    static Evaluator of(Source source, SqlType type) {
        return switch (type) {
            case SqlType.Decimal decimal ->
                new DecimalEvaluator(decimal) {
                    @Override
                    public @Nullable BigDecimal eval(Row row) {
                        return (BigDecimal) source.get(row);
                    }
                };
            case Simple simple ->
                switch (simple) {
                    case BIGINT, TIMESTAMP, DATE, TIME, INTERVAL -> longs(source, simple);
                    case DOUBLE -> doubles(source);
                    case BOOLEAN -> booleans(source);
                    case STRING -> text(source);
                    case BYTES -> objects(source, simple);
                    case ANY, NULL -> any(source);
                };
            default -> objects(source, type);
        };
    }

    private static LongEvaluator longs(Source source, SqlType type) {
        return new LongEvaluator(type) {
            @Override
            public long eval(Row row) {
                Object value = source.get(row);
                row.isNull = value == null;
                return value == null ? 0 : (Long) value;
            }
        };
    }

    private static DoubleEvaluator doubles(Source source) {
        return new DoubleEvaluator() {
            @Override
            public double eval(Row row) {
                Object value = source.get(row);
                row.isNull = value == null;
                return value == null ? 0 : (Double) value;
            }
        };
    }

    private static BooleanEvaluator booleans(Source source) {
        return new BooleanEvaluator() {
            @Override
            public int eval(Row row) {
                Object value = source.get(row);
                return value == null ? UNKNOWN : of((Boolean) value);
            }
        };
    }

    private static TextEvaluator text(Source source) {
        return new TextEvaluator() {
            @Override
            public boolean eval(Row row, Slice into) {
                Object value = source.get(row);
                if (value == null) {
                    return false;
                }
                into.set((String) value);
                return true;
            }
        };
    }

    private static ObjectEvaluator objects(Source source, SqlType type) {
        return new ObjectEvaluator(type) {
            @Override
            public @Nullable Object object(Row row) {
                return source.get(row);
            }
        };
    }

    private static AnyEvaluator any(Source source) {
        return new AnyEvaluator() {
            @Override
            public void any(Row row, Value into) {
                into.setObject(source.get(row));
            }
        };
    }
}
