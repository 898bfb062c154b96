package io.velostream.engine.sql.analysis;

import io.velostream.engine.sql.tree.Location;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Collects the problems of one text while it is analysed. Not safe for use by several threads. */
public final class Problems {

    /** More than this helps nobody; the rest shows after these are mended. */
    private static final int LIMIT = 200;

    private final Set<SqlProblem> found = new LinkedHashSet<>();
    private int errors;

    /** Adds a problem without a hint. */
    public void add(ProblemCode code, Location location, String message) {
        add(code, location, message, Optional.empty());
    }

    /** Adds a problem with a hint that says what would be right. */
    public void add(ProblemCode code, Location location, String message, String hint) {
        add(code, location, message, Optional.of(hint));
    }

    private void add(ProblemCode code, Location location, String message, Optional<String> hint) {
        boolean error = code.severity() == SqlProblem.Severity.ERROR;
        // Warnings never keep an error out: without it the text would run.
        if (error ? isFull() : found.size() - errors >= LIMIT) {
            return;
        }
        boolean added = found.add(new SqlProblem(
                code.severity(), code.code(), location.line(), location.column(), location.length(), message, hint));
        errors += added && error ? 1 : 0;
    }

    /** Whether something was found that stops the text from running. */
    public boolean hasErrors() {
        return errors > 0;
    }

    /** Whether there are so many errors that no more are taken, so that looking for more is for nothing. */
    public boolean isFull() {
        return errors >= LIMIT;
    }

    /** How many problems there are, to see whether a step added some. */
    public int size() {
        return found.size();
    }

    /** All problems in the order of their places. */
    public List<SqlProblem> inOrder() {
        List<SqlProblem> ordered = new ArrayList<>(found);
        ordered.sort(Comparator.comparingInt(SqlProblem::line).thenComparingInt(SqlProblem::column));
        return List.copyOf(ordered);
    }
}
