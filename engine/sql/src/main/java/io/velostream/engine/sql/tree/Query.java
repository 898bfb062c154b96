package io.velostream.engine.sql.tree;

import java.util.List;
import java.util.Optional;

/**
 * A query expression: common tables, one or more selects joined by UNION, and what follows the whole.
 *
 * @param unions between the selects, one fewer than they
 */
public record Query(
        Location location,
        List<CommonTable> commonTables,
        List<Select> selects,
        List<Union> unions,
        List<Expr.SortItem> orderBy,
        Optional<Limit> limit,
        Optional<Emit> emit,
        Optional<Identifier> into,
        List<Property> properties) {
    public Query {
        commonTables = List.copyOf(commonTables);
        selects = List.copyOf(selects);
        unions = List.copyOf(unions);
        orderBy = List.copyOf(orderBy);
        properties = List.copyOf(properties);
    }

    /** {@code name AS (query)}. */
    public record CommonTable(Identifier name, Query query) {}

    /** {@code UNION [ALL]}. */
    public record Union(Location location, boolean all) {}

    /** {@code LIMIT n}. */
    public record Limit(Location location, Expr rows) {}

    /** {@code EMIT CHANGES} or {@code EMIT FINAL}; the place is that of the word EMIT. */
    public record Emit(Location location, boolean changes) {}
}
