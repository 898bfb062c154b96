package io.velostream.engine.sql.analysis;

import io.velostream.engine.plan.expression.DistinctExpressions;
import io.velostream.engine.plan.expression.Expression;
import io.velostream.engine.plan.logical.LogicalPlan;
import io.velostream.engine.plan.physical.RowLayout;
import io.velostream.engine.plan.physical.StageOperator.Emit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * SELECT DISTINCT: the result grouped by all of its columns, where a group shows once, when it comes.
 *
 * @param plan gives the columns
 * @param columns over the plan's row
 * @param keyColumns over the plan's row
 */
record DistinctRows(LogicalPlan plan, List<OutputColumn> columns, List<OutputColumn> keyColumns) {

    /** What takes the result. */
    interface Finish {
        AnalysedSelect of(LogicalPlan plan, List<OutputColumn> columns, List<OutputColumn> keyColumns);
    }

    static DistinctRows of(LogicalPlan input, List<OutputColumn> columns, List<OutputColumn> keyColumns) {
        DistinctExpressions values = new DistinctExpressions();
        List<RowLayout.Column> layout = new ArrayList<>();
        for (OutputColumn column : columns) {
            Expression value = column.expression().orElseThrow();
            if (values.add(value)) {
                layout.add(new RowLayout.Column(column.name(), value.type()));
            }
        }
        LogicalPlan plan = new LogicalPlan.Aggregate(
                input, values.toList(), List.of(), Optional.empty(), Emit.FIRST, new RowLayout(layout));
        return new DistinctRows(plan, slots(columns, values, layout), slots(keyColumns, values, layout));
    }

    /** A key that is not a column of the result is none any more. */
    private static List<OutputColumn> slots(
            List<OutputColumn> columns, DistinctExpressions values, List<RowLayout.Column> layout) {
        List<OutputColumn> result = new ArrayList<>();
        for (OutputColumn column : columns) {
            values.placeOf(column.expression().orElseThrow()).ifPresent(slot -> {
                RowLayout.Column named = layout.get(slot);
                result.add(column.with(new Expression.Slot(slot, named.name(), named.type())));
            });
        }
        return result;
    }

    AnalysedSelect into(Finish finish) {
        return finish.of(plan, columns, keyColumns);
    }
}
