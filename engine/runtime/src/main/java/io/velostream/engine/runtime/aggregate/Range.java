package io.velostream.engine.runtime.aggregate;

import io.velostream.engine.plan.expression.ArithmeticOperator;
import io.velostream.engine.plan.expression.Expression;
import io.velostream.engine.runtime.expression.Evaluator;
import io.velostream.engine.runtime.expression.ExpressionCompiler;
import io.velostream.engine.runtime.row.ByteCursor;
import io.velostream.engine.runtime.row.GrowingBuffer;
import io.velostream.engine.runtime.row.Origin;
import io.velostream.engine.runtime.row.Row;
import io.velostream.engine.runtime.state.GroupTable;
import io.velostream.engine.sql.type.SqlType;

/** DELTA: the largest number of the group minus the smallest. */
final class Range extends Accumulator {

    private final Accumulator min;
    private final Accumulator max;
    private final Row ends = new Row(2, new Origin());
    private final Evaluator difference;

    Range(Expression argument, SqlType type) {
        this(
                Accumulators.extreme(ExpressionCompiler.compile(argument), false),
                Accumulators.extreme(ExpressionCompiler.compile(argument), true),
                argument.type(),
                type);
    }

    private Range(Accumulator min, Accumulator max, SqlType argument, SqlType type) {
        super(min.cells() + max.cells(), min.objects() + max.objects());
        this.min = min;
        this.max = max;
        this.difference = ExpressionCompiler.compile(new Expression.Arithmetic(
                ArithmeticOperator.SUBTRACT,
                new Expression.Slot(1, "max", argument),
                new Expression.Slot(0, "min", argument),
                type));
    }

    @Override
    public void place(int firstCell, int firstObject) {
        super.place(firstCell, firstObject);
        min.place(firstCell, firstObject);
        max.place(firstCell + min.cells(), firstObject + min.objects());
    }

    @Override
    public void prepare(Row row) {
        min.prepare(row);
        max.prepare(row);
    }

    @Override
    public void check(GroupTable table, int group) {
        min.check(table, group);
        max.check(table, group);
    }

    @Override
    public void apply(GroupTable table, int group) {
        min.apply(table, group);
        max.apply(table, group);
    }

    @Override
    public void merge(GroupTable table, int group, GroupTable later, int laterGroup) {
        min.merge(table, group, later, laterGroup);
        max.merge(table, group, later, laterGroup);
    }

    @Override
    public void result(GroupTable table, int group, Row out, int slot) {
        min.result(table, group, ends, 0);
        max.result(table, group, ends, 1);
        difference.store(ends, out, slot);
    }

    @Override
    public void write(GroupTable table, int group, GrowingBuffer out) {
        min.write(table, group, out);
        max.write(table, group, out);
    }

    @Override
    public void read(GroupTable table, int group, ByteCursor in) {
        min.read(table, group, in);
        max.read(table, group, in);
    }
}
