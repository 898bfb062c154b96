package io.velostream.engine.sql.analysis;

import io.velostream.engine.sql.tree.Expr;
import io.velostream.engine.sql.tree.Identifier;
import io.velostream.engine.sql.tree.Select;
import java.util.ArrayList;
import java.util.List;

/**
 * PARTITION BY says which columns of the result are its record key, as PRIMARY KEY behind them does. It may name a column
 * by its alias, or repeat its expression.
 */
final class PartitionKeys {

    private final Problems problems;

    PartitionKeys(Problems problems) {
        this.problems = problems;
    }

    /** The SELECT with its key columns marked. */
    Select apply(Select select) {
        if (select.partitionBy().isEmpty()) {
            return select;
        }
        List<Select.Item> items = new ArrayList<>(select.items());
        for (Expr key : select.partitionBy()) {
            boolean found = false;
            for (int i = 0; i < items.size() && !found; i++) {
                if (items.get(i) instanceof Select.Item.Expression item && means(key, item)) {
                    items.set(i, new Select.Item.Expression(item.location(), item.expression(), item.alias(), true));
                    found = true;
                }
            }
            if (!found) {
                problems.add(
                        ProblemCode.BAD_KEY,
                        key.location(),
                        "PARTITION BY names no column of the select list",
                        "add the column to the select list, since a key column is also written into the value");
            }
        }
        return select.withKeys(items);
    }

    private static boolean means(Expr key, Select.Item.Expression item) {
        if (key instanceof Expr.Name name
                && item.alias()
                        .map(Identifier::name)
                        .filter(name.identifier()::matches)
                        .isPresent()) {
            return true;
        }
        return text(key).equalsIgnoreCase(text(item.expression()));
    }

    /** Names in comparable form: of {@code a.b} and {@code b} the last part; of all else the tree's own text. */
    private static String text(Expr node) {
        return switch (node) {
            case Expr.Name name -> name.identifier().name();
            case Expr.Dereference field -> field.field().name();
            default -> node.toString().replaceAll("Location\\[[^]]*]", "");
        };
    }
}
