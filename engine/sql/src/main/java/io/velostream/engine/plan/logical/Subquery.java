package io.velostream.engine.plan.logical;

import io.velostream.engine.plan.expression.Expression;
import io.velostream.engine.plan.physical.Nested;
import io.velostream.engine.plan.physical.StageOperator.AggregateCall;
import io.velostream.engine.plan.physical.SubqueryGroups;
import io.velostream.engine.plan.physical.SubqueryResult;
import io.velostream.engine.plan.physical.SubqueryTest;
import io.velostream.engine.sql.type.SqlType;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A subquery over a table, computed for each row of the query outside. Slots of the row inside are numbered as {@link
 * io.velostream.engine.plan.expression.InnerSlots} says; those below its first belong to the row outside.
 *
 * @param table what is read
 * @param tableKeys equal to the probes in the rows that qualify; over the table's row alone, numbered from 0
 * @param probes over the row outside alone; a NULL among them qualifies nothing
 * @param predicate what else a row of the table must fulfil
 * @param groups GROUP BY and aggregates; then the inner slots of the result are those of the group's row
 * @param result what is made of the rows
 * @param nested the subqueries within
 */
public record Subquery(
        LogicalPlan table,
        List<Expression> tableKeys,
        List<Expression> probes,
        Optional<Expression> predicate,
        Optional<SubqueryGroups> groups,
        SubqueryResult result,
        Nested<Subquery> nested) {
    public Subquery {
        tableKeys = List.copyOf(tableKeys);
        probes = List.copyOf(probes);
    }

    /** What is asked of the rows. */
    public SubqueryTest test() {
        return result.test();
    }

    /** The type of the result. */
    public SqlType type() {
        return result.type();
    }

    /** The tables that it and the subqueries within it read. */
    public Stream<LogicalPlan> tables() {
        return Stream.concat(Stream.of(table), nested.all().stream().flatMap(Subquery::tables));
    }

    /** The subquery with every expression changed but the keys over the table alone. */
    public Subquery map(UnaryOperator<Expression> change) {
        return map(table, change, UnaryOperator.identity(), change);
    }

    /**
     * The subquery over another form of its table.
     *
     * @param change for what sees the row outside and the table's
     * @param changeKey for what sees the table's row alone
     * @param changeResult for what sees the row outside and, with GROUP BY, the group's
     */
    public Subquery map(
            LogicalPlan otherTable,
            UnaryOperator<Expression> change,
            UnaryOperator<Expression> changeKey,
            UnaryOperator<Expression> changeResult) {
        return new Subquery(
                otherTable,
                tableKeys.stream().map(changeKey).toList(),
                probes.stream().map(change).toList(),
                predicate.map(change),
                groups.map(inner -> new SubqueryGroups(
                        inner.keys().stream().map(change).toList(),
                        inner.calls().stream().map(call -> map(call, change)).toList(),
                        inner.having().map(changeResult),
                        inner.layout())),
                result.map(changeResult),
                nested.map(each -> each.map(change), each -> each.map(changeResult)));
    }

    /** The same with other subqueries within. */
    public Subquery withNested(Nested<Subquery> others) {
        return new Subquery(table, tableKeys, probes, predicate, groups, result, others);
    }

    private static AggregateCall map(AggregateCall call, UnaryOperator<Expression> change) {
        return new AggregateCall(
                call.function(),
                call.distinct(),
                call.arguments().stream().map(change).toList(),
                call.type());
    }
}
