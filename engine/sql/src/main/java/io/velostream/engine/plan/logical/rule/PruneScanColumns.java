package io.velostream.engine.plan.logical.rule;

import io.velostream.engine.plan.expression.Expression;
import io.velostream.engine.plan.expression.Expressions;
import io.velostream.engine.plan.logical.LogicalPlan;
import io.velostream.engine.plan.logical.LogicalQuery.Branch;
import io.velostream.engine.plan.physical.StageInput.FieldRead;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/** The projection goes into the format reader: a field that nothing uses is not read. */
public final class PruneScanColumns implements Rule {

    @Override
    public Branch apply(Branch branch) {
        Set<Integer> used = new TreeSet<>();
        UnaryOperator<Expression> collect = expression -> collect(expression, used);
        boolean scanOnTop = collectAbove(branch.plan(), collect);
        if (scanOnTop) {
            Plans.mapOutput(branch, branch.plan(), collect);
        }
        LogicalPlan.Scan scan = branch.plan().scan();
        scan.eventTimeSlot().ifPresent(used::add);
        if (used.size() == scan.fields().size()) {
            return branch;
        }
        Map<Integer, Integer> places = new HashMap<>();
        List<FieldRead> fields = new ArrayList<>();
        for (int slot : used) {
            places.put(slot, fields.size());
            fields.add(scan.fields().get(slot));
        }
        UnaryOperator<Expression> move = expression -> Expressions.rewrite(
                expression,
                each -> each instanceof Expression.Slot slot
                        ? new Expression.Slot(places.getOrDefault(slot.index(), -1), slot.name(), slot.type())
                        : each);
        LogicalPlan.Scan pruned =
                new LogicalPlan.Scan(scan.source(), fields, scan.eventTimeSlot().map(places::get), scan.wholeValue());
        LogicalPlan plan = replace(branch.plan(), pruned, move);
        return Plans.mapOutput(branch, plan, scanOnTop ? move : UnaryOperator.identity());
    }

    private static Expression collect(Expression expression, Set<Integer> used) {
        if (expression instanceof Expression.Slot slot) {
            used.add(slot.index());
        }
        Expressions.children(expression).forEach(child -> collect(child, used));
        return expression;
    }

    /** Collects from the operators whose input is the scan's row; gives whether the plan's row is the scan's, too. */
    private static boolean collectAbove(LogicalPlan plan, UnaryOperator<Expression> collect) {
        return switch (plan) {
            case LogicalPlan.Scan _ -> true;
            case LogicalPlan.Limit limit -> collectAbove(limit.input(), collect);
            case LogicalPlan.Filter filter -> {
                boolean below = collectAbove(filter.input(), collect);
                if (below) {
                    Plans.mapExpressions(filter, collect);
                }
                yield below;
            }
            case LogicalPlan.Aggregate aggregate -> {
                if (collectAbove(aggregate.input(), collect)) {
                    Plans.mapExpressions(aggregate, collect);
                }
                yield false;
            }
        };
    }

    private static LogicalPlan replace(LogicalPlan plan, LogicalPlan.Scan scan, UnaryOperator<Expression> move) {
        return switch (plan) {
            case LogicalPlan.Scan _ -> scan;
            case LogicalPlan.Limit limit -> new LogicalPlan.Limit(replace(limit.input(), scan, move), limit.rows());
            case LogicalPlan.Filter filter -> {
                LogicalPlan.Filter rebuilt =
                        new LogicalPlan.Filter(replace(filter.input(), scan, move), filter.predicate());
                yield isOverScan(filter.input()) ? Plans.mapExpressions(rebuilt, move) : rebuilt;
            }
            case LogicalPlan.Aggregate aggregate -> {
                LogicalPlan.Aggregate rebuilt = new LogicalPlan.Aggregate(
                        replace(aggregate.input(), scan, move),
                        aggregate.keys(),
                        aggregate.calls(),
                        aggregate.window(),
                        aggregate.emit(),
                        aggregate.layout());
                yield isOverScan(aggregate.input()) ? Plans.mapExpressions(rebuilt, move) : rebuilt;
            }
        };
    }

    private static boolean isOverScan(LogicalPlan plan) {
        return switch (plan) {
            case LogicalPlan.Scan _ -> true;
            case LogicalPlan.Filter filter -> isOverScan(filter.input());
            case LogicalPlan.Limit limit -> isOverScan(limit.input());
            case LogicalPlan.Aggregate _ -> false;
        };
    }
}
