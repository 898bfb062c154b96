package io.velostream.engine.plan;

import io.velostream.engine.plan.expression.Expression;
import io.velostream.engine.plan.logical.LogicalPlan;
import io.velostream.engine.plan.physical.RowLayout;
import io.velostream.engine.plan.physical.StageOperator.AggregateCall;
import java.util.ArrayList;
import java.util.List;

/** What is sent through a repartition topic before an aggregate: its keys and its arguments, computed. */
record PreAggregation(List<Expression> keys, List<Expression> columns, RowLayout layout, List<AggregateCall> calls) {

    static PreAggregation of(LogicalPlan.Aggregate aggregate) {
        List<Expression> columns = new ArrayList<>(aggregate.keys());
        List<RowLayout.Column> layout = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
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
        return new PreAggregation(aggregate.keys(), columns, new RowLayout(layout), calls);
    }

    private static Expression slot(Expression argument, List<Expression> columns, List<RowLayout.Column> layout) {
        int index = columns.indexOf(argument);
        if (index < 0) {
            index = columns.size();
            columns.add(argument);
            String name = argument instanceof Expression.Slot slot ? slot.name() : "argument_" + index;
            layout.add(new RowLayout.Column(name, argument.type()));
        }
        return new Expression.Slot(index, layout.get(index).name(), argument.type());
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
