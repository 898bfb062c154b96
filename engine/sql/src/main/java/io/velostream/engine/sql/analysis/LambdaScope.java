package io.velostream.engine.sql.analysis;

import io.velostream.engine.plan.expression.Expression;
import io.velostream.engine.sql.tree.Identifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The parameters of the lambdas around the place that is analysed, the outermost first. */
final class LambdaScope {

    private final List<Expression.Parameter> parameters = new ArrayList<>();

    /** The number of the next parameter. */
    int depth() {
        return parameters.size();
    }

    void enter(List<Expression.Parameter> added) {
        parameters.addAll(added);
    }

    /** Forgets all parameters but so many. */
    void leave(int depth) {
        parameters.subList(depth, parameters.size()).clear();
    }

    Optional<Expression.Parameter> find(Identifier name) {
        return parameters.reversed().stream()
                .filter(parameter -> name.matches(parameter.name()))
                .findFirst();
    }
}
