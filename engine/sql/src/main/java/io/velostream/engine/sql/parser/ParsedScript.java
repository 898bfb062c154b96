package io.velostream.engine.sql.parser;

import io.velostream.engine.sql.tree.Location;
import io.velostream.engine.sql.tree.Statement;
import java.util.List;

/**
 * The statements of a text that could be read.
 *
 * @param comments every {@code --} comment, for annotations
 */
public record ParsedScript(List<Statement> statements, List<Comment> comments) {
    public ParsedScript {
        statements = List.copyOf(statements);
        comments = List.copyOf(comments);
    }

    /** A line comment, without its dashes. */
    public record Comment(Location location, String text) {}
}
