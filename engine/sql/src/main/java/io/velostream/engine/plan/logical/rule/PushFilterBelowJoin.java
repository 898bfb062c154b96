package io.velostream.engine.plan.logical.rule;

import io.velostream.engine.plan.expression.Expression;
import io.velostream.engine.plan.expression.Expressions;
import io.velostream.engine.plan.expression.InnerSlots;
import io.velostream.engine.plan.logical.LogicalPlan;
import io.velostream.engine.plan.logical.LogicalQuery.Branch;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A condition of WHERE that only asks for one side of a join is asked before it, so that fewer rows are sent and kept. Not
 * where the other side is kept without a partner: there the condition would make partners disappear.
 */
public final class PushFilterBelowJoin implements Rule {

    @Override
    public Branch apply(Branch branch) {
        LogicalPlan plan = Plans.rewrite(branch.plan(), PushFilterBelowJoin::push);
        return Plans.mapOutput(branch, plan, UnaryOperator.identity());
    }

    private static LogicalPlan push(LogicalPlan plan) {
        if (!(plan instanceof LogicalPlan.Filter filter) || !(filter.input() instanceof LogicalPlan.Join join)) {
            return plan;
        }
        int width = join.left().layout().columns().size();
        List<Expression> left = new ArrayList<>();
        List<Expression> right = new ArrayList<>();
        List<Expression> above = new ArrayList<>();
        for (Expression conjunct : Conjuncts.of(filter.predicate())) {
            if (!join.kind().keepsRight() && uses(conjunct, 0, width)) {
                left.add(conjunct);
            } else if (!join.kind().keepsLeft() && uses(conjunct, width, Integer.MAX_VALUE)) {
                right.add(InnerSlots.move(conjunct, slot -> slot - width));
            } else {
                above.add(conjunct);
            }
        }
        if (left.isEmpty() && right.isEmpty()) {
            return plan;
        }
        LogicalPlan pushed = Plans.withInputs(join, filtered(join.left(), left), filtered(join.right(), right));
        return filtered(pushed, above);
    }

    private static LogicalPlan filtered(LogicalPlan input, List<Expression> conjuncts) {
        return conjuncts.isEmpty() ? input : push(new LogicalPlan.Filter(input, Conjuncts.join(conjuncts)));
    }

    /** Whether the expression uses slots, and only such that lie in the range. */
    private static boolean uses(Expression expression, int from, int to) {
        List<Integer> slots = new ArrayList<>();
        boolean plain = collect(expression, slots);
        return plain && !slots.isEmpty() && slots.stream().allMatch(slot -> slot >= from && slot < to);
    }

    /** Collects the slots; false where the expression asks for the record, which is known above only. */
    private static boolean collect(Expression expression, List<Integer> slots) {
        if (expression instanceof Expression.SystemColumn) {
            return false;
        }
        if (expression instanceof Expression.Slot slot) {
            slots.add(slot.index());
        }
        return Expressions.children(expression).stream().allMatch(child -> collect(child, slots));
    }
}
