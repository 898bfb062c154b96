package io.velostream.engine.sql.analysis;

import io.velostream.engine.plan.expression.Expression;
import io.velostream.engine.sql.tree.Location;
import java.util.Optional;

/**
 * A column of a SELECT's result.
 *
 * @param origin where its name comes from
 * @param expression empty for every field of a source without declared columns
 * @param primaryKey whether it belongs to the output's key
 */
record OutputColumn(
        Location location, String name, Origin origin, Optional<Expression> expression, boolean primaryKey) {

    /** Where a column's name comes from. */
    enum Origin {
        /** From {@code *}. */
        STAR,
        /** The name of the column that is read. */
        COLUMN,
        /** Made up for an expression without an alias. */
        COMPUTED,
        /** Given with AS. */
        ALIAS
    }

    OutputColumn with(Expression changed) {
        return new OutputColumn(location, name, origin, Optional.of(changed), primaryKey);
    }

    OutputColumn asKey() {
        return new OutputColumn(location, name, origin, expression, true);
    }

    OutputColumn named(String other) {
        return new OutputColumn(location, other, Origin.ALIAS, expression, primaryKey);
    }
}
