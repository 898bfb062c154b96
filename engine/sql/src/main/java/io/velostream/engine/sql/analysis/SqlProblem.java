package io.velostream.engine.sql.analysis;

import java.util.Optional;

/**
 * One error or warning about a text of SQL, with its place. All problems of a text are reported, not only the first.
 *
 * @param severity whether the text is refused because of it
 * @param code stable and documented, such as {@code VELO-1004}
 * @param line 1-based line in the whole text
 * @param column 1-based column of the offending token's first character
 * @param length characters of the offending text, at least 1
 * @param message a sentence that says what is wrong and, where it helps, the nearest name
 * @param hint what would be right
 */
public record SqlProblem(
        Severity severity, String code, int line, int column, int length, String message, Optional<String> hint) {

    /** Whether a problem stops the text from running. */
    public enum Severity {
        ERROR,
        WARNING
    }

    /** {@code line:column: message}, as compilers print it. */
    @Override
    public String toString() {
        return line + ":" + column + ": " + message
                + hint.map(text -> " (" + text + ")").orElse("");
    }
}
