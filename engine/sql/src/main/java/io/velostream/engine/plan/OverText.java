package io.velostream.engine.plan;

import io.velostream.engine.plan.physical.OverCall;
import io.velostream.engine.plan.physical.OverMemory;
import io.velostream.engine.plan.physical.OverRows;
import io.velostream.engine.plan.physical.OverWindow;
import io.velostream.engine.plan.physical.OverWindow.Bound;
import io.velostream.engine.plan.physical.OverWindow.Frame;
import io.velostream.engine.plan.physical.OverWindow.SortKey;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Window functions as EXPLAIN prints them. */
final class OverText {

    private OverText() {}

    /** The functions of all windows with their frames. */
    static String calls(List<OverWindow> windows) {
        return windows.stream()
                .flatMap(window -> window.calls().stream())
                .map(OverText::call)
                .collect(Collectors.joining(", "));
    }

    private static String call(OverCall call) {
        return switch (call) {
            case OverCall.Offset offset ->
                offset.name() + "(" + ExpressionText.of(offset.value()) + ", " + Math.abs(offset.rows())
                        + offset.otherwise()
                                .map(other -> ", " + ExpressionText.of(other))
                                .orElse("") + ")";
            case OverCall.Ranking ranking ->
                ranking.name() + "(" + (ranking.buckets() == 0 ? "" : ranking.buckets()) + ")";
            case OverCall.Nth nth ->
                nth.name() + "(" + ExpressionText.of(nth.value())
                        + (nth.name().equals("NTH_VALUE") ? ", " + nth.place() : "") + ")" + frame(nth.frame());
            case OverCall.Aggregated aggregated -> ExpressionText.of(aggregated.call()) + frame(aggregated.frame());
        };
    }

    private static String frame(Frame frame) {
        if (frame.equals(Frame.UP_TO_CURRENT) || frame.equals(Frame.EVERYTHING)) {
            return "";
        }
        return (frame.range() ? " range " : " rows ") + bound(frame.start()) + " to " + bound(frame.end());
    }

    private static String bound(Bound bound) {
        String kind = bound.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return switch (bound.kind()) {
            case PRECEDING, FOLLOWING -> bound.amount() + " " + kind;
            case UNBOUNDED_PRECEDING, CURRENT_ROW, UNBOUNDED_FOLLOWING -> kind;
        };
    }

    /** What is kept of a partition for a window. */
    static String kept(OverWindow window) {
        String order = window.orderBy().isEmpty() ? "" : " ordered by " + keys(window.orderBy());
        String remembered = window.calls().stream()
                .flatMap(call -> call.arguments().stream())
                .distinct()
                .map(argument -> ExpressionText.of(argument) + " " + argument.type())
                .collect(Collectors.joining(", "));
        return rows(window)
                + order
                + (remembered.isEmpty() ? "" : " with " + remembered)
                + window.expireAfter()
                        .map(after -> ", forgotten after " + duration(after))
                        .orElse("")
                + (window.whenFull() ? ", written when full" : "");
    }

    private static String rows(OverWindow window) {
        if (window.bufferRows().isPresent()) {
            return "the last " + window.bufferRows().get() + " rows";
        }
        if (window.first().isPresent()) {
            return "the first " + window.first().get() + " rows";
        }
        OverRows needed = OverRows.needed(window);
        if (needed.everything()) {
            return "every row";
        }
        String running = window.calls().stream()
                .filter(OverText::isRunning)
                .map(OverText::call)
                .collect(Collectors.joining(", "));
        if (needed.nothing()) {
            return "running " + running;
        }
        return (running.isEmpty() ? "" : "running " + running + " and ")
                + (needed.first() == 0 ? "" : "the first " + needed.first() + " and ")
                + "the last " + needed.last() + " rows"
                + (needed.distance() == OverRows.NO_DISTANCE ? "" : " and those within " + needed.distance());
    }

    /** What all windows take of the heap. */
    static String memory(List<OverWindow> windows) {
        long bytes = 0;
        for (OverWindow window : windows) {
            Optional<Long> most = OverMemory.bytes(window);
            if (most.isEmpty()) {
                return "its memory has no bound";
            }
            bytes += most.get();
        }
        return "at most " + (bytes + 999) / 1_000 + " kB and its texts";
    }

    /** The keys of an order. */
    static String keys(List<SortKey> keys) {
        return keys.stream().map(OverText::key).collect(Collectors.joining(", "));
    }

    private static boolean isRunning(OverCall call) {
        return call instanceof OverCall.Ranking
                || (call instanceof OverCall.Aggregated aggregated && OverRows.isRunning(aggregated));
    }

    private static String key(SortKey key) {
        return ExpressionText.of(key.expression())
                + (key.descending() ? " desc" : "")
                + (key.nullsFirst() == key.descending() ? "" : key.nullsFirst() ? " nulls first" : " nulls last");
    }

    private static String duration(Duration duration) {
        return duration.toString().substring(2).toLowerCase(Locale.ROOT);
    }
}
