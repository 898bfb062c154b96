package io.velostream.engine.sql.analysis;

import io.velostream.engine.sql.tree.Expr;
import io.velostream.engine.sql.tree.Identifier;
import io.velostream.engine.sql.tree.Select;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The older way to write a window: {@code GROUP BY k, TUMBLE(ts, INTERVAL '1' MINUTE)}. */
final class GroupedWindow {

    private GroupedWindow() {}

    /** The select with such a window as a WINDOW clause; one that has none as it is. */
    static Select asClause(Select select) {
        Optional<Expr.Call> window = select.groupBy().stream()
                .flatMap(groupBy -> groupBy.keys().stream())
                .filter(GroupedWindow::isWindow)
                .map(Expr.Call.class::cast)
                .findFirst();
        if (window.isEmpty() || select.window().isPresent()) {
            return select;
        }
        Select.GroupBy groupBy = select.groupBy().orElseThrow();
        List<Expr> keys = new ArrayList<>(groupBy.keys());
        keys.remove(window.get());
        return new Select(
                select.location(),
                select.distinct(),
                select.items(),
                select.from(),
                select.where(),
                Optional.of(new Select.GroupBy(groupBy.location(), keys)),
                select.having(),
                Optional.of(clause(window.get())),
                select.partitionBy());
    }

    private static boolean isWindow(Expr key) {
        return key instanceof Expr.Call call
                && switch (call.name().toUpperCase(Locale.ROOT)) {
                    case "TUMBLE", "HOP", "SESSION" -> true;
                    default -> false;
                };
    }

    /** HOP is written with its advance before or behind its size elsewhere; the larger one is the size. */
    private static Select.Window clause(Expr.Call call) {
        List<Expr> arguments = new ArrayList<>(call.arguments());
        if (call.name().equalsIgnoreCase("HOP")) {
            arguments.sort(Comparator.comparing(GroupedWindow::length).reversed());
        }
        return new Select.Window(
                call.location(),
                new Identifier(call.location(), call.name(), false),
                arguments.stream()
                        .map(argument -> new Select.Argument(argument.location(), Optional.empty(), argument))
                        .toList());
    }

    private static Duration length(Expr argument) {
        return argument instanceof Expr.IntervalLiteral interval ? interval.value() : Duration.ZERO;
    }
}
