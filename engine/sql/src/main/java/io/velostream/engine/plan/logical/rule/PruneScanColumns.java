package io.velostream.engine.plan.logical.rule;

import io.velostream.engine.plan.expression.Expression;
import io.velostream.engine.plan.expression.Expressions;
import io.velostream.engine.plan.logical.LogicalPlan;
import io.velostream.engine.plan.logical.LogicalQuery.Branch;
import io.velostream.engine.plan.physical.RowLayout;
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
        int width = branch.plan().scan().fields().size();
        UnaryOperator<Expression> collect = expression -> collect(expression, width, used);
        boolean scanOnTop = collectAbove(branch.plan(), collect);
        if (scanOnTop) {
            Plans.mapOutput(branch, branch.plan(), collect);
        }
        LogicalPlan.Scan scan = branch.plan().scan();
        scan.eventTimeSlot().ifPresent(used::add);
        scan.punctuationSlot().ifPresent(used::add);
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
                        ? new Expression.Slot(place(slot.index(), width, places), slot.name(), slot.type())
                        : each);
        LogicalPlan.Scan pruned =
                new LogicalPlan.Scan(scan.source(), fields, scan.eventTimeSlot().map(places::get), scan.wholeValue());
        LogicalPlan plan = replace(branch.plan(), pruned, move);
        return Plans.mapOutput(branch, plan, scanOnTop ? move : UnaryOperator.identity());
    }

    /** Results of window functions lie behind the scan's slots. */
    private static int place(int slot, int width, Map<Integer, Integer> places) {
        return slot >= width ? slot - width + places.size() : places.getOrDefault(slot, -1);
    }

    private static Expression collect(Expression expression, int width, Set<Integer> used) {
        if (expression instanceof Expression.Slot slot && slot.index() < width) {
            used.add(slot.index());
        }
        Expressions.children(expression).forEach(child -> collect(child, width, used));
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
            case LogicalPlan.Over over -> {
                boolean below = collectAbove(over.input(), collect);
                if (below) {
                    Plans.mapExpressions(over, collect);
                }
                yield below;
            }
            case LogicalPlan.Sort sort -> {
                boolean below = collectAbove(sort.input(), collect);
                if (below) {
                    Plans.mapExpressions(sort, collect);
                }
                yield below;
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
            case LogicalPlan.Sort sort -> {
                LogicalPlan.Sort rebuilt =
                        new LogicalPlan.Sort(replace(sort.input(), scan, move), sort.orderBy(), sort.rows());
                yield isOverScan(sort.input()) ? Plans.mapExpressions(rebuilt, move) : rebuilt;
            }
            case LogicalPlan.Over over -> over(over, replace(over.input(), scan, move), move);
        };
    }

    private static LogicalPlan over(LogicalPlan.Over over, LogicalPlan input, UnaryOperator<Expression> move) {
        List<RowLayout.Column> layout = new ArrayList<>(input.layout().columns());
        layout.addAll(over.layout()
                .columns()
                .subList(
                        over.input().layout().columns().size(),
                        over.layout().columns().size()));
        LogicalPlan.Over rebuilt =
                new LogicalPlan.Over(input, over.partitionBy(), over.windows(), new RowLayout(layout));
        return isOverScan(over.input()) ? Plans.mapExpressions(rebuilt, move) : rebuilt;
    }

    private static boolean isOverScan(LogicalPlan plan) {
        return switch (plan) {
            case LogicalPlan.Scan _ -> true;
            case LogicalPlan.Filter filter -> isOverScan(filter.input());
            case LogicalPlan.Limit limit -> isOverScan(limit.input());
            case LogicalPlan.Over over -> isOverScan(over.input());
            case LogicalPlan.Sort sort -> isOverScan(sort.input());
            case LogicalPlan.Aggregate _ -> false;
        };
    }
}
