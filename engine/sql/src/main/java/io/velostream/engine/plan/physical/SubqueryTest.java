package io.velostream.engine.plan.physical;

import io.velostream.engine.plan.expression.ComparisonOperator;
import io.velostream.engine.plan.expression.Expression;

/** What a subquery asks of the rows that qualify. */
public sealed interface SubqueryTest {

    /** {@code EXISTS (…)}: whether there is a row. */
    record Exists() implements SubqueryTest {}

    /** The value of the only row, NULL without one; a second row is a record error. */
    record Scalar(Expression value) implements SubqueryTest {}

    /** {@code operand = ANY (…)}, which is IN, and its kin; NULL where a comparison with NULL would decide. */
    record Compare(Expression operand, ComparisonOperator operator, boolean all, Expression value)
            implements SubqueryTest {}
}
