package io.velostream.engine.sql.analysis;

import io.velostream.engine.plan.physical.TimeBound;
import io.velostream.engine.sql.tree.DurationText;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The bound of a join of streams by WITH entries: {@code join.lower_bound} and {@code join.upper_bound} are how far the
 * right row may lie behind the left one, {@code join.retention} how long rows are kept in all.
 */
final class JoinProperties {

    private static final List<String> TYPES = List.of("interval", "temporal", "inner", "left", "right", "full");

    private final Problems problems;

    JoinProperties(Problems problems) {
        this.problems = problems;
    }

    /** Empty when the entries say nothing of a bound. */
    Optional<TimeBound> bound(PropertySet properties) {
        properties.word(PropertyKey.JOIN_TYPE, TYPES);
        Optional<Duration> lower = duration(properties, PropertyKey.JOIN_LOWER_BOUND);
        Optional<Duration> upper = duration(properties, PropertyKey.JOIN_UPPER_BOUND);
        if (lower.isEmpty() && upper.isEmpty()) {
            return Optional.empty();
        }
        Duration before = lower.orElse(Duration.ZERO).negated();
        Duration after = upper.orElse(Duration.ZERO);
        if (before.plus(after).isNegative()) {
            problems.add(
                    ProblemCode.BAD_PROPERTY_VALUE,
                    properties
                            .entry(PropertyKey.JOIN_UPPER_BOUND)
                            .or(() -> properties.entry(PropertyKey.JOIN_LOWER_BOUND))
                            .orElseThrow()
                            .location(),
                    "`join.upper_bound` lies before `join.lower_bound`: no rows would ever meet",
                    "'join.lower_bound' = '-5m', 'join.upper_bound' = '5m'");
            return Optional.empty();
        }
        Duration widest = before.abs().compareTo(after.abs()) > 0 ? before.abs() : after.abs();
        Duration grace = duration(properties, PropertyKey.JOIN_RETENTION)
                .map(retention -> retention.minus(widest))
                .filter(rest -> !rest.isNegative())
                .orElse(Duration.ZERO);
        return Optional.of(new TimeBound(before, after, grace));
    }

    private Optional<Duration> duration(PropertySet properties, PropertyKey key) {
        return properties.entry(key).flatMap(entry -> {
            String text = entry.value().strip();
            boolean negative = text.startsWith("-");
            String amount = negative ? text.substring(1).strip() : text;
            Optional<Duration> duration = amount.matches("\\d{1,15}")
                    ? Optional.of(Duration.ofMillis(Long.parseLong(amount)))
                    : DurationText.withUnit(amount);
            if (duration.isEmpty()) {
                problems.add(
                        ProblemCode.BAD_PROPERTY_VALUE,
                        entry.location(),
                        "`" + key.spelling() + "` is not a duration: '" + entry.value() + "'",
                        "write a number with a unit, such as -5m, 30s or 1h");
            }
            return duration.map(each -> negative ? each.negated() : each);
        });
    }
}
