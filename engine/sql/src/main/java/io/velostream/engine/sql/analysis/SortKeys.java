package io.velostream.engine.sql.analysis;

import io.velostream.engine.plan.expression.Expression;
import io.velostream.engine.plan.physical.OverWindow.SortKey;
import io.velostream.engine.sql.tree.Expr;
import io.velostream.engine.sql.tree.Identifier;
import io.velostream.engine.sql.type.Coercions;
import java.util.Optional;

/** The items of ORDER BY. */
final class SortKeys {

    private final Problems problems;

    SortKeys(Problems problems) {
        this.problems = problems;
    }

    /** NULL sorts as if it were larger than every value, unless the text says other; empty when the item is wrong. */
    Optional<SortKey> of(Expr.SortItem item, Expression key) {
        boolean nullsFirst =
                item.nulls().map(word -> word.name().equalsIgnoreCase("FIRST")).orElse(item.descending());
        item.nulls()
                .filter(word -> !isKnown(word))
                .ifPresent(word -> problems.add(
                        ProblemCode.UNKNOWN_WORD, word.location(), "it is NULLS FIRST or NULLS LAST", "NULLS LAST"));
        if (key == Poison.EXPRESSION) {
            return Optional.empty();
        }
        if (!Coercions.ordered(key.type())) {
            problems.add(
                    ProblemCode.TYPE_MISMATCH,
                    item.expression().location(),
                    "values of type " + key.type() + " have no order",
                    "order by a number, a text or a time");
            return Optional.empty();
        }
        return Optional.of(new SortKey(key, item.descending(), nullsFirst));
    }

    private static boolean isKnown(Identifier word) {
        return word.name().equalsIgnoreCase("FIRST") || word.name().equalsIgnoreCase("LAST");
    }
}
