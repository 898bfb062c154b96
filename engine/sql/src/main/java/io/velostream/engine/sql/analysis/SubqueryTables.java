package io.velostream.engine.sql.analysis;

import io.velostream.engine.sql.tree.Identifier;
import io.velostream.engine.sql.tree.Query;
import io.velostream.engine.sql.tree.Relation;
import io.velostream.engine.sql.tree.Statement.ObjectKind;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What subqueries read: tables, named ones and queries in FROM or WITH that make one. */
final class SubqueryTables {

    private final Problems problems;
    private final SourceResolver sources;
    private final FromReader from;
    private final InnerQueries inner;

    SubqueryTables(Problems problems, SourceResolver sources, FromReader from, InnerQueries inner) {
        this.problems = problems;
        this.sources = sources;
        this.from = from;
        this.inner = inner;
    }

    /** Does some work while the names of a subquery's own WITH are known. */
    <T> T within(List<Query.CommonTable> tables, Supplier<T> work) {
        if (tables.isEmpty()) {
            return work.get();
        }
        sources.enter();
        try {
            inner.define(tables);
            return work.get();
        } finally {
            sources.leave();
        }
    }

    /** Empty when the relation is no table, which has been reported. */
    Optional<Scope> scope(Relation relation) {
        if (relation instanceof Relation.Named named && !isTable(named.name())) {
            problems.add(
                    ProblemCode.QUERY_OF_STREAM,
                    named.location(),
                    "a subquery reads a table, but `" + named.name().name() + "` is a stream",
                    "make a table of it first: CREATE TABLE … AS SELECT … FROM "
                            + named.name().name());
            return Optional.empty();
        }
        Optional<Scope> scope = from.scope(relation, 0);
        if (scope.isPresent() && scope.get().relation().kind() != ObjectKind.TABLE) {
            problems.add(
                    ProblemCode.QUERY_OF_STREAM,
                    relation.location(),
                    "a subquery reads a table, but `" + scope.get().qualifier() + "` is a stream of rows",
                    "group it, or take rows of tables one by one: without WINDOW, DISTINCT, OVER, UNION and LIMIT");
            return Optional.empty();
        }
        return scope;
    }

    private boolean isTable(Identifier name) {
        return sources.known(name)
                .filter(schema -> schema.kind() == ObjectKind.TABLE)
                .isPresent();
    }
}
