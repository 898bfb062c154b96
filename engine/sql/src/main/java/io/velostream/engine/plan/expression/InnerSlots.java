package io.velostream.engine.plan.expression;

import java.util.function.IntUnaryOperator;

/**
 * The numbers of slots in the expressions of a subquery: those of the row outside keep theirs, those of the row inside
 * lie beyond {@link #FIRST}, so that neither changes when columns of the other are pruned.
 */
public final class InnerSlots {

    /** The number of the inner row's first slot. */
    public static final int FIRST = 1 << 28;

    private InnerSlots() {}

    /** Whether the slot belongs to the inner row. */
    public static boolean isInner(int slot) {
        return slot >= FIRST;
    }

    /** The expression with the numbers of its slots changed. */
    public static Expression move(Expression expression, IntUnaryOperator places) {
        return Expressions.rewrite(expression, each -> {
            if (!(each instanceof Expression.Slot slot)) {
                return each;
            }
            int place = places.applyAsInt(slot.index());
            return place == slot.index() ? slot : new Expression.Slot(place, slot.name(), slot.type());
        });
    }
}
