package io.velostream.engine.plan;

import io.velostream.engine.plan.expression.Expression;
import io.velostream.engine.plan.expression.Expressions;
import io.velostream.engine.plan.expression.SystemColumnKind;
import io.velostream.engine.plan.logical.LogicalPlan;
import io.velostream.engine.plan.logical.LogicalQuery.Branch;
import io.velostream.engine.plan.logical.rule.Plans;
import io.velostream.engine.plan.physical.RowLayout;
import io.velostream.engine.plan.physical.StageOutput.KeySpec;
import io.velostream.engine.plan.physical.StageOutput.SinkColumn;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * What is sent through the repartition topic before window functions: the whole row, since it goes on behind them, and
 * the metadata of its record that is used there.
 *
 * @param columns what is computed before
 * @param layout the slots that arrive
 * @param above expressions over the logical row → over the row behind the functions
 */
record OverShipping(List<Expression> columns, RowLayout layout, UnaryOperator<Expression> above) {

    /**
     * For one operator.
     *
     * @param input the logical row before it
     * @param metadata the system columns that are used behind the functions
     * @param before expressions over the logical row → over the row before the repartition
     */
    static OverShipping of(RowLayout input, Set<SystemColumnKind> metadata, UnaryOperator<Expression> before) {
        List<Expression> columns = new ArrayList<>();
        List<RowLayout.Column> layout = new ArrayList<>();
        List<RowLayout.Column> row = input.columns();
        for (int slot = 0; slot < row.size(); slot++) {
            RowLayout.Column column = row.get(slot);
            columns.add(before.apply(new Expression.Slot(slot, column.name(), column.type())));
            layout.add(column);
        }
        List<SystemColumnKind> kinds = List.copyOf(metadata);
        for (SystemColumnKind kind : kinds) {
            columns.add(before.apply(new Expression.SystemColumn(kind)));
            layout.add(new RowLayout.Column(kind.columnName(), kind.type()));
        }
        int width = row.size();
        UnaryOperator<Expression> above = expression -> Expressions.rewrite(expression, each -> switch (each) {
            case Expression.Slot slot
            when slot.index() >= width -> new Expression.Slot(slot.index() + kinds.size(), slot.name(), slot.type());
            case Expression.SystemColumn column
            when kinds.contains(column.kind()) ->
                new Expression.Slot(
                        width + kinds.indexOf(column.kind()), column.kind().columnName(), column.type());
            default -> each;
        });
        return new OverShipping(columns, new RowLayout(layout), above);
    }

    /** The slots behind the functions: what arrived, then their results. */
    RowLayout layoutBehind(LogicalPlan.Over over) {
        List<RowLayout.Column> all = new ArrayList<>(layout.columns());
        List<RowLayout.Column> logical = over.layout().columns();
        all.addAll(logical.subList(over.input().layout().columns().size(), logical.size()));
        return new RowLayout(all);
    }

    /** The metadata of records that a branch uses anywhere but for event time, which every row carries. */
    static Set<SystemColumnKind> metadata(Branch branch) {
        Set<SystemColumnKind> used = EnumSet.noneOf(SystemColumnKind.class);
        branch.columns().forEach(column -> {
            switch (column) {
                case SinkColumn.Named named -> collect(named.value(), used);
                case SinkColumn.EveryField _ -> used.add(SystemColumnKind.RECORD);
            }
        });
        switch (branch.key()) {
            case KeySpec.Columns columns -> columns.values().forEach(value -> collect(value, used));
            case KeySpec.Passthrough _ -> used.add(SystemColumnKind.KEY);
            case KeySpec.None _ -> {}
        }
        branch.timestamp().ifPresent(value -> collect(value, used));
        branch.metrics()
                .forEach(metric -> metric.map(value -> {
                    collect(value, used);
                    return value;
                }));
        Plans.forEachExpression(branch.plan(), expression -> collect(expression, used));
        used.remove(SystemColumnKind.EVENT_TIME);
        return used;
    }

    private static void collect(Expression expression, Set<SystemColumnKind> used) {
        if (expression instanceof Expression.SystemColumn column) {
            used.add(column.kind());
        }
        Expressions.children(expression).forEach(child -> collect(child, used));
    }

    /** What is written, over the row that has arrived. */
    static Branch output(Branch branch, UnaryOperator<Expression> above) {
        List<SinkColumn> columns = branch.columns().stream()
                .<SinkColumn>map(column -> switch (column) {
                    case SinkColumn.Named named -> new SinkColumn.Named(named.name(), above.apply(named.value()));
                    case SinkColumn.EveryField every -> every;
                })
                .toList();
        KeySpec key = switch (branch.key()) {
            case KeySpec.Columns values ->
                values.with(values.values().stream().map(above).toList());
            case KeySpec.Passthrough passthrough -> passthrough(passthrough, above);
            case KeySpec.None none -> none;
        };
        return new Branch(
                branch.plan(),
                columns,
                key,
                branch.timestamp().map(above),
                branch.metrics().stream().map(metric -> metric.map(above)).toList());
    }

    /** The key of the input's record is a column where the row has come through a repartition topic. */
    private static KeySpec passthrough(KeySpec.Passthrough passthrough, UnaryOperator<Expression> above) {
        Expression key = new Expression.SystemColumn(SystemColumnKind.KEY);
        Expression arrived = above.apply(key);
        return arrived.equals(key) ? passthrough : new KeySpec.Columns(List.of(arrived), false);
    }
}
