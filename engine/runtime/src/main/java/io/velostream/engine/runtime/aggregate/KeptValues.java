package io.velostream.engine.runtime.aggregate;

import io.velostream.engine.runtime.expression.Evaluator;
import io.velostream.engine.runtime.expression.Values;
import io.velostream.engine.runtime.row.ByteCursor;
import io.velostream.engine.runtime.row.Decimals;
import io.velostream.engine.runtime.row.GrowingBuffer;
import io.velostream.engine.runtime.row.Origin;
import io.velostream.engine.runtime.row.Row;
import io.velostream.engine.runtime.row.Tag;
import io.velostream.engine.runtime.row.Value;
import io.velostream.engine.runtime.state.GroupTable;
import io.velostream.engine.runtime.state.TupleCodec;
import io.velostream.engine.sql.type.SqlType;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * The aggregates that keep one value of the group: FIRST, LAST, and MIN and MAX of text, wide decimals and ANY. NULLs
 * are left out. The object is the value kept.
 */
final class KeptValues extends Accumulator {

    /** Which value is kept. */
    enum Rule {
        FIRST,
        LAST,
        MIN,
        MAX
    }

    private final Evaluator argument;
    private final Rule rule;
    private final SqlType type;
    private final Value value = new Value();
    private final Row register = new Row(1, new Origin());

    KeptValues(Evaluator argument, Rule rule) {
        super(0, 1);
        this.argument = argument;
        this.rule = rule;
        this.type = argument.type();
    }

    @Override
    public void prepare(Row row) {
        argument.any(row, value);
    }

    @Override
    public void check(GroupTable table, int group) {
        KeptValue kept = kept(table, group);
        if (kept != null && !value.isNull() && (rule == Rule.MIN || rule == Rule.MAX)) {
            // Values of different kinds have no order: found out before anything changes.
            Values.compare(value, kept.value);
        }
    }

    @Override
    public void apply(GroupTable table, int group) {
        if (!value.isNull()) {
            take(table, group, value);
        }
    }

    private void take(GroupTable table, int group, Value candidate) {
        KeptValue kept = kept(table, group);
        if (kept == null) {
            kept = new KeptValue();
            table.object(group, object, kept);
            table.countObjectBytes(KeptValue.overhead() + kept.keep(candidate));
        } else if (replaces(candidate, kept.value)) {
            table.countObjectBytes(kept.keep(candidate));
        }
    }

    private boolean replaces(Value candidate, Value sofar) {
        return switch (rule) {
            case FIRST -> false;
            case LAST -> true;
            case MIN -> Values.compare(candidate, sofar) < 0;
            case MAX -> Values.compare(candidate, sofar) > 0;
        };
    }

    @Override
    public void merge(GroupTable table, int group, GroupTable later, int laterGroup) {
        KeptValue theirs = kept(later, laterGroup);
        if (theirs != null) {
            take(table, group, theirs.value);
        }
    }

    private @Nullable KeptValue kept(GroupTable table, int group) {
        return (KeptValue) table.object(group, object);
    }

    @Override
    public void result(GroupTable table, int group, Row out, int slot) {
        KeptValue kept = kept(table, group);
        if (kept == null) {
            out.setNull(slot);
        } else if (type instanceof SqlType.Decimal && kept.value.object instanceof BigDecimal number) {
            Decimals.store(number, out, slot);
        } else {
            kept.value.store(out, slot);
        }
    }

    @Override
    public void write(GroupTable table, int group, GrowingBuffer out) {
        KeptValue kept = kept(table, group);
        if (kept == null) {
            register.setNull(0);
        } else {
            kept.value.store(register, 0);
        }
        TupleCodec.encode(register, 0, false, out);
    }

    @Override
    public void read(GroupTable table, int group, ByteCursor in) {
        TupleCodec.decode(in, register, 0);
        if (register.isNull(0)) {
            return;
        }
        value.load(register, 0);
        if (type instanceof SqlType.Decimal decimal) {
            // The codec shortens decimals; the type knows the scale.
            BigDecimal number = value.tag == Tag.LONG ? BigDecimal.valueOf(value.number) : (BigDecimal) value.object;
            value.setObject(number == null ? null : number.setScale(decimal.scale()));
        }
        KeptValue kept = new KeptValue();
        table.object(group, object, kept);
        table.countObjectBytes(KeptValue.overhead() + kept.keep(value));
    }
}
