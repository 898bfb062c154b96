package io.velostream.engine.plan;

import io.velostream.engine.plan.expression.DistinctExpressions;
import io.velostream.engine.plan.expression.Expression;
import io.velostream.engine.plan.logical.LogicalPlan;
import io.velostream.engine.plan.physical.RowLayout;
import io.velostream.engine.plan.physical.StageOperator.AggregateCall;
import java.util.ArrayList;
import java.util.List;

/** What is sent through a repartition topic before an aggregate: its keys and its arguments, computed. */
record PreAggregation(List<Expression> keys, List<Expression> columns, RowLayout layout, List<AggregateCall> calls) {

    static PreAggregation of(LogicalPlan.Aggregate aggregate) {
        DistinctExpressions columns = new DistinctExpressions();
        List<RowLayout.Column> layout = new ArrayList<>();
        for (int i = 0; i < aggregate.keys().size(); i++) {
            columns.add(aggregate.keys().get(i));
            layout.add(aggregate.layout().columns().get(i));
        }
        List<AggregateCall> calls = new ArrayList<>();
        for (AggregateCall call : aggregate.calls()) {
            List<Expression> arguments = new ArrayList<>();
            for (Expression argument : call.arguments()) {
                arguments.add(argument instanceof Expression.Literal ? argument : slot(argument, columns, layout));
            }
            calls.add(new AggregateCall(call.function(), call.distinct(), arguments, call.type()));
        }
        return new PreAggregation(aggregate.keys(), columns.toList(), new RowLayout(layout), calls);
    }

    private static Expression slot(Expression argument, DistinctExpressions columns, List<RowLayout.Column> layout) {
        if (columns.add(argument)) {
            int index = layout.size();
            String name = argument instanceof Expression.Slot slot ? slot.name() : "argument_" + index;
            layout.add(new RowLayout.Column(name, argument.type()));
        }
        int place = columns.placeOf(argument).orElseThrow();
        return new Expression.Slot(place, layout.get(place).name(), argument.type());
    }

    List<Expression> keySlots() {
        List<Expression> slots = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            slots.add(new Expression.Slot(
                    i, layout.columns().get(i).name(), keys.get(i).type()));
        }
        return slots;
    }
}
