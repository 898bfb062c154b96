package io.velostream.engine.plan.physical;

import io.velostream.engine.plan.expression.Expression;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A subquery over a table of which each task holds all rows. Slots of the row inside are numbered as {@link
 * io.velostream.engine.plan.expression.InnerSlots} says; those below its first belong to the row outside.
 *
 * @param table where the table's changes come from, sent to every task
 * @param tableKeys over the table's row alone, numbered from 0; equal to the probes in the rows that qualify
 * @param probes over the row outside; a NULL among them qualifies nothing
 * @param predicate what else a row of the table must fulfil
 * @param groups GROUP BY and aggregates; then the inner slots of the result are those of the group's row
 * @param result what is made of the rows
 * @param nested the subqueries within
 */
public record SubqueryPlan(
        StageInput.Repartition table,
        List<Expression> tableKeys,
        List<Expression> probes,
        Optional<Expression> predicate,
        Optional<SubqueryGroups> groups,
        SubqueryResult result,
        Nested<SubqueryPlan> nested) {
    public SubqueryPlan {
        tableKeys = List.copyOf(tableKeys);
        probes = List.copyOf(probes);
    }

    /** What is asked of the rows. */
    public SubqueryTest test() {
        return result.test();
    }

    /** The subquery, then those within it, each before those within itself. */
    public Stream<SubqueryPlan> withNested() {
        return Stream.concat(Stream.of(this), nested.all().stream().flatMap(SubqueryPlan::withNested));
    }
}
