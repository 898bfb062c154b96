package io.velostream.engine.plan;

import java.util.Map;

/**
 * What surrounds a text when it is compiled.
 *
 * @param variables values of {@code ${name}}; each becomes one literal token, never pasted text
 * @param properties WITH entries for the whole application, weaker than the text's own
 * @param implicitTopics whether a source or sink without WITH entries is a JSON topic of its own name (as
 *     {@code velo test} and {@code velo check} have it); else a missing entry is an error
 */
public record CompileOptions(Map<String, String> variables, Map<String, String> properties, boolean implicitTopics) {
    public CompileOptions {
        variables = Map.copyOf(variables);
        properties = Map.copyOf(properties);
    }

    /** No variables, no properties, every topic must be named. */
    public static CompileOptions defaults() {
        return new CompileOptions(Map.of(), Map.of(), false);
    }
}
