package io.velostream.engine.sql.tree;

/**
 * The place of a node in the whole text.
 *
 * @param line 1-based
 * @param column 1-based, of the first character
 * @param length characters up to the end of the node's first token or, for small nodes, of the node; at least 1
 */
public record Location(int line, int column, int length) {
    public Location {
        length = Math.max(1, length);
    }

    /** The very beginning of a text. */
    public static final Location START = new Location(1, 1, 1);
}
