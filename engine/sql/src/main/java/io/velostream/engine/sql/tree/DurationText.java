package io.velostream.engine.sql.tree;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How durations are written: in literals, in windows and in WITH values. */
public final class DurationText {

    private static final Pattern NUMBER_AND_UNIT = Pattern.compile("(-?\\d+(?:\\.\\d+)?)\\s*([A-Za-zµμ]+)");

    private static final Map<String, Duration> SHORT_UNITS = Map.of(
            "ns", Duration.ofNanos(1),
            "us", Duration.ofNanos(1_000),
            "µs", Duration.ofNanos(1_000),
            "μs", Duration.ofNanos(1_000),
            "ms", Duration.ofMillis(1),
            "s", Duration.ofSeconds(1),
            "m", Duration.ofMinutes(1),
            "h", Duration.ofHours(1),
            "d", Duration.ofDays(1));

    private static final Map<String, Duration> UNITS = new LinkedHashMap<>();

    static {
        UNITS.put("NANOSECOND", Duration.ofNanos(1));
        UNITS.put("MICROSECOND", Duration.ofNanos(1_000));
        UNITS.put("MILLISECOND", Duration.ofMillis(1));
        UNITS.put("SECOND", Duration.ofSeconds(1));
        UNITS.put("MINUTE", Duration.ofMinutes(1));
        UNITS.put("HOUR", Duration.ofHours(1));
        UNITS.put("DAY", Duration.ofDays(1));
        UNITS.put("WEEK", Duration.ofDays(7));
        UNITS.put("MONTH", Duration.ofDays(30));
        UNITS.put("YEAR", Duration.ofDays(365));
    }

    private DurationText() {}

    /** The names of the units of INTERVAL, singular. */
    public static Collection<String> unitNames() {
        return UNITS.keySet();
    }

    /** One unit by its name, singular or plural. */
    public static Optional<Duration> unit(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        Duration unit = UNITS.get(upper);
        if (unit == null && upper.endsWith("S")) {
            unit = UNITS.get(upper.substring(0, upper.length() - 1));
        }
        return Optional.ofNullable(unit);
    }

    /** {@code 5m}, {@code 1.5h}. */
    public static Optional<Duration> shorthand(String text) {
        Matcher matcher = NUMBER_AND_UNIT.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Duration unit = SHORT_UNITS.get(matcher.group(2).toLowerCase(Locale.ROOT));
        return unit == null ? Optional.empty() : multiple(matcher.group(1), unit);
    }

    /** Any spelling that carries its unit: {@code 5m}, {@code 5 minutes}. */
    public static Optional<Duration> withUnit(String text) {
        Matcher matcher = NUMBER_AND_UNIT.matcher(text.trim());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Optional<Duration> shorthand = shorthand(text.trim());
        return shorthand.isPresent()
                ? shorthand
                : unit(matcher.group(2)).flatMap(unit -> multiple(matcher.group(1), unit));
    }

    /** So many units; empty when the number is none, or the result is beyond any calendar. */
    public static Optional<Duration> multiple(String number, Duration unit) {
        try {
            BigDecimal nanos = new BigDecimal(number)
                    .multiply(BigDecimal.valueOf(unit.getSeconds())
                            .movePointRight(9)
                            .add(BigDecimal.valueOf(unit.getNano())));
            BigDecimal limit =
                    BigDecimal.valueOf(Duration.ofDays(365_000).toSeconds()).movePointRight(9);
            if (nanos.abs().compareTo(limit) > 0) {
                return Optional.empty();
            }
            java.math.BigInteger[] parts =
                    nanos.toBigInteger().divideAndRemainder(java.math.BigInteger.valueOf(1_000_000_000L));
            return Optional.of(Duration.ofSeconds(parts[0].longValueExact(), parts[1].longValueExact()));
        } catch (NumberFormatException notANumber) {
            return Optional.empty();
        }
    }
}
