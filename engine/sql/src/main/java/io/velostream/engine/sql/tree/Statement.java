package io.velostream.engine.sql.tree;

import java.util.List;

/** A statement of a script. */
public sealed interface Statement
        permits Statement.Declare,
                Statement.CreateAs,
                Statement.InsertSelect,
                Statement.InsertValues,
                Statement.SelectQuery,
                Statement.Assign,
                Command {

    /** Where the statement begins. */
    Location location();

    /** What CREATE creates. */
    enum ObjectKind {
        STREAM,
        TABLE
    }

    /** What CREATE does where the name is taken. */
    enum Existing {
        /** It is an error. */
        REFUSE,
        /** {@code OR REPLACE}: the new object stands for the old one. */
        REPLACE,
        /** {@code IF NOT EXISTS}: the old object stays. */
        KEEP
    }

    /**
     * {@code CREATE STREAM name (columns) WITH (…)}: a source.
     *
     * @param columns empty when the source has only WITH entries
     */
    record Declare(
            Location location,
            ObjectKind kind,
            Identifier name,
            List<ColumnDefinition> columns,
            List<Property> properties,
            Existing existing)
            implements Statement {
        public Declare {
            columns = List.copyOf(columns);
            properties = List.copyOf(properties);
        }
    }

    /** A declared column. */
    record ColumnDefinition(Identifier name, TypeName type, boolean notNull, boolean key) {}

    /**
     * {@code CREATE STREAM name AS SELECT …}.
     *
     * @param columns a column list before AS, which names and types the result
     */
    record CreateAs(
            Location location,
            ObjectKind kind,
            Identifier name,
            List<ColumnDefinition> columns,
            Query query,
            Existing existing)
            implements Statement {
        public CreateAs {
            columns = List.copyOf(columns);
        }

        /** One whose name must be free. */
        public CreateAs(
                Location location, ObjectKind kind, Identifier name, List<ColumnDefinition> columns, Query query) {
            this(location, kind, name, columns, query, Existing.REFUSE);
        }
    }

    /** {@code INSERT INTO name [(columns)] SELECT …}. */
    record InsertSelect(Location location, Identifier name, List<Identifier> columns, Query query)
            implements Statement {
        public InsertSelect {
            columns = List.copyOf(columns);
        }
    }

    /** {@code INSERT INTO name [(columns)] VALUES (…), (…)}. */
    record InsertValues(Location location, Identifier name, List<Identifier> columns, List<List<Expr>> rows)
            implements Statement {
        public InsertValues {
            columns = List.copyOf(columns);
            rows = rows.stream().map(List::copyOf).toList();
        }
    }

    /** A bare {@code SELECT}. */
    record SelectQuery(Location location, Query query) implements Statement {}

    /** {@code SET key = value}. */
    record Assign(Location location, String key, String value) implements Statement {}
}
