package io.velostream.engine.plan.logical.rule;

import io.velostream.engine.plan.expression.Expression;
import java.util.List;

/** Conditions joined by AND, as a list. */
final class Conjuncts {

    private Conjuncts() {}

    static List<Expression> of(Expression condition) {
        return condition instanceof Expression.And and
                ? and.operands().stream().flatMap(each -> of(each).stream()).toList()
                : List.of(condition);
    }

    static Expression join(List<Expression> conjuncts) {
        return conjuncts.size() == 1 ? conjuncts.getFirst() : new Expression.And(conjuncts);
    }
}
