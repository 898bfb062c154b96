package io.velostream.engine.sql.analysis;

import io.velostream.engine.plan.expression.Expression;
import io.velostream.engine.sql.type.SqlType.Simple;

/** Stands for an expression that was reported as wrong: it goes with everything, so nothing is reported twice. */
final class Poison {

    static final Expression EXPRESSION = new Expression.Literal(null, Simple.ANY);

    private Poison() {}
}
