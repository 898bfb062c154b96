package io.velostream.engine.plan.logical.rule;

import io.velostream.engine.plan.expression.Expression;
import io.velostream.engine.plan.expression.Expressions;
import io.velostream.engine.plan.logical.LogicalPlan;
import io.velostream.engine.plan.logical.LogicalQuery.Branch;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** A condition that only asks for columns which are taken over as they are is asked before the others are computed. */
public final class PushFilterBelowProject implements Rule {

    @Override
    public Branch apply(Branch branch) {
        LogicalPlan plan = Plans.rewrite(branch.plan(), PushFilterBelowProject::push);
        return Plans.mapOutput(branch, plan, UnaryOperator.identity());
    }

    private static LogicalPlan push(LogicalPlan plan) {
        if (!(plan instanceof LogicalPlan.Filter filter) || !(filter.input() instanceof LogicalPlan.Project project)) {
            return plan;
        }
        List<Expression> below = new ArrayList<>();
        List<Expression> above = new ArrayList<>();
        for (Expression conjunct : Conjuncts.of(filter.predicate())) {
            (usesSlotsOnly(conjunct, project) ? below : above).add(conjunct);
        }
        if (below.isEmpty()) {
            return plan;
        }
        Expression predicate = Expressions.rewrite(
                Conjuncts.join(below),
                each -> each instanceof Expression.Slot slot ? project.columns().get(slot.index()) : each);
        LogicalPlan pushed = new LogicalPlan.Project(
                push(new LogicalPlan.Filter(project.input(), predicate)), project.columns(), project.layout());
        return above.isEmpty() ? pushed : new LogicalPlan.Filter(pushed, Conjuncts.join(above));
    }

    private static boolean usesSlotsOnly(Expression expression, LogicalPlan.Project project) {
        return switch (expression) {
            case Expression.SystemColumn _ -> false;
            case Expression.Slot slot -> project.columns().get(slot.index()) instanceof Expression.Slot;
            default -> Expressions.children(expression).stream().allMatch(child -> usesSlotsOnly(child, project));
        };
    }
}
