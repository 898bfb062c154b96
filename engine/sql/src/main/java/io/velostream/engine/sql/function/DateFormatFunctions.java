package io.velostream.engine.sql.function;

import io.velostream.engine.sql.type.SqlType.Simple;
import io.velostream.engine.sql.type.TemporalText;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;

/**
 * Dates and times to and from text. DATE_FORMAT takes patterns of strftime, the others those of Java such as {@code
 * yyyy-MM-dd HH:mm:ss.SSS}. Without a zone they are in UTC.
 */
public final class DateFormatFunctions {

    private DateFormatFunctions() {}

    @SqlFunction(
            name = "DATE_FORMAT",
            aliases = {"STRFTIME"},
            description =
                    "The point in time as text by a pattern of strftime (%Y %m %d %H %M or %i %S %3f %p …), or of Java"
                            + " when it has no %.",
            examples = {
                "DATE_FORMAT(TIMESTAMP '2024-02-29T10:20:30Z', '%Y-%m-%d %H:%i:%S') = '2024-02-29 10:20:30'",
                "DATE_FORMAT(TIMESTAMP '2024-02-29T10:20:30Z', 'yyyy/MM/dd') = '2024/02/29'"
            })
    public static String dateFormat(
            @SqlTyped(Simple.TIMESTAMP) long time, @SqlLiteral(LiteralKind.STRFTIME) String pattern) {
        return TimeFormats.format(TimeFormats.strftime(pattern), time, ZoneOffset.UTC);
    }

    @SqlFunction(
            name = "FORMAT_TIMESTAMP",
            aliases = {"TIMESTAMPTOSTRING"},
            description = "The point in time as text by a pattern.",
            examples = {
                "FORMAT_TIMESTAMP(TIMESTAMP '2024-02-29T10:20:30Z', 'yyyy-MM-dd''T''HH:mm:ss') = '2024-02-29T10:20:30'",
                "TIMESTAMPTOSTRING(0, 'yyyy') = '1970'"
            })
    public static String formatTimestamp(
            @SqlTyped(Simple.TIMESTAMP) long time, @SqlLiteral(LiteralKind.JAVA_TIME) String pattern) {
        return TimeFormats.format(TimeFormats.java(pattern), time, ZoneOffset.UTC);
    }

    @SqlFunction(
            name = "FORMAT_TIMESTAMP",
            description = "The point in time as text by a pattern, as a clock in a zone shows it.",
            examples = {"FORMAT_TIMESTAMP(TIMESTAMP '2024-07-01T10:00:00Z', 'HH:mm', 'Europe/Berlin') = '12:00'"})
    public static String formatTimestamp(
            @SqlTyped(Simple.TIMESTAMP) long time,
            @SqlLiteral(LiteralKind.JAVA_TIME) String pattern,
            @SqlLiteral(LiteralKind.TIME_ZONE) String zone) {
        return TimeFormats.format(TimeFormats.java(pattern), time, TimeFormats.zone(zone));
    }

    @SqlFunction(
            name = "PARSE_TIMESTAMP",
            description = "The point in time that a text means by a pattern.",
            examples = {
                "PARSE_TIMESTAMP('29.02.2024 10:20', 'dd.MM.yyyy HH:mm') = TIMESTAMP '2024-02-29T10:20:00Z'",
                "PARSE_TIMESTAMP('2024-02-29', 'yyyy-MM-dd') = TIMESTAMP '2024-02-29T00:00:00Z'"
            })
    @SqlTyped(Simple.TIMESTAMP)
    public static long parseTimestamp(String text, @SqlLiteral(LiteralKind.JAVA_TIME) String pattern) {
        return TimeFormats.parse(TimeFormats.java(pattern), text, ZoneOffset.UTC);
    }

    @SqlFunction(
            name = "PARSE_TIMESTAMP",
            description = "The point in time that a text means by a pattern in a zone; a zone in the text is stronger.",
            examples = {
                "PARSE_TIMESTAMP('2024-07-01 12', 'yyyy-MM-dd HH', 'Europe/Berlin') = TIMESTAMP '2024-07-01T10:00:00Z'"
            })
    @SqlTyped(Simple.TIMESTAMP)
    public static long parseTimestamp(
            String text,
            @SqlLiteral(LiteralKind.JAVA_TIME) String pattern,
            @SqlLiteral(LiteralKind.TIME_ZONE) String zone) {
        return TimeFormats.parse(TimeFormats.java(pattern), text, TimeFormats.zone(zone));
    }

    @SqlFunction(
            name = "STRINGTOTIMESTAMP",
            description = "The same as PARSE_TIMESTAMP, as BIGINT milliseconds.",
            examples = {"STRINGTOTIMESTAMP('1970-01-02', 'yyyy-MM-dd') = 86400000"})
    public static long stringToTimestamp(String text, @SqlLiteral(LiteralKind.JAVA_TIME) String pattern) {
        return parseTimestamp(text, pattern);
    }

    @SqlFunction(
            name = "STRINGTOTIMESTAMP",
            description = "The same in a zone.",
            examples = {"STRINGTOTIMESTAMP('1970-01-02 01', 'yyyy-MM-dd HH', '+01:00') = 86400000"})
    public static long stringToTimestamp(
            String text,
            @SqlLiteral(LiteralKind.JAVA_TIME) String pattern,
            @SqlLiteral(LiteralKind.TIME_ZONE) String zone) {
        return parseTimestamp(text, pattern, zone);
    }

    @SqlFunction(
            name = "TO_TIMESTAMP",
            description = "The point in time that a text in ISO 8601 means.",
            examples = {"TO_TIMESTAMP('2024-02-29 10:20:30') = TIMESTAMP '2024-02-29T10:20:30Z'"})
    @SqlTyped(Simple.TIMESTAMP)
    public static long toTimestamp(String text) {
        return TemporalText.parse(text, Simple.TIMESTAMP)
                .orElseThrow(() -> new IllegalArgumentException("the text is no point in time in ISO 8601"));
    }

    @SqlFunction(
            name = "TO_TIMESTAMP",
            description = "The point in time that a text means by a pattern.",
            examples = {"TO_TIMESTAMP('29/02/2024', 'dd/MM/yyyy') = TIMESTAMP '2024-02-29T00:00:00Z'"})
    @SqlTyped(Simple.TIMESTAMP)
    public static long toTimestamp(String text, @SqlLiteral(LiteralKind.STRFTIME) String pattern) {
        return TimeFormats.parse(TimeFormats.strftime(pattern), text, ZoneOffset.UTC);
    }

    @SqlFunction(
            name = "FORMAT_DATE",
            aliases = {"DATETOSTRING"},
            description = "The date as text by a pattern; a BIGINT counts days since 1970.",
            examples = {"FORMAT_DATE(DATE '2024-02-29', 'dd.MM.yyyy') = '29.02.2024'"})
    public static String formatDate(
            @SqlTyped(Simple.DATE) long day, @SqlLiteral(LiteralKind.JAVA_TIME) String pattern) {
        return TimeFormats.java(pattern).format(LocalDate.ofEpochDay(day));
    }

    @SqlFunction(
            name = "FORMAT_DATE",
            description = "The date as text by a pattern; a BIGINT counts days since 1970.",
            examples = {"DATETOSTRING(2, 'yyyy-MM-dd') = '1970-01-03'"})
    public static String formatDays(long day, @SqlLiteral(LiteralKind.JAVA_TIME) String pattern) {
        return formatDate(day, pattern);
    }

    @SqlFunction(
            name = "PARSE_DATE",
            description = "The date that a text means by a pattern.",
            examples = {"PARSE_DATE('29.02.2024', 'dd.MM.yyyy') = DATE '2024-02-29'"})
    @SqlTyped(Simple.DATE)
    public static long parseDate(String text, @SqlLiteral(LiteralKind.JAVA_TIME) String pattern) {
        return LocalDate.parse(text, TimeFormats.java(pattern)).toEpochDay();
    }

    @SqlFunction(
            name = "STRINGTODATE",
            description = "The same as PARSE_DATE, as BIGINT days since 1970.",
            examples = {"STRINGTODATE('1970-01-03', 'yyyy-MM-dd') = 2"})
    public static long stringToDate(String text, @SqlLiteral(LiteralKind.JAVA_TIME) String pattern) {
        return parseDate(text, pattern);
    }

    @SqlFunction(
            name = "FORMAT_TIME",
            description = "The time of day as text by a pattern.",
            examples = {"FORMAT_TIME(TIME '10:20:30', 'HH.mm') = '10.20'"})
    public static String formatTime(
            @SqlTyped(Simple.TIME) long time, @SqlLiteral(LiteralKind.JAVA_TIME) String pattern) {
        return TimeFormats.java(pattern).format(LocalTime.ofNanoOfDay(time * 1_000_000));
    }

    @SqlFunction(
            name = "PARSE_TIME",
            description = "The time of day that a text means by a pattern.",
            examples = {"PARSE_TIME('10.20', 'HH.mm') = TIME '10:20:00'"})
    @SqlTyped(Simple.TIME)
    public static long parseTime(String text, @SqlLiteral(LiteralKind.JAVA_TIME) String pattern) {
        return LocalTime.parse(text, TimeFormats.java(pattern)).toNanoOfDay() / 1_000_000;
    }
}
