package io.velostream.engine.plan.logical;

import io.velostream.engine.plan.expression.Expression;
import io.velostream.engine.plan.physical.StageOperator.AggregateCall;
import io.velostream.engine.plan.physical.SubqueryGroups;
import io.velostream.engine.plan.physical.SubqueryTest;
import io.velostream.engine.sql.type.SqlType;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A subquery over a table, computed for each row of the query outside. Slots of the row inside are numbered from
 * {@link io.velostream.engine.plan.expression.InnerSlots#FIRST} on; those below it belong to the row outside.
 *
 * @param table what is read
 * @param tableKeys equal to the probes in the rows that qualify; over the table's row alone, numbered from 0
 * @param probes over the row outside alone; a NULL among them qualifies nothing
 * @param predicate what else a row of the table must fulfil
 * @param test what the result is made of
 * @param groups GROUP BY and aggregates; then the inner slots of the test are those of the group's row
 * @param type of the result
 */
public record Subquery(
        LogicalPlan table,
        List<Expression> tableKeys,
        List<Expression> probes,
        Optional<Expression> predicate,
        SubqueryTest test,
        Optional<SubqueryGroups> groups,
        SqlType type) {
    public Subquery {
        tableKeys = List.copyOf(tableKeys);
        probes = List.copyOf(probes);
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
     * @param changeTest for what sees the row outside and, with GROUP BY, the group's
     */
    public Subquery map(
            LogicalPlan otherTable,
            UnaryOperator<Expression> change,
            UnaryOperator<Expression> changeKey,
            UnaryOperator<Expression> changeTest) {
        SubqueryTest changed = switch (test) {
            case SubqueryTest.Exists exists -> exists;
            case SubqueryTest.Scalar scalar -> new SubqueryTest.Scalar(changeTest.apply(scalar.value()));
            case SubqueryTest.Compare compare ->
                new SubqueryTest.Compare(
                        changeTest.apply(compare.operand()),
                        compare.operator(),
                        compare.all(),
                        changeTest.apply(compare.value()));
        };
        return new Subquery(
                otherTable,
                tableKeys.stream().map(changeKey).toList(),
                probes.stream().map(change).toList(),
                predicate.map(change),
                changed,
                groups.map(inner -> new SubqueryGroups(
                        inner.keys().stream().map(change).toList(),
                        inner.calls().stream().map(call -> map(call, change)).toList(),
                        inner.having().map(changeTest),
                        inner.layout())),
                type);
    }

    private static AggregateCall map(AggregateCall call, UnaryOperator<Expression> change) {
        return new AggregateCall(
                call.function(),
                call.distinct(),
                call.arguments().stream().map(change).toList(),
                call.type());
    }
}
