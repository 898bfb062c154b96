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

    /** The same with other SELECTs. */
    public Query withSelects(List<Select> others) {
        return new Query(location, commonTables, others, unions, orderBy, limit, emit, into, properties);
    }

    /** The same without ORDER BY and LIMIT. */
    public Query unordered() {
        return new Query(location, commonTables, selects, unions, List.of(), Optional.empty(), emit, into, properties);
    }

    /** The same without LIMIT. */
    public Query withoutLimit() {
        return new Query(location, commonTables, selects, unions, orderBy, Optional.empty(), emit, into, properties);
    }

    /** The same with other WITH entries. */
    public Query withProperties(List<Property> others) {
        return new Query(location, commonTables, selects, unions, orderBy, limit, emit, into, others);
    }

    /**
     * {@code name (columns) AS (query)}.
     *
     * @param columns names for the query's columns, where they are given
     */
    public record CommonTable(Identifier name, List<Identifier> columns, Query query) {
        public CommonTable {
            columns = List.copyOf(columns);
        }
    }

    /** {@code UNION [ALL]}. */
    public record Union(Location location, boolean all) {}

    /** {@code LIMIT n}. */
    public record Limit(Location location, Expr rows) {}

    /** {@code EMIT CHANGES} or {@code EMIT FINAL}; the place is that of the word EMIT. */
    public record Emit(Location location, boolean changes) {}
}
