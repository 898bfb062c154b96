package io.velostream.engine.plan;

import io.velostream.engine.sql.tree.Dialect;
import java.util.Map;
import java.util.Optional;

/**
 * What surrounds a text when it is compiled.
 *
 * @param variables values of {@code ${name}}; each becomes one literal token, never pasted text
 * @param properties WITH entries for the whole application, weaker than the text's own
 * @param implicitTopics whether a source or sink without WITH entries is a JSON topic of its own name (as
 *     {@code velo test} and {@code velo check} have it); else a missing entry is an error
 * @param dialect how the text is read unless it says so itself; empty: as its declarations are written
 */
public record CompileOptions(
        Map<String, String> variables,
        Map<String, String> properties,
        boolean implicitTopics,
        Optional<Dialect> dialect) {
    public CompileOptions {
        variables = Map.copyOf(variables);
        properties = Map.copyOf(properties);
    }

    /** With the dialect that the text's declarations are written in. */
    public CompileOptions(Map<String, String> variables, Map<String, String> properties, boolean implicitTopics) {
        this(variables, properties, implicitTopics, Optional.empty());
    }

    /** No variables, no properties, every topic must be named. */
    public static CompileOptions defaults() {
        return new CompileOptions(Map.of(), Map.of(), false);
    }
}
