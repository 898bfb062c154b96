package io.velostream.engine.plan.physical;

import io.velostream.engine.plan.expression.Expression;
import io.velostream.engine.plan.physical.OverWindow.SortKey;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * ORDER BY … LIMIT within a subquery.
 *
 * @param keys over the same row as the subquery's test
 * @param rows how many rows are taken, from the first on
 */
public record SubqueryOrder(List<SortKey> keys, long rows) {
    public SubqueryOrder {
        keys = List.copyOf(keys);
    }

    /** The same order of changed expressions. */
    public SubqueryOrder map(UnaryOperator<Expression> change) {
        return new SubqueryOrder(
                keys.stream()
                        .map(key -> new SortKey(change.apply(key.expression()), key.descending(), key.nullsFirst()))
                        .toList(),
                rows);
    }
}
