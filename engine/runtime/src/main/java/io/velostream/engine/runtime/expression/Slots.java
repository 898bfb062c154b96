package io.velostream.engine.runtime.expression;

import io.velostream.engine.format.JsonTree;
import io.velostream.engine.runtime.row.Decimals;
import io.velostream.engine.runtime.row.Row;
import io.velostream.engine.runtime.row.Slice;
import io.velostream.engine.runtime.row.Tag;
import io.velostream.engine.runtime.row.Value;
import io.velostream.engine.sql.type.SqlType;
import io.velostream.engine.sql.type.SqlType.Simple;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Evaluators that read one slot. Stored into another slot, the value goes as it is, its source text included. */
final class Slots {

    private Slots() {}

    static Evaluator of(int slot, SqlType type) {
        return switch (type) {
            case Simple simple ->
                switch (simple) {
                    case BIGINT, TIMESTAMP, DATE, TIME, INTERVAL -> new LongSlot(slot, simple);
                    case DOUBLE -> new DoubleSlot(slot);
                    case BOOLEAN -> new BooleanSlot(slot);
                    case STRING -> new TextSlot(slot);
                    case BYTES -> new ObjectSlot(slot, simple);
                    case ANY, NULL -> new AnySlot(slot);
                };
            case SqlType.Decimal decimal ->
                decimal.precision() <= ShortDecimalEvaluator.MAX_PRECISION
                        ? new ShortDecimalSlot(slot, decimal)
                        : new DecimalSlot(slot, decimal);
            case SqlType.Array array -> new ObjectSlot(slot, array);
            case SqlType.MapOf map -> new ObjectSlot(slot, map);
            case SqlType.Struct struct -> new ObjectSlot(slot, struct);
        };
    }

    static final class LongSlot extends LongEvaluator {
        private final int slot;

        LongSlot(int slot, SqlType type) {
            super(type);
            this.slot = slot;
        }

        @Override
        public long eval(Row row) {
            row.isNull = row.tags[slot] == Tag.NULL;
            return row.longs[slot];
        }

        @Override
        public void store(Row row, Row target, int to) {
            target.copy(row, slot, to);
        }
    }

    static final class DoubleSlot extends DoubleEvaluator {
        private final int slot;

        DoubleSlot(int slot) {
            this.slot = slot;
        }

        @Override
        public double eval(Row row) {
            row.isNull = row.tags[slot] == Tag.NULL;
            return Double.longBitsToDouble(row.longs[slot]);
        }

        @Override
        public void store(Row row, Row target, int to) {
            target.copy(row, slot, to);
        }
    }

    static final class BooleanSlot extends BooleanEvaluator {
        private final int slot;

        BooleanSlot(int slot) {
            this.slot = slot;
        }

        @Override
        public int eval(Row row) {
            return row.tags[slot] == Tag.NULL ? UNKNOWN : (int) row.longs[slot];
        }

        @Override
        public void store(Row row, Row target, int to) {
            target.copy(row, slot, to);
        }
    }

    static final class TextSlot extends TextEvaluator {
        private final int slot;

        TextSlot(int slot) {
            this.slot = slot;
        }

        @Override
        public boolean eval(Row row, Slice into) {
            if (row.tags[slot] == Tag.NULL) {
                return false;
            }
            row.slice(slot, into);
            return true;
        }

        @Override
        public void store(Row row, Row target, int to) {
            target.copy(row, slot, to);
        }
    }

    static final class ShortDecimalSlot extends ShortDecimalEvaluator {
        private final int slot;

        ShortDecimalSlot(int slot, SqlType.Decimal type) {
            super(type);
            this.slot = slot;
        }

        @Override
        public long unscaled(Row row) {
            row.isNull = row.tags[slot] == Tag.NULL;
            return row.longs[slot];
        }
    }

    static final class DecimalSlot extends DecimalEvaluator {
        private final int slot;

        DecimalSlot(int slot, SqlType.Decimal type) {
            super(type);
            this.slot = slot;
        }

        @Override
        public @Nullable BigDecimal eval(Row row) {
            return row.tags[slot] == Tag.NULL
                    ? null
                    : Decimals.load(row, slot, decimal().scale());
        }

        @Override
        public void store(Row row, Row target, int to) {
            target.copy(row, slot, to);
        }
    }

    static final class ObjectSlot extends ObjectEvaluator {
        private final int slot;

        ObjectSlot(int slot, SqlType type) {
            super(type);
            this.slot = slot;
        }

        @Override
        public @Nullable Object object(Row row) {
            return switch (row.tags[slot]) {
                case Tag.NULL -> null;
                case Tag.OBJECT -> row.objects[slot];
                default -> parse(row);
            };
        }

        private @Nullable Object parse(Row row) {
            byte[] bytes = row.bytes[slot];
            return bytes == null ? null : JsonTree.read(bytes, row.starts[slot], row.ends[slot], type());
        }

        @Override
        public void store(Row row, Row target, int to) {
            target.copy(row, slot, to);
        }
    }

    static final class AnySlot extends AnyEvaluator {
        final int slot;

        AnySlot(int slot) {
            this.slot = slot;
        }

        @Override
        public void any(Row row, Value into) {
            into.load(row, slot);
        }

        @Override
        public void store(Row row, Row target, int to) {
            target.copy(row, slot, to);
        }
    }
}
