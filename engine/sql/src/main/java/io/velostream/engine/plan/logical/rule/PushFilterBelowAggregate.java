package io.velostream.engine.plan.logical.rule;

import io.velostream.engine.plan.expression.Expression;
import io.velostream.engine.plan.expression.Expressions;
import io.velostream.engine.plan.logical.LogicalPlan;
import io.velostream.engine.plan.logical.LogicalQuery.Branch;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A condition of HAVING that only asks for group keys is asked before grouping: a group that never shows needs no
 * state. Time goes on with dropped rows, so windows close as before.
 */
public final class PushFilterBelowAggregate implements Rule {

    @Override
    public Branch apply(Branch branch) {
        LogicalPlan plan = Plans.rewrite(branch.plan(), PushFilterBelowAggregate::push);
        return Plans.mapOutput(branch, plan, UnaryOperator.identity());
    }

    private static LogicalPlan push(LogicalPlan plan) {
        if (!(plan instanceof LogicalPlan.Filter filter)
                || !(filter.input() instanceof LogicalPlan.Aggregate aggregate)
                || aggregate.keys().isEmpty()) {
            return plan;
        }
        List<Expression> below = new ArrayList<>();
        List<Expression> above = new ArrayList<>();
        for (Expression conjunct : Conjuncts.of(filter.predicate())) {
            (onlyKeys(conjunct, aggregate.keys().size()) ? below : above).add(conjunct);
        }
        if (below.isEmpty()) {
            return plan;
        }
        Expression predicate = Expressions.rewrite(
                Conjuncts.join(below),
                each -> each instanceof Expression.Slot slot ? aggregate.keys().get(slot.index()) : each);
        LogicalPlan pushed = new LogicalPlan.Aggregate(
                new LogicalPlan.Filter(aggregate.input(), predicate),
                aggregate.keys(),
                aggregate.calls(),
                aggregate.window(),
                aggregate.emit(),
                aggregate.layout());
        return above.isEmpty() ? pushed : new LogicalPlan.Filter(pushed, Conjuncts.join(above));
    }

    private static boolean onlyKeys(Expression expression, int keys) {
        return expression instanceof Expression.Slot slot
                ? slot.index() < keys
                : Expressions.children(expression).stream().allMatch(child -> onlyKeys(child, keys));
    }
}
