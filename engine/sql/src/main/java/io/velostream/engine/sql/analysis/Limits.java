package io.velostream.engine.sql.analysis;

import io.velostream.engine.sql.tree.Expr;
import io.velostream.engine.sql.tree.Query;
import java.util.Optional;

/** The rows of LIMIT. */
final class Limits {

    private Limits() {}

    /** Empty when it is no whole number from 1, which has been reported. */
    static Optional<Long> rows(Problems problems, Query.Limit limit) {
        if (limit.rows() instanceof Expr.IntegerLiteral literal
                && Literals.whole(literal.digits()).value() instanceof Long rows
                && rows > 0) {
            return Optional.of(rows);
        }
        problems.add(ProblemCode.BAD_LIMIT, limit.rows().location(), "LIMIT needs a whole number from 1", "LIMIT 100");
        return Optional.empty();
    }
}
