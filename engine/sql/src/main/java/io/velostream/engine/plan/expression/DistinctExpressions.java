package io.velostream.engine.plan.expression;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** Different expressions in the order in which they came, found by their hash however many there are. */
public final class DistinctExpressions {

    private final List<Expression> expressions = new ArrayList<>();
    private final Map<Expression, Integer> places = new HashMap<>();

    /** Adds an expression; false where an equal one is there. */
    public boolean add(Expression expression) {
        boolean added = places.putIfAbsent(expression, expressions.size()) == null;
        if (added) {
            expressions.add(expression);
        }
        return added;
    }

    /** The place of an equal expression. */
    public OptionalInt placeOf(Expression expression) {
        Integer place = places.get(expression);
        return place == null ? OptionalInt.empty() : OptionalInt.of(place);
    }

    /** How many there are. */
    public int size() {
        return expressions.size();
    }

    /** All of them, in their order. */
    public List<Expression> toList() {
        return List.copyOf(expressions);
    }
}
