package io.velostream.engine.sql.function;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.TextStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Patterns of dates and times: Java's ({@link DateTimeFormatter}) and those of strftime. */
final class TimeFormats {

    private static final int REMEMBERED = 1_000;
    private static final Map<String, DateTimeFormatter> JAVA = new ConcurrentHashMap<>();
    private static final Map<String, DateTimeFormatter> STRFTIME = new ConcurrentHashMap<>();

    private TimeFormats() {}

    /**
     * A pattern such as {@code yyyy-MM-dd HH:mm:ss.SSS}.
     *
     * @throws IllegalArgumentException when it is none
     */
    static DateTimeFormatter java(String pattern) {
        return remembered(JAVA, pattern, text -> {
            try {
                return new DateTimeFormatterBuilder()
                        .parseCaseInsensitive()
                        .appendPattern(text)
                        .toFormatter(Locale.ENGLISH);
            } catch (IllegalArgumentException wrong) {
                throw new IllegalArgumentException(
                        "'" + text + "' is no pattern of a date or time (" + wrong.getMessage()
                                + "); one is yyyy-MM-dd HH:mm:ss.SSS",
                        wrong);
            }
        });
    }

    /**
     * A pattern such as {@code %Y-%m-%d %H:%M:%S}; one without any % is taken as Java's.
     *
     * @throws IllegalArgumentException when it is none
     */
    static DateTimeFormatter strftime(String pattern) {
        return pattern.indexOf('%') < 0 ? java(pattern) : remembered(STRFTIME, pattern, TimeFormats::build);
    }

    private static DateTimeFormatter remembered(
            Map<String, DateTimeFormatter> known, String pattern, Function<String, DateTimeFormatter> maker) {
        DateTimeFormatter formatter = known.get(pattern);
        if (formatter == null) {
            formatter = maker.apply(pattern);
            if (known.size() < REMEMBERED) {
                known.put(pattern, formatter);
            }
        }
        return formatter;
    }

    private static DateTimeFormatter build(String pattern) {
        DateTimeFormatterBuilder builder = new DateTimeFormatterBuilder().parseCaseInsensitive();
        for (int i = 0; i < pattern.length(); i++) {
            char letter = pattern.charAt(i);
            if (letter != '%') {
                builder.appendLiteral(letter);
                continue;
            }
            i++;
            boolean point = i < pattern.length() && pattern.charAt(i) == '.';
            i += point ? 1 : 0;
            int digits = 0;
            if (i < pattern.length() && Character.isDigit(pattern.charAt(i))) {
                digits = pattern.charAt(i) - '0';
                i++;
            }
            if (i >= pattern.length()) {
                throw new IllegalArgumentException("'" + pattern + "' ends within a conversion");
            }
            append(builder, pattern.charAt(i), point, digits);
        }
        return builder.toFormatter(Locale.ENGLISH);
    }

    private static void append(DateTimeFormatterBuilder to, char conversion, boolean point, int digits) {
        if (conversion == 'f') {
            if (point) {
                to.appendLiteral('.');
            }
            int places = digits == 0 ? 9 : Math.min(digits, 9);
            to.appendFraction(ChronoField.NANO_OF_SECOND, places, places, false);
            return;
        }
        switch (conversion) {
            case 'Y' -> to.appendValue(ChronoField.YEAR, 4);
            case 'y' -> to.appendValueReduced(ChronoField.YEAR, 2, 2, 1970);
            case 'm' -> to.appendValue(ChronoField.MONTH_OF_YEAR, 2);
            case 'd' -> to.appendValue(ChronoField.DAY_OF_MONTH, 2);
            case 'e' -> to.padNext(2).appendValue(ChronoField.DAY_OF_MONTH);
            case 'j' -> to.appendValue(ChronoField.DAY_OF_YEAR, 3);
            case 'H' -> to.appendValue(ChronoField.HOUR_OF_DAY, 2);
            case 'I', 'h' -> to.appendValue(ChronoField.CLOCK_HOUR_OF_AMPM, 2);
            case 'M', 'i' -> to.appendValue(ChronoField.MINUTE_OF_HOUR, 2);
            case 'S' -> to.appendValue(ChronoField.SECOND_OF_MINUTE, 2);
            case 'p' -> to.appendText(ChronoField.AMPM_OF_DAY, Map.of(0L, "AM", 1L, "PM"));
            case 'a' -> to.appendText(ChronoField.DAY_OF_WEEK, TextStyle.SHORT);
            case 'A' -> to.appendText(ChronoField.DAY_OF_WEEK, TextStyle.FULL);
            case 'b' -> to.appendText(ChronoField.MONTH_OF_YEAR, TextStyle.SHORT);
            case 'B' -> to.appendText(ChronoField.MONTH_OF_YEAR, TextStyle.FULL);
            case 'u' -> to.appendValue(ChronoField.DAY_OF_WEEK, 1);
            case 'V' -> to.appendValue(IsoFields.WEEK_OF_WEEK_BASED_YEAR, 2);
            case 'G' -> to.appendValue(IsoFields.WEEK_BASED_YEAR, 4);
            case 's' -> to.appendValue(ChronoField.INSTANT_SECONDS);
            case 'z' -> to.appendOffset("+HHMM", "+0000");
            case 'Z' -> to.appendZoneText(TextStyle.SHORT);
            case 'F' -> to.append(build("%Y-%m-%d"));
            case 'T' -> to.append(build("%H:%M:%S"));
            case 'R' -> to.append(build("%H:%M"));
            case 'D' -> to.append(build("%m/%d/%y"));
            case 'n' -> to.appendLiteral('\n');
            case 't' -> to.appendLiteral('\t');
            case '%' -> to.appendLiteral('%');
            default ->
                throw new IllegalArgumentException("strftime has no conversion %" + conversion
                        + "; some are %Y %m %d %H %M %S %3f %p %a %b %j %z");
        }
    }

    /**
     * The zone of a name.
     *
     * @throws IllegalArgumentException when there is none
     */
    static ZoneId zone(String name) {
        try {
            return ZoneId.of(name);
        } catch (DateTimeException unknown) {
            throw new IllegalArgumentException("there is no time zone " + name, unknown);
        }
    }

    static String format(DateTimeFormatter formatter, long millis, ZoneId zone) {
        return formatter.format(Instant.ofEpochMilli(millis).atZone(zone));
    }

    /** The point in time, milliseconds, that a text means; a zone in the text is stronger than the one given. */
    static long parse(DateTimeFormatter formatter, String text, ZoneId zone) {
        TemporalAccessor found = formatter.parseBest(text, ZonedDateTime::from, LocalDateTime::from, LocalDate::from);
        ZonedDateTime at = switch (found) {
            case ZonedDateTime zoned -> zoned;
            case LocalDateTime local -> local.atZone(zone);
            case LocalDate day -> day.atStartOfDay(zone);
            default -> throw new IllegalArgumentException("the text is no point in time");
        };
        return at.toInstant().toEpochMilli();
    }
}
