package io.velostream.engine.plan.physical;

import io.velostream.engine.plan.expression.Expression;
import io.velostream.engine.sql.type.SqlType;
import java.util.List;
import java.util.Optional;

/**
 * A subquery over a table of which each task holds all rows. Slots of the row inside are numbered from {@link
 * io.velostream.engine.plan.expression.InnerSlots#FIRST} on; those below belong to the row outside.
 *
 * @param table where the table's changes come from, sent to every task
 * @param tableKeys over the table's row alone, numbered from 0; equal to the probes in the rows that qualify
 * @param probes over the row outside; a NULL among them qualifies nothing
 * @param predicate what else a row of the table must fulfil
 * @param groups GROUP BY and aggregates; then the inner slots of the test are those of the group's row
 * @param type of the result
 */
public record SubqueryPlan(
        StageInput.Repartition table,
        List<Expression> tableKeys,
        List<Expression> probes,
        Optional<Expression> predicate,
        SubqueryTest test,
        Optional<SubqueryGroups> groups,
        SqlType type) {
    public SubqueryPlan {
        tableKeys = List.copyOf(tableKeys);
        probes = List.copyOf(probes);
    }
}
