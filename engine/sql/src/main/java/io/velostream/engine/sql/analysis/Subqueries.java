package io.velostream.engine.sql.analysis;

import io.velostream.engine.plan.expression.Expression;
import io.velostream.engine.plan.expression.InnerSlots;
import io.velostream.engine.plan.logical.Subquery;
import io.velostream.engine.sql.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The subqueries of one SELECT, collected while its expressions are analysed. Until the rows are known, the result of a
 * subquery is a slot beyond those of the relations: one range for what is computed on the source's row, one for what is
 * computed on the group's.
 */
final class Subqueries {

    /** Added to a slot of the query outside where a subquery uses it, once for each query between them. */
    static final int OUTSIDE = InnerSlots.RANGE;

    private static final int OF_ROW = InnerSlots.RESULTS;
    private static final int OF_GROUP = 1 << 19;
    /** Behind the last slot of a result. */
    static final int END = 3 << 18;

    private final List<Subquery> ofRow = new ArrayList<>();
    private final List<Subquery> ofGroup = new ArrayList<>();

    /** The slot of a subquery's result; equal subqueries share one. */
    Expression.Slot slotOf(Subquery subquery, boolean onGroup) {
        List<Subquery> list = onGroup ? ofGroup : ofRow;
        int index = list.indexOf(subquery);
        if (index < 0) {
            list.add(subquery);
            index = list.size() - 1;
        }
        SqlType type = subquery.type();
        return new Expression.Slot((onGroup ? OF_GROUP : OF_ROW) + index, "subquery_" + (index + 1), type);
    }

    static boolean isOfRow(int slot) {
        return slot >= OF_ROW && slot < OF_GROUP;
    }

    static boolean isOfGroup(int slot) {
        return slot >= OF_GROUP && slot < END;
    }

    /** Whether the slot is of another row than the query's own: of one around it, or of a subquery within it. */
    static boolean isOutside(int slot) {
        return slot >= OUTSIDE;
    }

    /**
     * The number that a slot has in the query around, once the subquery is a part of it: what it took from outside is
     * the query's own, its own row lies inside, and what lay inside lies deeper.
     */
    static int around(int slot) {
        if (InnerSlots.isInner(slot)) {
            return slot + InnerSlots.RANGE;
        }
        return isOutside(slot) ? slot - OUTSIDE : slot + InnerSlots.FIRST;
    }

    /** Which subquery of its list a slot stands for. */
    static int index(int slot) {
        return slot - (isOfRow(slot) ? OF_ROW : OF_GROUP);
    }

    /** Those on the source's row, over its real slots. */
    List<Subquery> ofRow(UnaryOperator<Expression> real) {
        return ofRow.stream().map(each -> each.map(real)).toList();
    }

    /** Those on the group's row, over its real slots. */
    List<Subquery> ofGroup(UnaryOperator<Expression> real) {
        return ofGroup.stream().map(each -> each.map(real)).toList();
    }
}
