package io.velostream.engine.plan;

import io.velostream.engine.plan.expression.Expression;
import io.velostream.engine.plan.logical.LogicalPlan;
import io.velostream.engine.plan.logical.SourceDefinition;
import io.velostream.engine.plan.physical.SourceSpec.Format;
import java.util.ArrayList;
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
        return readsSourceOnly(aggregate.input()) && holds(aggregate, aggregate.keys());
    }

    static boolean holds(LogicalPlan.Over over) {
        return readsSourceOnly(over.input()) && holds(over, over.partitionBy());
    }

    /** Whether the rows are those of a source, in its partitions. */
    private static boolean readsSourceOnly(LogicalPlan plan) {
        return switch (plan) {
            case LogicalPlan.Scan _, LogicalPlan.Changes _ -> true;
            case LogicalPlan.Filter filter -> readsSourceOnly(filter.input());
            case LogicalPlan.Lookup lookup -> readsSourceOnly(lookup.input());
            case LogicalPlan.Over over -> readsSourceOnly(over.input());
            case LogicalPlan.Limit _,
                    LogicalPlan.Explode _,
                    LogicalPlan.Project _,
                    LogicalPlan.Aggregate _,
                    LogicalPlan.Sort _,
                    LogicalPlan.Join _ -> false;
        };
    }

    private static boolean holds(LogicalPlan plan, List<Expression> keys) {
        List<String> declared = plan.scan().source().keyColumns();
        // Keys of the same columns in different windows have different bytes.
        if (declared.isEmpty() || plan.scan().source().options().windowBytes() > 0) {
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

    /** Whether the rows of a stream are already partitioned by the text of these keys, in their order. */
    static boolean isByText(LogicalPlan plan, List<Expression> keys) {
        if (keys.isEmpty() || !readsSourceOnly(plan)) {
            return false;
        }
        SourceDefinition source = plan.scan().source();
        List<String> names = new ArrayList<>();
        for (Expression key : keys) {
            if (!(key instanceof Expression.Slot slot)) {
                return false;
            }
            names.add(slot.name());
        }
        return source.keyFormat() == Format.TEXT && names.equals(source.keyColumns());
    }
}
