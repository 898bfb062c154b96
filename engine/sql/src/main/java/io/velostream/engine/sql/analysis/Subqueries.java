package io.velostream.engine.sql.analysis;

import io.velostream.engine.plan.expression.Expression;
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

    /** Added to a slot of the query outside where a subquery uses it. */
    static final int OUTSIDE = 1 << 28;

    private static final int OF_ROW = 1 << 18;
    private static final int OF_GROUP = 1 << 19;
    private static final int END = 1 << 20;

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

    static boolean isOutside(int slot) {
        return slot >= OUTSIDE;
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
