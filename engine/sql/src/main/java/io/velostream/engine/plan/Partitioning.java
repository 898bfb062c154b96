package io.velostream.engine.plan;

import io.velostream.engine.plan.expression.Expression;
import io.velostream.engine.plan.logical.LogicalPlan;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Whether all rows of a group are already in one partition: the source declares exactly the grouped columns as its
 * record key. Equal keys then have equal bytes, and whoever wrote the topic put equal keys into one partition.
 */
final class Partitioning {

    private Partitioning() {}

    static boolean holds(LogicalPlan.Aggregate aggregate) {
        return holds(aggregate, aggregate.keys());
    }

    static boolean holds(LogicalPlan.Over over) {
        return holds(over, over.partitionBy());
    }

    private static boolean holds(LogicalPlan plan, List<Expression> keys) {
        List<String> declared = plan.scan().source().keyColumns();
        if (declared.isEmpty()) {
            return false;
        }
        Set<String> grouped = new HashSet<>();
        for (Expression key : keys) {
            if (!(key instanceof Expression.Slot slot)) {
                return false;
            }
            grouped.add(slot.name());
        }
        return grouped.equals(new HashSet<>(declared));
    }
}
