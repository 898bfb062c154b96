package io.velostream.engine.plan.expression;

import io.velostream.engine.sql.type.Coercions;
import io.velostream.engine.sql.type.SqlType;
import io.velostream.engine.sql.type.SqlType.Simple;

/** Keys of two rows that are compared as bytes. */
public final class EqualKeys {

    private EqualKeys() {}

    /**
     * The expression in a form in which values that are equal to the other side's have equal bytes: exact numbers of one
     * scale, and beside a column without a type a number that carries its own.
     *
     * @param other the other side's type
     */
    public static Expression beside(Expression expression, SqlType other) {
        SqlType type = expression.type();
        if (other == Simple.ANY && type instanceof SqlType.Decimal) {
            return new Expression.Cast(new Expression.Cast(expression, Simple.DOUBLE), Simple.ANY);
        }
        if (other == Simple.ANY && type == Simple.DOUBLE) {
            return new Expression.Cast(expression, Simple.ANY);
        }
        if (type instanceof SqlType.Decimal && other instanceof SqlType.Decimal && !type.equals(other)) {
            SqlType both = Coercions.common(type, other).orElse(type);
            return both.equals(type) ? expression : new Expression.Cast(expression, both);
        }
        return expression;
    }
}
