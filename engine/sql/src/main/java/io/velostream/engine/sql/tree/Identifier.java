package io.velostream.engine.sql.tree;

/**
 * A name as written.
 *
 * @param name without its quotes
 * @param quoted whether it was in quotes, hence matched exactly
 */
public record Identifier(Location location, String name, boolean quoted) {

    /** Whether this name means that one: ignoring case unless quoted. */
    public boolean matches(String other) {
        return quoted ? name.equals(other) : name.equalsIgnoreCase(other);
    }
}
