package io.velostream.engine.runtime.operator;

import io.velostream.engine.plan.expression.Expression;
import io.velostream.engine.plan.expression.Expressions;
import io.velostream.engine.plan.expression.InnerSlots;
import java.util.Arrays;
import java.util.BitSet;

/**
 * Where the slots that a subquery's expressions name lie in one row: the row outside, then for each subquery on the way in
 * its own row and the results of the subqueries computed on that.
 */
final class SlotPlaces {

    private final int[] begins;
    private final int[] columns;
    private final int width;

    private SlotPlaces(int[] begins, int[] columns, int width) {
        this.begins = begins;
        this.columns = columns;
        this.width = width;
    }

    /** Of the row outside all subqueries, as wide as it is. */
    static SlotPlaces outside(int width) {
        return new SlotPlaces(new int[] {0}, new int[] {width}, width);
    }

    /** With the row of a subquery behind. */
    SlotPlaces with(int ownColumns, int results) {
        int depth = begins.length;
        int[] moreBegins = Arrays.copyOf(begins, depth + 1);
        int[] moreColumns = Arrays.copyOf(columns, depth + 1);
        moreBegins[depth] = width;
        moreColumns[depth] = ownColumns;
        return new SlotPlaces(moreBegins, moreColumns, width + ownColumns + results);
    }

    /** In how many subqueries the last row lies. */
    int depth() {
        return begins.length - 1;
    }

    /** Slots of all rows together. */
    int width() {
        return width;
    }

    /** The place of a slot. */
    int of(int slot) {
        int depth = InnerSlots.depth(slot);
        int local = InnerSlots.local(slot);
        boolean result = depth > 0 && local >= InnerSlots.RESULTS;
        return begins[depth] + (result ? columns[depth] + local - InnerSlots.RESULTS : local);
    }

    /** The expression over that one row. */
    Expression real(Expression expression) {
        return InnerSlots.move(expression, this::of);
    }

    /** Adds the places of the slots of an expression that lie outside the last row. */
    void addOuter(Expression expression, BitSet into) {
        if (expression instanceof Expression.Slot slot && InnerSlots.depth(slot.index()) < depth()) {
            into.set(of(slot.index()));
        }
        Expressions.children(expression).forEach(child -> addOuter(child, into));
    }
}
