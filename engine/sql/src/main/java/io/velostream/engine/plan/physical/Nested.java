package io.velostream.engine.plan.physical;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The subqueries within a subquery. Their results lie behind the columns of the row that they are computed on, which to
 * them is a part of the row outside; see {@link io.velostream.engine.plan.expression.InnerSlots}.
 *
 * @param ofRow those computed on each row of the table
 * @param ofGroup those computed on each group, where there is GROUP BY
 * @param <S> how a subquery is written down
 */
public record Nested<S>(List<S> ofRow, List<S> ofGroup) {
    public Nested {
        ofRow = List.copyOf(ofRow);
        ofGroup = List.copyOf(ofGroup);
    }

    /** No subqueries. */
    public static <S> Nested<S> none() {
        return new Nested<>(List.of(), List.of());
    }

    /** All of them, those on rows first. */
    public List<S> all() {
        List<S> all = new ArrayList<>(ofRow);
        all.addAll(ofGroup);
        return all;
    }

    /** The same with each changed. */
    public Nested<S> map(UnaryOperator<S> changeOfRow, UnaryOperator<S> changeOfGroup) {
        return new Nested<>(
                ofRow.stream().map(changeOfRow).toList(),
                ofGroup.stream().map(changeOfGroup).toList());
    }
}
