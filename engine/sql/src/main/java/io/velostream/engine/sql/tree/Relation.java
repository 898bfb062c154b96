package io.velostream.engine.sql.tree;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What stands in FROM. */
public sealed interface Relation {

    /** The place that an error about this relation points at. */
    Location location();

    /** A name, declared by a statement or not. */
    record Named(Identifier name, Optional<Identifier> alias) implements Relation {
        @Override
        public Location location() {
            return name.location();
        }
    }

    /** {@code kafka://topic}, {@code 'file:///path'}. */
    record Address(Location location, String uri, Optional<Identifier> alias) implements Relation {}

    /** {@code (SELECT …) alias}. */
    record Derived(Location location, Query query, Identifier alias) implements Relation {}

    /** {@code left JOIN right ON …}; the place is that of the join's first word. */
    record Join(
            Location location,
            JoinKind kind,
            Relation left,
            Relation right,
            Optional<Expr> on,
            List<Identifier> using,
            Optional<Within> within)
            implements Relation {
        public Join {
            using = List.copyOf(using);
        }
    }

    /** The kinds of join. */
    enum JoinKind {
        INNER,
        LEFT,
        RIGHT,
        FULL,
        CROSS
    }

    /**
     * {@code WITHIN (before, after) GRACE PERIOD grace}: the right row lies at most so far before or after the left one.
     */
    record Within(Location location, Duration before, Duration after, Duration grace) {}
}
