package io.velostream.engine.plan.physical;

import io.velostream.engine.plan.expression.Expression;
import io.velostream.engine.sql.type.SqlType;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What a subquery makes of the rows that qualify.
 *
 * @param test what is asked of them
 * @param order which of them are asked, where not all are
 */
public record SubqueryResult(SubqueryTest test, Optional<SubqueryOrder> order, SqlType type) {

    /** The result of changed expressions. */
    public SubqueryResult map(UnaryOperator<Expression> change) {
        SubqueryTest changed = switch (test) {
            case SubqueryTest.Exists exists -> exists;
            case SubqueryTest.Scalar scalar -> new SubqueryTest.Scalar(change.apply(scalar.value()));
            case SubqueryTest.Compare compare ->
                new SubqueryTest.Compare(
                        change.apply(compare.operand()),
                        compare.operator(),
                        compare.all(),
                        change.apply(compare.value()));
        };
        return new SubqueryResult(changed, order.map(each -> each.map(change)), type);
    }
}
