package io.velostream.engine.plan;

import io.velostream.engine.plan.expression.DistinctExpressions;
import io.velostream.engine.plan.expression.Expression;
import io.velostream.engine.plan.expression.SystemColumnKind;
import io.velostream.engine.plan.logical.LogicalPlan;
import io.velostream.engine.plan.logical.LogicalQuery.Branch;
import io.velostream.engine.plan.physical.MetricSpec;
import io.velostream.engine.plan.physical.RowLayout;
import io.velostream.engine.plan.physical.StageOutput.KeySpec;
import io.velostream.engine.plan.physical.StageOutput.SinkColumn;
import java.util.ArrayList;
import java.util.List;

/**
 * LIMIT counts the rows of all partitions, so they meet in one: what is written, its key and its timestamp are computed
 * before and sent through a repartition topic without keys.
 *
 * @param shipped what is computed before
 * @param layout the slots that arrive
 * @param branch what is written, over those slots
 */
record LimitGathering(List<Expression> shipped, RowLayout layout, Branch branch) {

    /** Every field as it came cannot be sent as slots. */
    static boolean isPossible(Branch branch) {
        return branch.columns().stream().noneMatch(SinkColumn.EveryField.class::isInstance);
    }

    static LimitGathering of(Branch branch) {
        DistinctExpressions shipped = new DistinctExpressions();
        List<RowLayout.Column> layout = new ArrayList<>();
        List<SinkColumn> columns = new ArrayList<>();
        for (SinkColumn column : branch.columns()) {
            if (column instanceof SinkColumn.Named named) {
                columns.add(new SinkColumn.Named(named.name(), slot(named.value(), named.name(), shipped, layout)));
            }
        }
        KeySpec key = switch (branch.key()) {
            case KeySpec.None none -> none;
            case KeySpec.Passthrough _ ->
                new KeySpec.Columns(
                        List.of(slot(new Expression.SystemColumn(SystemColumnKind.KEY), "_key", shipped, layout)),
                        false);
            case KeySpec.Columns values ->
                values.with(values.values().stream()
                        .map(value -> slot(value, "key_" + shipped.size(), shipped, layout))
                        .toList());
        };
        var timestamp = branch.timestamp().map(value -> slot(value, "_event_time", shipped, layout));
        List<MetricSpec> metrics = branch.metrics().stream()
                .map(metric -> metric.map(value -> slot(value, "metric_" + shipped.size(), shipped, layout)))
                .toList();
        LogicalPlan input = ((LogicalPlan.Limit) branch.plan()).input();
        return new LimitGathering(
                shipped.toList(), new RowLayout(layout), new Branch(input, columns, key, timestamp, metrics));
    }

    private static Expression slot(
            Expression value, String name, DistinctExpressions shipped, List<RowLayout.Column> layout) {
        if (shipped.add(value)) {
            layout.add(new RowLayout.Column(name, value.type()));
        }
        int index = shipped.placeOf(value).orElseThrow();
        return new Expression.Slot(index, layout.get(index).name(), value.type());
    }
}
