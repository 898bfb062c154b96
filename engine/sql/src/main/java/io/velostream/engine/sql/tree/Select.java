package io.velostream.engine.sql.tree;

import java.util.List;
import java.util.Optional;

/** One SELECT of a query, without what follows the whole. */
public record Select(
        Location location,
        Optional<Location> distinct,
        List<Item> items,
        Optional<Relation> from,
        Optional<Expr> where,
        Optional<GroupBy> groupBy,
        Optional<Expr> having,
        Optional<Window> window,
        List<Expr> partitionBy) {
    public Select {
        items = List.copyOf(items);
        partitionBy = List.copyOf(partitionBy);
    }

    /** The same with the columns of PARTITION BY marked as key. */
    public Select withKeys(List<Item> marked) {
        return new Select(location, distinct, marked, from, where, groupBy, having, window, List.of());
    }

    /** The same with another select list. */
    public Select withItems(List<Item> others) {
        return new Select(location, distinct, others, from, where, groupBy, having, window, partitionBy);
    }

    /** An item of the select list. */
    public sealed interface Item {

        /** Where the item begins. */
        Location location();

        /** {@code *}, or {@code alias.*}. */
        record Star(Location location, Optional<Identifier> qualifier) implements Item {}

        /** {@code expr AS alias PRIMARY KEY}. */
        record Expression(Location location, Expr expression, Optional<Identifier> alias, boolean primaryKey)
                implements Item {}
    }

    /** {@code GROUP BY a, b}. */
    public record GroupBy(Location location, List<Expr> keys) {
        public GroupBy {
            keys = List.copyOf(keys);
        }
    }

    /**
     * {@code WINDOW TUMBLING(…)}.
     *
     * @param kind as written
     */
    public record Window(Location location, Identifier kind, List<Argument> arguments) {
        public Window {
            arguments = List.copyOf(arguments);
        }
    }

    /**
     * One argument of a window.
     *
     * @param label SIZE, ADVANCE, GRACE or RETENTION when written in ksqlDB's way
     */
    public record Argument(Location location, Optional<String> label, Expr value) {}
}
