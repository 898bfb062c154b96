package io.velostream.engine.config;

import java.util.Optional;
import java.util.function.Predicate;

/**
 * How the text of a scalar becomes a value, and what is allowed.
 *
 * @param allowed completes "allowed: …"
 * @param parser gives nothing when the text is not of this type
 * @param inRange whether a parsed value is allowed
 */
record ValueType<T>(String allowed, Parser<T> parser, Predicate<T> inRange) {

    /** Reads one scalar. */
    interface Parser<T> {
        Optional<T> parse(String text);
    }

    /** The value, or nothing when the text is not allowed. */
    Optional<T> read(String text) {
        return parser.parse(text).filter(inRange);
    }

    static ValueType<Integer> wholeNumber(int least, int largest) {
        String allowed = largest == Integer.MAX_VALUE
                ? "a whole number from " + least
                : "a whole number from " + least + " to " + largest;
        return new ValueType<>(
                allowed,
                text -> number(text).filter(value -> value <= Integer.MAX_VALUE).map(Long::intValue),
                value -> value >= least && value <= largest);
    }

    static ValueType<Long> milliseconds(long least) {
        return new ValueType<>("milliseconds from " + least, ValueType::number, value -> value >= least);
    }

    static ValueType<Long> bytes(long least) {
        return new ValueType<>(
                "bytes from " + least + ", or a number with Ki, Mi, Gi or Ti",
                ValueType::size,
                value -> value >= least);
    }

    /** A share: above 0, at most 1. */
    static ValueType<Double> share() {
        return new ValueType<>("a number above 0 and up to 1", ValueType::decimal, value -> value > 0 && value <= 1);
    }

    static ValueType<Boolean> flag() {
        return new ValueType<>(
                "true or false",
                text -> switch (text) {
                    case "true" -> Optional.of(true);
                    case "false" -> Optional.of(false);
                    default -> Optional.empty();
                },
                value -> true);
    }

    static <E extends Enum<E>> ValueType<E> oneOf(Class<E> type) {
        E[] constants = type.getEnumConstants();
        return new ValueType<>(
                String.join(
                        ", ", java.util.Arrays.stream(constants).map(Enum::name).toList()),
                text -> java.util.Arrays.stream(constants)
                        .filter(constant -> constant.name().equalsIgnoreCase(text))
                        .findFirst(),
                value -> true);
    }

    static ValueType<String> text(String allowed, Predicate<String> rule) {
        return new ValueType<>(allowed, Optional::of, rule);
    }

    private static Optional<Long> number(String text) {
        try {
            return Optional.of(Long.parseLong(text.replace("_", "")));
        } catch (NumberFormatException notANumber) {
            return Optional.empty();
        }
    }

    private static Optional<Double> decimal(String text) {
        try {
            return Optional.of(Double.parseDouble(text)).filter(Double::isFinite);
        } catch (NumberFormatException notANumber) {
            return Optional.empty();
        }
    }

    private static Optional<Long> size(String text) {
        for (int power = 1; power <= UNITS.length; power++) {
            String unit = UNITS[power - 1];
            if (text.endsWith(unit)) {
                long factor = 1L << (10 * power);
                return number(text.substring(0, text.length() - unit.length()).strip())
                        .filter(value -> Math.abs(value) <= Long.MAX_VALUE / factor)
                        .map(value -> value * factor);
            }
        }
        return number(text);
    }

    private static final String[] UNITS = {"Ki", "Mi", "Gi", "Ti"};
}
