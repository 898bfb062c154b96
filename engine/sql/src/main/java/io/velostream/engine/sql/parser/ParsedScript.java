package io.velostream.engine.sql.parser;

import io.velostream.engine.sql.tree.Location;
import io.velostream.engine.sql.tree.Statement;
import java.util.List;

/**
 * The statements of a text that could be read.
 *
 * @param texts each statement as written, in the order of the statements
 * @param ordinals of each statement its place among all of the text, those with syntax errors counted
 * @param comments every {@code --} comment, for annotations
 */
public record ParsedScript(
        List<Statement> statements, List<String> texts, List<Integer> ordinals, List<Comment> comments) {
    public ParsedScript {
        statements = List.copyOf(statements);
        texts = List.copyOf(texts);
        ordinals = List.copyOf(ordinals);
        comments = List.copyOf(comments);
    }

    /**
     * A line comment, without its dashes.
     *
     * @param ordinal place of the statement that it stands before or in
     */
    public record Comment(Location location, String text, int ordinal) {}
}
