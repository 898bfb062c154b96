package io.velostream.engine.plan.expression;

import java.util.function.IntUnaryOperator;

/**
 * The numbers of slots in the expressions of a subquery: those of the row outside keep theirs, those of the row inside
 * lie beyond {@link #FIRST}, so that neither changes when columns of the other are pruned. Each subquery within another
 * has a range of its own, by its depth; beyond the columns of a row lie the results of the subqueries that are computed
 * on it.
 */
public final class InnerSlots {

    /** The number of the first slot of a row inside. */
    public static final int FIRST = 1 << 30;

    /** How many numbers a row has. */
    public static final int RANGE = 1 << 26;

    /** How many subqueries may lie within one another. */
    public static final int MOST_DEPTH = 12;

    /** Where the results of subqueries on a row begin in its range. */
    public static final int RESULTS = 1 << 18;

    private InnerSlots() {}

    /** Whether the slot belongs to a row inside. */
    public static boolean isInner(int slot) {
        return slot >= FIRST;
    }

    /** In how many subqueries the slot's row lies: 0 for the row outside all of them. */
    public static int depth(int slot) {
        return isInner(slot) ? 1 + (slot - FIRST) / RANGE : 0;
    }

    /** The slot's number in its own row. */
    public static int local(int slot) {
        return isInner(slot) ? (slot - FIRST) % RANGE : slot;
    }

    /** The number of a slot of the row in so many subqueries, at least one. */
    public static int at(int depth, int local) {
        return FIRST + (depth - 1) * RANGE + local;
    }

    /** Whether the slot is a column of the row in so many subqueries, not the result of a subquery on it. */
    public static boolean isColumn(int slot, int depth) {
        return depth(slot) == depth && local(slot) < RESULTS;
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
