package io.velostream.engine.sql.analysis;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Problems as people read them, the same on the command line, in a job's condition and over HTTP:
 *
 * <pre>
 * orders.sql:3:8: error: column `amuont` does not exist in `orders`; did you mean `amount`? [VELO-2001]
 *   SELECT amuont FROM orders
 *          ^^^^^^
 *   its columns are id, amount
 * </pre>
 */
public final class SqlProblemRenderer {

    private static final int LONGEST_LINE = 160;
    private static final int CONTEXT = 60;

    private SqlProblemRenderer() {}

    /**
     * One problem with its underlined line.
     *
     * @param file what stands before the place; empty: nothing
     * @param text the whole text that was compiled
     */
    public static String render(String file, String text, SqlProblem problem) {
        StringBuilder rendered = new StringBuilder(headline(file, problem));
        String line = line(text, problem.line());
        int column = Math.min(problem.column(), line.length() + 1);
        int first = line.length() <= LONGEST_LINE ? 0 : Math.max(0, column - 1 - CONTEXT);
        int last = Math.min(line.length(), first + LONGEST_LINE);
        if (!line.isBlank()) {
            String before = line.substring(first, column - 1).replaceAll("[^\\t]", " ");
            int marks = Math.clamp(problem.length(), 1, Math.max(1, last - column + 1));
            rendered.append("\n  ").append(line, first, last);
            rendered.append("\n  ").append(before).append("^".repeat(marks));
        }
        problem.hint().ifPresent(hint -> rendered.append("\n  ").append(hint));
        return rendered.toString();
    }

    /** All problems of a text, one behind the other. */
    public static String render(String file, String text, List<SqlProblem> problems) {
        return problems.stream().map(problem -> render(file, text, problem)).collect(Collectors.joining("\n"));
    }

    /** The first line alone: {@code file:line:column: error: message [code]}. */
    public static String headline(String file, SqlProblem problem) {
        String prefix = file.isEmpty() ? "" : file + ":";
        return prefix + problem.line() + ":" + problem.column() + ": "
                + problem.severity().name().toLowerCase(Locale.ROOT) + ": " + problem.message() + " [" + problem.code()
                + "]";
    }

    private static String line(String text, int number) {
        return text.lines().skip(number - 1L).findFirst().orElse("");
    }
}
