package io.velostream.engine.sql.analysis;

import io.velostream.engine.plan.physical.StageOperator.Window;
import io.velostream.engine.sql.tree.Expr;
import io.velostream.engine.sql.tree.Select;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The WINDOW clause: kinds, sizes, and the column that carries the time. */
final class WindowAnalyser {

    private static final List<String> KINDS = List.of("TUMBLING", "SLIDING", "HOPPING", "SESSION");
    private static final long MOST_WINDOWS = 10_000;
    private static final Duration SMALLEST = Duration.ofMillis(1);

    private final Problems problems;
    private final Duration defaultGrace;

    /**
     * For one window.
     *
     * @param defaultGrace how much longer it waits for records where it says nothing
     */
    WindowAnalyser(Problems problems, Duration defaultGrace) {
        this.problems = problems;
        this.defaultGrace = defaultGrace;
    }

    /**
     * An analysed window.
     *
     * @param timeColumn the column that carries the time, where one is named
     */
    record AnalysedWindow(Optional<Window> window, Optional<Expr> timeColumn) {}

    AnalysedWindow analyse(Select.Window clause) {
        String kind = canonical(clause.kind().name());
        List<Expr.IntervalLiteral> durations = new ArrayList<>();
        List<Expr> columns = new ArrayList<>();
        Duration grace = defaultGrace;
        for (Select.Argument argument : clause.arguments()) {
            String label = argument.label().orElse("");
            if (label.equals("GRACE") && argument.value() instanceof Expr.IntervalLiteral literal) {
                grace = literal.value();
            } else if (argument.value() instanceof Expr.IntervalLiteral literal) {
                if (!label.equals("RETENTION")) {
                    durations.add(literal);
                }
            } else {
                columns.add(argument.value());
            }
        }
        Optional<Window> window = kind.equals("?")
                ? unknownKind(clause)
                : check(clause, kind, durations, columns)
                        ? Optional.of(window(kind, durations, grace))
                        : Optional.empty();
        return new AnalysedWindow(window, columns.stream().findFirst());
    }

    private static String canonical(String kind) {
        return switch (kind.toUpperCase(Locale.ROOT)) {
            case "TUMBLING", "TUMBLE" -> "TUMBLING";
            case "SLIDING", "HOPPING", "HOP" -> "SLIDING";
            case "SESSION" -> "SESSION";
            default -> "?";
        };
    }

    private Optional<Window> unknownKind(Select.Window clause) {
        problems.add(
                ProblemCode.UNKNOWN_WORD,
                clause.kind().location(),
                "unknown window `" + clause.kind().name() + "`"
                        + NearestName.suggestion(clause.kind().name(), KINDS),
                "windows are TUMBLING(size), SLIDING(size, advance) and SESSION(gap)");
        return Optional.empty();
    }

    private boolean check(Select.Window clause, String kind, List<Expr.IntervalLiteral> durations, List<Expr> columns) {
        int wanted = kind.equals("SLIDING") ? 2 : 1;
        if (columns.size() > 1 || durations.size() != wanted) {
            Expr surplus =
                    durations.size() > wanted ? durations.get(wanted) : columns.isEmpty() ? null : columns.getLast();
            problems.add(
                    ProblemCode.BAD_WINDOW,
                    surplus == null ? clause.kind().location() : surplus.location(),
                    kind + " takes " + (wanted == 1 ? "one duration" : "two durations, size and advance,")
                            + " and at most one time column; here: " + count(durations.size(), "duration") + ", "
                            + count(columns.size(), "other argument"),
                    form(kind));
            return false;
        }
        for (Expr.IntervalLiteral duration : durations) {
            if (duration.value().compareTo(SMALLEST) < 0) {
                problems.add(
                        ProblemCode.BAD_WINDOW,
                        duration.location(),
                        "a window's size must be at least one millisecond",
                        form(kind));
                return false;
            }
        }
        if (wanted == 2 && durations.get(1).value().compareTo(durations.get(0).value()) > 0) {
            problems.add(
                    ProblemCode.BAD_WINDOW,
                    durations.get(1).location(),
                    "the advance is larger than the window's size: records between two windows would be lost",
                    "an advance of at most the size");
            return false;
        }
        if (wanted == 2 && windowsARecord(durations) > MOST_WINDOWS) {
            problems.add(
                    ProblemCode.BAD_WINDOW,
                    durations.get(1).location(),
                    "each record would count in " + windowsARecord(durations) + " windows; " + MOST_WINDOWS
                            + " are the limit",
                    "a larger advance, or a smaller size");
            return false;
        }
        return true;
    }

    private static long windowsARecord(List<Expr.IntervalLiteral> durations) {
        return durations.get(0).value().dividedBy(durations.get(1).value());
    }

    private static String count(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    private static String form(String kind) {
        return switch (kind) {
            case "TUMBLING" -> "TUMBLING(5m), TUMBLING(INTERVAL '5' MINUTE) or TUMBLING(column, 5m)";
            case "SLIDING" -> "SLIDING(10m, 1m) or SLIDING(column, 10m, 1m)";
            default -> "SESSION(30s) or SESSION(column, 30s)";
        };
    }

    private static Window window(String kind, List<Expr.IntervalLiteral> durations, Duration grace) {
        Duration first = durations.getFirst().value();
        return switch (kind) {
            case "TUMBLING" -> new Window.Tumbling(first, grace);
            case "SLIDING" -> new Window.Sliding(first, durations.get(1).value(), grace);
            default -> new Window.Session(first, grace);
        };
    }
}
