package io.velostream.engine.runtime.expression;

import io.velostream.engine.runtime.row.Row;
import io.velostream.engine.runtime.row.Slice;
import io.velostream.engine.runtime.row.Tag;
import io.velostream.engine.runtime.row.Value;
import io.velostream.engine.sql.type.SqlType;
import io.velostream.engine.sql.type.SqlType.Simple;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Evaluators that yield the same for every record. */
final class Constants {

    private Constants() {}

    static Evaluator of(@Nullable Object value, SqlType type) {
        if (value == null) {
            return new NullConstant();
        }
        return switch (type) {
            case SqlType.Decimal decimal ->
                decimal.precision() <= ShortDecimalEvaluator.MAX_PRECISION
                        ? new ShortDecimalConstant((BigDecimal) value, decimal)
                        : new DecimalConstant((BigDecimal) value, decimal);
            case Simple simple ->
                switch (simple) {
                    case BIGINT, TIMESTAMP, DATE, TIME, INTERVAL -> new LongConstant((Long) value, simple);
                    case DOUBLE -> new DoubleConstant((Double) value);
                    case BOOLEAN -> new BooleanConstant((Boolean) value);
                    case STRING -> new TextConstant((String) value);
                    case BYTES -> new ObjectConstant(value, simple);
                    case ANY, NULL -> new AnyConstant(value);
                };
            default -> new ObjectConstant(value, type);
        };
    }

    static final class LongConstant extends LongEvaluator {
        final long value;

        LongConstant(long value, SqlType type) {
            super(type);
            this.value = value;
        }

        @Override
        public long eval(Row row) {
            row.isNull = false;
            return value;
        }
    }

    static final class DoubleConstant extends DoubleEvaluator {
        final double value;

        DoubleConstant(double value) {
            this.value = value;
        }

        @Override
        public double eval(Row row) {
            row.isNull = false;
            return value;
        }
    }

    static final class DecimalConstant extends DecimalEvaluator {
        final BigDecimal value;

        DecimalConstant(BigDecimal value, SqlType.Decimal type) {
            super(type);
            this.value = value;
        }

        @Override
        public BigDecimal eval(Row row) {
            return value;
        }
    }

    static final class ShortDecimalConstant extends ShortDecimalEvaluator {
        private final long unscaled;

        ShortDecimalConstant(BigDecimal value, SqlType.Decimal type) {
            super(type);
            this.unscaled = value.setScale(type.scale()).unscaledValue().longValueExact();
        }

        @Override
        public long unscaled(Row row) {
            row.isNull = false;
            return unscaled;
        }
    }

    static final class BooleanConstant extends BooleanEvaluator {
        private final int value;

        BooleanConstant(boolean value) {
            this.value = of(value);
        }

        @Override
        public int eval(Row row) {
            return value;
        }
    }

    static final class TextConstant extends TextEvaluator {
        final Slice value;

        TextConstant(String value) {
            this.value = new Slice(value);
        }

        @Override
        public boolean eval(Row row, Slice into) {
            into.set(value.array, value.start, value.end);
            return true;
        }
    }

    static final class ObjectConstant extends ObjectEvaluator {
        private final Object value;

        ObjectConstant(Object value, SqlType type) {
            super(type);
            this.value = value;
        }

        @Override
        public Object object(Row row) {
            return value;
        }
    }

    static final class AnyConstant extends AnyEvaluator {
        private final Value value = new Value();

        AnyConstant(Object object) {
            value.setObject(object);
        }

        @Override
        public void any(Row row, Value into) {
            into.set(value);
        }
    }

    /** NULL of any type. */
    static final class NullConstant extends AnyEvaluator {
        @Override
        public void any(Row row, Value into) {
            into.tag = Tag.NULL;
        }
    }
}
