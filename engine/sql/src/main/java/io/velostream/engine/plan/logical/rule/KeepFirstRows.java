package io.velostream.engine.plan.logical.rule;

import io.velostream.engine.plan.expression.ComparisonOperator;
import io.velostream.engine.plan.expression.Expression;
import io.velostream.engine.plan.logical.LogicalPlan;
import io.velostream.engine.plan.logical.LogicalQuery.Branch;
import io.velostream.engine.plan.physical.OverCall;
import io.velostream.engine.plan.physical.OverCall.Rank;
import io.velostream.engine.plan.physical.OverWindow;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;

/**
 * Top-N: where a condition only takes the first n rows of each partition's order, {@code ROW_NUMBER() … <= n}, no more than
 * those are kept. A row behind them never comes back among them, since rows are only added.
 */
public final class KeepFirstRows implements Rule {

    private static final long MOST = 1_000_000;

    @Override
    public Branch apply(Branch branch) {
        LogicalPlan plan = Plans.rewrite(branch.plan(), KeepFirstRows::bound);
        return Plans.mapOutput(branch, plan, UnaryOperator.identity());
    }

    private static LogicalPlan bound(LogicalPlan plan) {
        if (!(plan instanceof LogicalPlan.Filter filter)
                || !(filter.input() instanceof LogicalPlan.Over over)
                || over.windows().size() != 1
                || !numbersRows(over.windows().getFirst())) {
            return plan;
        }
        int number = over.layout().columns().size() - 1;
        OptionalLong rows = Conjuncts.of(filter.predicate()).stream()
                .map(conjunct -> largest(conjunct, number))
                .flatMapToLong(OptionalLong::stream)
                .min();
        if (rows.isEmpty() || rows.getAsLong() < 1 || rows.getAsLong() > MOST) {
            return plan;
        }
        OverWindow bounded = over.windows().getFirst().withFirst(rows.getAsLong());
        return new LogicalPlan.Filter(
                new LogicalPlan.Over(over.input(), over.partitionBy(), List.of(bounded), over.layout()),
                filter.predicate());
    }

    /** Whether the window has the rows' numbers alone, in an order for which rows must be kept. */
    private static boolean numbersRows(OverWindow window) {
        return window.bufferRows().isEmpty()
                && !window.byTime()
                && window.calls().size() == 1
                && window.calls().getFirst() instanceof OverCall.Ranking ranking
                && ranking.rank() == Rank.ROW_NUMBER;
    }

    /** The largest value of a slot for which the condition can be true, where it says so. */
    private static OptionalLong largest(Expression condition, int slot) {
        if (!(condition
                instanceof Expression.Comparison(ComparisonOperator operator, Expression left, Expression right))) {
            return OptionalLong.empty();
        }
        if (isSlot(left, slot)
                && right instanceof Expression.Literal literal
                && literal.value() instanceof Long value) {
            return switch (operator) {
                case EQUAL, LESS_OR_EQUAL -> OptionalLong.of(value);
                case LESS -> OptionalLong.of(value - 1);
                case NOT_EQUAL, GREATER, GREATER_OR_EQUAL -> OptionalLong.empty();
            };
        }
        if (isSlot(right, slot)
                && left instanceof Expression.Literal literal
                && literal.value() instanceof Long value) {
            return switch (operator) {
                case EQUAL, GREATER_OR_EQUAL -> OptionalLong.of(value);
                case GREATER -> OptionalLong.of(value - 1);
                case NOT_EQUAL, LESS, LESS_OR_EQUAL -> OptionalLong.empty();
            };
        }
        return OptionalLong.empty();
    }

    private static boolean isSlot(Expression expression, int slot) {
        return expression instanceof Expression.Slot found && found.index() == slot;
    }
}
