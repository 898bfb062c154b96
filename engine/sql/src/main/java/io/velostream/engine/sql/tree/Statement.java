package io.velostream.engine.sql.tree;

import java.util.List;
import java.util.Optional;

/** A statement of a script. */
public sealed interface Statement {

    /** Where the statement begins. */
    Location location();

    /** What CREATE creates. */
    enum ObjectKind {
        STREAM,
        TABLE
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
            List<Property> properties)
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
    record CreateAs(Location location, ObjectKind kind, Identifier name, List<ColumnDefinition> columns, Query query)
            implements Statement {
        public CreateAs {
            columns = List.copyOf(columns);
        }
    }

    /** {@code INSERT INTO name [(columns)] SELECT …}. */
    record InsertSelect(Location location, Identifier name, List<Identifier> columns, Query query)
            implements Statement {
        public InsertSelect {
            columns = List.copyOf(columns);
        }
    }

    /** A bare {@code SELECT}. */
    record SelectQuery(Location location, Query query) implements Statement {}

    /** {@code SET key = value}. */
    record Assign(Location location, String key, String value) implements Statement {}

    /**
     * A statement that is not part of an application's data flow: SHOW, DESCRIBE, STOP JOB and the like.
     *
     * @param verb the first words in upper case, such as {@code STOP JOB}
     * @param name the object, where there is one
     */
    record Command(Location location, String verb, Optional<Identifier> name) implements Statement {}
}
