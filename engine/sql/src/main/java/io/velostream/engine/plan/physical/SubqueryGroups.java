package io.velostream.engine.plan.physical;

import io.velostream.engine.plan.expression.Expression;
import io.velostream.engine.plan.physical.StageOperator.AggregateCall;
import java.util.List;
import java.util.Optional;

/**
 * GROUP BY within a subquery; without keys there is one group even of no rows.
 *
 * @param layout the group's row: keys, then aggregates
 */
public record SubqueryGroups(
        List<Expression> keys, List<AggregateCall> calls, Optional<Expression> having, RowLayout layout) {
    public SubqueryGroups {
        keys = List.copyOf(keys);
        calls = List.copyOf(calls);
    }
}
