package io.velostream.engine.breaker;

import io.velostream.engine.breaker.BreakerChange.Cause;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the breakers of a pod did in a period (runbook, “Monthly Maintenance”).
 *
 * @param breakers those that are there, and those that moved in the period
 */
public record BreakerStatistics(Instant from, Instant to, List<OfBreaker> breakers) {
    public BreakerStatistics {
        breakers = List.copyOf(breakers);
    }

    /**
     * What one did.
     *
     * @param state now; empty when its job is not here any more
     * @param opened how often it opened
     * @param trials how often it was tried
     * @param recovered how often it closed by itself
     * @param resets how often it was closed by force
     * @param openSeconds for how long it was open, trials left out
     * @param longestOpenSeconds the longest time that it was not closed, trials included
     * @param failures since it was made
     * @param successes since it was made
     */
    public record OfBreaker(
            String name,
            Optional<BreakerState> state,
            int opened,
            int trials,
            int recovered,
            int resets,
            double openSeconds,
            double longestOpenSeconds,
            long failures,
            long successes,
            Optional<Instant> lastOpened,
            Optional<String> lastReason) {}

    /** Counts what one breaker did, change by change. */
    private static final class Count {
        private final Instant from;
        private int opened;
        private int trials;
        private int recovered;
        private int resets;
        private Duration open = Duration.ZERO;
        private Duration longest = Duration.ZERO;
        private BreakerState state = BreakerState.CLOSED;
        private Instant stateSince;
        private Instant notClosedSince;
        private Optional<Instant> lastOpened = Optional.empty();
        private Optional<String> lastReason = Optional.empty();

        Count(Instant from) {
            this.from = from;
            this.stateSince = from;
            this.notClosedSince = from;
        }

        void add(BreakerChange change) {
            boolean within = !change.at().isBefore(from);
            pass(within ? change.at() : from);
            if (within) {
                switch (change.state()) {
                    case OPEN -> {
                        opened++;
                        lastOpened = Optional.of(change.at());
                        lastReason = Optional.of(change.reason());
                    }
                    case HALF_OPEN -> trials++;
                    case CLOSED -> {
                        recovered += change.cause() == Cause.SUCCESS ? 1 : 0;
                        resets += change.cause() == Cause.RESET ? 1 : 0;
                    }
                }
            }
            if (state == BreakerState.CLOSED) {
                notClosedSince = stateSince;
            }
            state = change.state();
        }

        /** Time passes in the state that holds. */
        void pass(Instant until) {
            if (state == BreakerState.OPEN) {
                open = open.plus(Duration.between(stateSince, until));
            }
            if (state != BreakerState.CLOSED) {
                Duration notClosed = Duration.between(notClosedSince, until);
                longest = longest.compareTo(notClosed) < 0 ? notClosed : longest;
            }
            stateSince = until;
        }

        OfBreaker done(String name, Instant to, Optional<BreakerView> view) {
            pass(to);
            return new OfBreaker(
                    name,
                    view.map(BreakerView::state),
                    opened,
                    trials,
                    recovered,
                    resets,
                    open.toMillis() / 1000.0,
                    longest.toMillis() / 1000.0,
                    view.map(BreakerView::failures).orElse(0L),
                    view.map(BreakerView::successes).orElse(0L),
                    lastOpened,
                    lastReason);
        }
    }

    /**
     * Adds up.
     *
     * @param changes in the order of time; older ones than the period say in which state it began
     */
    static BreakerStatistics of(List<BreakerChange> changes, List<BreakerView> views, Instant from, Instant to) {
        Map<String, BreakerView> present = new LinkedHashMap<>();
        views.forEach(view -> present.put(view.name(), view));
        Map<String, Count> counts = new TreeMap<>();
        present.keySet().forEach(name -> counts.put(name, new Count(from)));
        changes.forEach(change ->
                counts.computeIfAbsent(change.name(), name -> new Count(from)).add(change));
        counts.entrySet()
                .removeIf(entry -> !present.containsKey(entry.getKey())
                        && changes.stream()
                                .noneMatch(change -> change.name().equals(entry.getKey())
                                        && !change.at().isBefore(from)));
        return new BreakerStatistics(
                from,
                to,
                counts.entrySet().stream()
                        .map(entry -> entry.getValue()
                                .done(entry.getKey(), to, Optional.ofNullable(present.get(entry.getKey()))))
                        .toList());
    }
}
