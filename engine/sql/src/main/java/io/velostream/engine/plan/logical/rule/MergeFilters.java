package io.velostream.engine.plan.logical.rule;

import io.velostream.engine.plan.expression.Expression;
import io.velostream.engine.plan.logical.LogicalPlan;
import io.velostream.engine.plan.logical.LogicalQuery.Branch;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Two filters, one upon the other, become one. */
public final class MergeFilters implements Rule {

    @Override
    public Branch apply(Branch branch) {
        return Plans.mapOutput(branch, Plans.rewrite(branch.plan(), MergeFilters::merge), UnaryOperator.identity());
    }

    private static LogicalPlan merge(LogicalPlan plan) {
        if (plan instanceof LogicalPlan.Filter outer && outer.input() instanceof LogicalPlan.Filter inner) {
            List<Expression> conjuncts = new ArrayList<>(Conjuncts.of(inner.predicate()));
            conjuncts.addAll(Conjuncts.of(outer.predicate()));
            return new LogicalPlan.Filter(inner.input(), Conjuncts.join(conjuncts));
        }
        return plan;
    }
}
