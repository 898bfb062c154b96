package io.velostream.engine.sql.tree;

import java.util.Optional;

/** A statement that is no part of an application's data flow: it asks about objects, or changes what runs. */
public sealed interface Command extends Statement {

    /** What SHOW lists. */
    enum Subject {
        STREAMS,
        TABLES,
        TOPICS,
        FUNCTIONS,
        JOBS,
        STATUS,
        VERSIONS,
        METRICS,
        SCHEMA,
        PROPERTIES,
        PARTITIONS,
        VARIABLES
    }

    /**
     * {@code SHOW STREAMS LIKE 's%'}, {@code SHOW SCHEMA orders}.
     *
     * @param like a pattern with {@code %} and {@code _}
     */
    record Show(Location location, Subject subject, Optional<Identifier> name, Optional<String> like)
            implements Command {}

    /** {@code SHOW CREATE STREAM name}. */
    record ShowCreate(Location location, Identifier name) implements Command {}

    /** {@code DESCRIBE name}. */
    record Describe(Location location, Identifier name) implements Command {}

    /** {@code EXPLAIN statement}. */
    record Explain(Location location, Statement statement) implements Command {}

    /** {@code DROP STREAM [IF EXISTS] name}; of a job when there is no kind of object. */
    record Drop(Location location, Optional<ObjectKind> kind, Identifier name, boolean ifExists) implements Command {}

    /** What is done to a job. */
    enum Verb {
        STOP,
        PAUSE,
        RESUME,
        TERMINATE
    }

    /**
     * {@code STOP JOB name}, {@code PAUSE JOB name}, {@code RESUME JOB name}, {@code TERMINATE name}.
     *
     * @param name empty for {@code TERMINATE ALL}
     * @param force whether to go without a last commit
     */
    record Control(Location location, Verb verb, Optional<Identifier> name, boolean force) implements Command {}

    /** {@code DEPLOY JOB name VERSION 'v' AS SELECT … STRATEGY …}. */
    record Deploy(Location location, Identifier name, String version, Strategy strategy, Query query)
            implements Command {}

    /** How a new version takes over. */
    sealed interface Strategy {

        /** The old one stops, then the new one starts. */
        record Replace() implements Strategy {}

        /** Pod by pod. */
        record Rolling() implements Strategy {}

        /** The new one catches up beside the old one, then takes over at once. */
        record BlueGreen() implements Strategy {}

        /** The new one gets so many percent at first. */
        record Canary(int percent) implements Strategy {}
    }

    /** {@code ROLLBACK JOB name [VERSION 'v']}. */
    record Rollback(Location location, Identifier name, Optional<String> version) implements Command {}

    /** {@code UNSET key}. */
    record Unset(Location location, String key) implements Command {}

    /**
     * UPDATE, DELETE and ALTER: they change rows or objects in place, which a stream does not have.
     *
     * @param verb the word in upper case
     */
    record Change(Location location, String verb, Identifier name) implements Command {}
}
