package io.velostream.bench.query;

/**
 * A column of a query's output.
 *
 * @param name its JSON member
 * @param kind how its values compare
 */
public record Column(String name, Kind kind) {
    /** How values compare: numbers by value, whatever their digits; text by characters, whatever their escapes. */
    public enum Kind {
        INTEGER,
        NUMBER,
        TEXT
    }
}
