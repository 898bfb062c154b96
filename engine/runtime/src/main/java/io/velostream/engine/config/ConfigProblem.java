package io.velostream.engine.config;

import java.util.Optional;

/**
 * One thing that is wrong with a configuration.
 *
 * @param file as the caller named it
 * @param line 1-based; 0 when the file as a whole is meant
 * @param key the key's full path, such as {@code resource_limits.max_total_memory}; empty when none is meant
 * @param message what is wrong and what is allowed
 */
public record ConfigProblem(String file, int line, Optional<String> key, String message) {

    /** {@code file:line: key: what is wrong, what is allowed}, as compilers print it. */
    @Override
    public String toString() {
        return file + (line > 0 ? ":" + line : "") + ": "
                + key.map(name -> name + ": ").orElse("") + message;
    }
}
