package io.velostream.engine.sql.analysis;

import io.velostream.engine.plan.expression.Expression;
import io.velostream.engine.plan.logical.LogicalPlan;
import io.velostream.engine.plan.physical.RowLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One SELECT, analysed: a plan and what of its last row is written.
 *
 * @param columns the result, without {@code _EVENT_TIME}
 * @param groupKeys the keys of GROUP BY as slots of the plan's row, with their names
 * @param timestamp what {@code AS _EVENT_TIME} says
 * @param windowed whether it has a WINDOW
 */
record AnalysedSelect(
        LogicalPlan plan,
        RelationSchema source,
        List<OutputColumn> columns,
        List<OutputColumn> groupKeys,
        Optional<Expression> timestamp,
        boolean windowed) {
    AnalysedSelect {
        columns = List.copyOf(columns);
        groupKeys = List.copyOf(groupKeys);
    }

    /** Start and end of the window as slots of the plan's row, where it has a window. */
    List<Expression> windowBounds() {
        List<Expression> bounds = new ArrayList<>();
        List<RowLayout.Column> row = plan.layout().columns();
        for (int slot = 0; slot < row.size(); slot++) {
            String name = row.get(slot).name();
            if (name.equals("_window_start") || name.equals("_window_end")) {
                bounds.add(new Expression.Slot(slot, name, row.get(slot).type()));
            }
        }
        return bounds;
    }

    AnalysedSelect withColumns(List<OutputColumn> changed) {
        return new AnalysedSelect(plan, source, changed, groupKeys, timestamp, windowed);
    }

    AnalysedSelect withPlan(LogicalPlan changed) {
        return new AnalysedSelect(changed, source, columns, groupKeys, timestamp, windowed);
    }
}
