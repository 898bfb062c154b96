package io.velostream.engine.sql.analysis;

import io.velostream.engine.plan.expression.Expression;
import io.velostream.engine.plan.expression.SystemColumnKind;
import io.velostream.engine.plan.logical.LogicalPlan;
import io.velostream.engine.plan.physical.OverWindow.SortKey;
import io.velostream.engine.sql.type.SqlType.Simple;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Whether ORDER BY is the order in which rows come, but for stragglers: none, or the way of time. */
final class TimeOrder {

    private static final Set<SystemColumnKind> TIMES =
            Set.of(SystemColumnKind.EVENT_TIME, SystemColumnKind.TIMESTAMP, SystemColumnKind.OFFSET);

    private TimeOrder() {}

    /**
     * Whether it is, by its first key.
     *
     * @param input the plan whose rows are ordered, before columns are pruned
     */
    static boolean is(List<SortKey> orderBy, LogicalPlan input) {
        return orderBy.isEmpty()
                || (!orderBy.getFirst().descending()
                        && isTime(orderBy.getFirst().expression(), input));
    }

    private static boolean isTime(Expression expression, LogicalPlan input) {
        return switch (expression) {
            case Expression.SystemColumn column -> TIMES.contains(column.kind());
            case Expression.Slot slot ->
                slot.type() == Simple.TIMESTAMP
                        || GroupContext.isOfWindow(slot)
                        || (beginsWithSource(input)
                                && Optional.of(slot.index()).equals(input.scan().eventTimeSlot()));
            default -> false;
        };
    }

    /** Whether the first slots of the row are those of the source. */
    private static boolean beginsWithSource(LogicalPlan plan) {
        return switch (plan) {
            case LogicalPlan.Scan _, LogicalPlan.Changes _ -> true;
            case LogicalPlan.Filter filter -> beginsWithSource(filter.input());
            case LogicalPlan.Lookup lookup -> beginsWithSource(lookup.input());
            case LogicalPlan.Over over -> beginsWithSource(over.input());
            case LogicalPlan.Explode explode -> beginsWithSource(explode.input());
            case LogicalPlan.Join join -> beginsWithSource(join.left());
            case LogicalPlan.Limit limit -> beginsWithSource(limit.input());
            case LogicalPlan.Sort sort -> beginsWithSource(sort.input());
            case LogicalPlan.Project _, LogicalPlan.Aggregate _ -> false;
        };
    }
}
