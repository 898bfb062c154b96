package io.velostream.engine.runtime.aggregate;

import io.velostream.engine.plan.expression.Expression;
import io.velostream.engine.runtime.expression.ExpressionCompiler;
import io.velostream.engine.runtime.expression.TextEvaluator;
import io.velostream.engine.runtime.row.ByteCursor;
import io.velostream.engine.runtime.row.GrowingBuffer;
import io.velostream.engine.runtime.row.Origin;
import io.velostream.engine.runtime.row.Row;
import io.velostream.engine.runtime.row.Slice;
import io.velostream.engine.runtime.row.Tag;
import io.velostream.engine.runtime.state.GroupTable;
import io.velostream.engine.sql.type.SqlType.Simple;
import org.jspecify.annotations.Nullable;

/** STRING_AGG: the texts of the group in their order, with the separator between them. The object is the text so far. */
final class JoinedText extends Accumulator {

    private static final int OVERHEAD = 64;
    private static final int FIRST_CAPACITY = 32;

    private final TextEvaluator argument;
    private final TextEvaluator separator;
    private final Slice text = new Slice();
    private final Slice between = new Slice();
    private boolean present;
    private boolean separated;

    JoinedText(Expression argument, Expression separator) {
        super(0, 1);
        this.argument =
                (TextEvaluator) ExpressionCompiler.compile(new Expression.Cast(argument, Simple.STRING), Simple.STRING);
        this.separator = (TextEvaluator) ExpressionCompiler.compile(separator, Simple.STRING);
        if (separator instanceof Expression.Literal) {
            this.separator.eval(new Row(0, new Origin()), between);
        }
    }

    @Override
    public void prepare(Row row) {
        present = argument.eval(row, text);
        separated = present && separator.eval(row, between);
    }

    @Override
    public void apply(GroupTable table, int group) {
        if (!present) {
            return;
        }
        GrowingBuffer sofar = text(table, group);
        if (sofar == null) {
            sofar = start(table, group);
        } else if (separated) {
            sofar.put(between.array, between.start, between.end);
        }
        int before = sofar.buffer().length;
        sofar.put(text.array, text.start, text.end);
        table.countObjectBytes(sofar.buffer().length - (long) before);
    }

    private @Nullable GrowingBuffer text(GroupTable table, int group) {
        return (GrowingBuffer) table.object(group, object);
    }

    private GrowingBuffer start(GroupTable table, int group) {
        GrowingBuffer buffer = new GrowingBuffer(FIRST_CAPACITY);
        table.object(group, object, buffer);
        table.countObjectBytes(OVERHEAD + FIRST_CAPACITY);
        return buffer;
    }

    /** A separator that is computed is the one of the row prepared last. */
    @Override
    public void merge(GroupTable table, int group, GroupTable later, int laterGroup) {
        GrowingBuffer theirs = text(later, laterGroup);
        if (theirs == null) {
            return;
        }
        GrowingBuffer sofar = text(table, group);
        if (sofar == null) {
            sofar = start(table, group);
        } else {
            int before = sofar.buffer().length;
            sofar.put(between.array, between.start, between.end);
            table.countObjectBytes(sofar.buffer().length - (long) before);
        }
        int before = sofar.buffer().length;
        sofar.put(theirs.buffer(), 0, theirs.position());
        table.countObjectBytes(sofar.buffer().length - (long) before);
    }

    @Override
    public void result(GroupTable table, int group, Row out, int slot) {
        GrowingBuffer sofar = text(table, group);
        if (sofar == null) {
            out.setNull(slot);
        } else {
            out.setBytes(slot, Tag.TEXT, sofar.buffer(), 0, sofar.position());
        }
    }

    @Override
    public void write(GroupTable table, int group, GrowingBuffer out) {
        GrowingBuffer sofar = text(table, group);
        out.put(sofar == null ? 0 : 1);
        if (sofar != null) {
            out.putSized(sofar.buffer(), 0, sofar.position());
        }
    }

    @Override
    public void read(GroupTable table, int group, ByteCursor in) {
        if (in.get() != 0) {
            int from = in.skipSized();
            start(table, group).put(in.bytes(), from, in.position());
        }
    }
}
