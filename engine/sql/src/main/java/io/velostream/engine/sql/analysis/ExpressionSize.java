package io.velostream.engine.sql.analysis;

import io.velostream.engine.plan.expression.Expression;
import io.velostream.engine.plan.expression.Expressions;
import io.velostream.engine.sql.tree.Location;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Keeps expressions small enough for everything that walks them by recursion. Aliases put one expression into another,
 * so a short text can mean a huge expression; sizes are measured without walking a shared part twice, and without
 * recursion.
 */
final class ExpressionSize {

    private static final int DEEPEST = 300;
    private static final long LARGEST = 500_000;

    private final Problems problems;
    private final Map<Expression, Measure> known = new IdentityHashMap<>();

    private record Measure(long nodes, int depth) {}

    ExpressionSize(Problems problems) {
        this.problems = problems;
    }

    /** The expression itself, or a problem and a stand-in when it is too large. */
    Expression check(Location location, Expression expression) {
        Measure measure = measure(expression);
        if (measure.depth() <= DEEPEST && measure.nodes() <= LARGEST) {
            return expression;
        }
        problems.add(
                ProblemCode.TOO_DEEP,
                location,
                measure.depth() > DEEPEST
                        ? "this expression is more than " + DEEPEST + " operators deep"
                        : "this expression has more than " + LARGEST + " parts once its aliases are put in",
                "compute a part of it in an earlier statement and use that");
        return Poison.EXPRESSION;
    }

    private Measure measure(Expression root) {
        Deque<Expression> open = new ArrayDeque<>(List.of(root));
        while (!open.isEmpty()) {
            Expression next = open.peek();
            List<Expression> children = Expressions.children(next);
            List<Expression> unknown =
                    children.stream().filter(child -> !known.containsKey(child)).toList();
            if (known.containsKey(next)) {
                open.pop();
            } else if (unknown.isEmpty()) {
                open.pop();
                known.put(next, sum(children));
            } else {
                unknown.forEach(open::push);
            }
        }
        return sum(List.of(root));
    }

    private Measure sum(List<Expression> children) {
        long nodes = 1;
        int depth = 0;
        for (Expression child : children) {
            Measure measure = known.getOrDefault(child, new Measure(1, 1));
            nodes = Math.min(Integer.MAX_VALUE, nodes + measure.nodes());
            depth = Math.max(depth, measure.depth());
        }
        return new Measure(nodes, depth + 1);
    }
}
