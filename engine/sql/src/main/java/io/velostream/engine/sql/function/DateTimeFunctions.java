package io.velostream.engine.sql.function;

import io.velostream.engine.sql.type.SqlType.Simple;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;

/** Functions on dates and times. All are in UTC; a BIGINT stands for a TIMESTAMP as epoch milliseconds. */
public final class DateTimeFunctions {

    private static final long DAY_MILLIS = 86_400_000L;

    private DateTimeFunctions() {}

    @SqlFunction(
            name = "NOW",
            aliases = {"CURRENT_TIMESTAMP"},
            deterministic = false,
            description = "The wall clock's time.",
            examples = {"NOW() > TIMESTAMP '2024-01-01T00:00:00Z' = TRUE"})
    @SqlTyped(Simple.TIMESTAMP)
    public static long now() {
        return System.currentTimeMillis();
    }

    @SqlFunction(
            name = "CURRENT_DATE",
            deterministic = false,
            description = "The wall clock's date.",
            examples = {"CURRENT_DATE() > DATE '2024-01-01' = TRUE"})
    @SqlTyped(Simple.DATE)
    public static long currentDate() {
        return Math.floorDiv(System.currentTimeMillis(), DAY_MILLIS);
    }

    @SqlFunction(
            name = "DATE",
            aliases = {"TO_DATE"},
            description = "The date of a point in time.",
            examples = {"DATE(TIMESTAMP '2024-02-29T23:00:00Z') = DATE '2024-02-29'"})
    @SqlTyped(Simple.DATE)
    public static long date(@SqlTyped(Simple.TIMESTAMP) long time) {
        return Math.floorDiv(time, DAY_MILLIS);
    }

    @SqlFunction(
            name = "DATE_TRUNC",
            description =
                    "The beginning of the millisecond, second, minute, hour, day, week (Monday), month, quarter or"
                            + " year.",
            examples = {"DATE_TRUNC('hour', TIMESTAMP '2024-02-29T23:45:10Z') = TIMESTAMP '2024-02-29T23:00:00Z'"})
    @SqlTyped(Simple.TIMESTAMP)
    public static long dateTrunc(String unit, @SqlTyped(Simple.TIMESTAMP) long time) {
        OffsetDateTime at = at(time);
        LocalDate day = at.toLocalDate();
        return switch (singular(unit)) {
            case "MICROSECOND", "MILLISECOND" -> time;
            case "SECOND" -> millis(at.truncatedTo(ChronoUnit.SECONDS));
            case "MINUTE" -> millis(at.truncatedTo(ChronoUnit.MINUTES));
            case "HOUR" -> millis(at.truncatedTo(ChronoUnit.HOURS));
            case "DAY" -> millis(day);
            case "WEEK" -> millis(day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)));
            case "MONTH" -> millis(day.withDayOfMonth(1));
            case "QUARTER" -> millis(day.with(IsoFields.DAY_OF_QUARTER, 1));
            case "YEAR" -> millis(day.withDayOfYear(1));
            default ->
                throw new IllegalArgumentException("DATE_TRUNC does not know the unit " + unit
                        + "; it is MILLISECOND, SECOND, MINUTE, HOUR, DAY, WEEK, MONTH, QUARTER or YEAR");
        };
    }

    @SqlFunction(
            name = "EXTRACT",
            aliases = {"DATE_PART"},
            description = "A part of a point in time: YEAR, QUARTER, MONTH, WEEK (ISO), DAY, DOW (0 is Sunday), DOY,"
                    + " HOUR, MINUTE, SECOND, MILLISECOND, MICROSECOND, NANOSECOND, EPOCH (seconds).",
            examples = {
                "EXTRACT('HOUR', 1700002800000) = 23",
                "EXTRACT(YEAR FROM TIMESTAMP '2024-02-29T00:00:00Z') = 2024"
            })
    public static long extract(String part, @SqlTyped(Simple.TIMESTAMP) long time) {
        OffsetDateTime at = at(time);
        return switch (part.toUpperCase(Locale.ROOT)) {
            case "YEAR" -> at.getYear();
            case "QUARTER" -> at.get(IsoFields.QUARTER_OF_YEAR);
            case "MONTH" -> at.getMonthValue();
            case "WEEK" -> at.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
            case "DAY" -> at.getDayOfMonth();
            case "DOW", "DAYOFWEEK" -> at.getDayOfWeek().getValue() % 7;
            case "DOY", "DAYOFYEAR" -> at.getDayOfYear();
            case "HOUR" -> at.getHour();
            case "MINUTE" -> at.getMinute();
            case "SECOND" -> at.getSecond();
            case "MILLISECOND" -> at.getNano() / 1_000_000;
            case "MICROSECOND" -> at.getNano() / 1_000;
            case "NANOSECOND" -> at.getNano();
            case "EPOCH" -> Math.floorDiv(time, 1_000L);
            default ->
                throw new IllegalArgumentException("EXTRACT does not know the part " + part
                        + "; it is YEAR, QUARTER, MONTH, WEEK, DAY, DOW, DOY, HOUR, MINUTE, SECOND, MILLISECOND,"
                        + " MICROSECOND, NANOSECOND or EPOCH");
        };
    }

    @SqlFunction(
            name = "YEAR",
            description = "The year.",
            examples = {"YEAR(TIMESTAMP '2024-02-29T00:00:00Z') = 2024"})
    public static long year(@SqlTyped(Simple.TIMESTAMP) long time) {
        return at(time).getYear();
    }

    @SqlFunction(
            name = "MONTH",
            description = "The month, 1 to 12.",
            examples = {"MONTH(TIMESTAMP '2024-02-29T00:00:00Z') = 2"})
    public static long month(@SqlTyped(Simple.TIMESTAMP) long time) {
        return at(time).getMonthValue();
    }

    @SqlFunction(
            name = "DAY",
            description = "The day of the month.",
            examples = {"DAY(TIMESTAMP '2024-02-29T00:00:00Z') = 29"})
    public static long day(@SqlTyped(Simple.TIMESTAMP) long time) {
        return at(time).getDayOfMonth();
    }

    @SqlFunction(
            name = "HOUR",
            description = "The hour, 0 to 23.",
            examples = {"HOUR(1700002800000) = 23"})
    public static long hour(@SqlTyped(Simple.TIMESTAMP) long time) {
        return at(time).getHour();
    }

    @SqlFunction(
            name = "MINUTE",
            description = "The minute, 0 to 59.",
            examples = {"MINUTE(TIMESTAMP '2024-02-29T10:20:30Z') = 20"})
    public static long minute(@SqlTyped(Simple.TIMESTAMP) long time) {
        return at(time).getMinute();
    }

    @SqlFunction(
            name = "SECOND",
            description = "The second, 0 to 59.",
            examples = {"SECOND(TIMESTAMP '2024-02-29T10:20:30Z') = 30"})
    public static long second(@SqlTyped(Simple.TIMESTAMP) long time) {
        return at(time).getSecond();
    }

    @SqlFunction(
            name = "DATEDIFF",
            description = "From the first point in time to the second, in whole units; days, weeks, months and years go"
                    + " by the calendar.",
            examples = {
                "DATEDIFF('hours', 1700002800000, 1700008200000) = 1",
                "DATEDIFF('days', 1700002800000, 1700010000000) = 1"
            })
    public static long dateDiff(
            String unit, @SqlTyped(Simple.TIMESTAMP) long start, @SqlTyped(Simple.TIMESTAMP) long end) {
        long millis = Math.subtractExact(end, start);
        LocalDate from = at(start).toLocalDate();
        LocalDate to = at(end).toLocalDate();
        return switch (singular(unit)) {
            case "MILLISECOND" -> millis;
            case "SECOND" -> millis / 1_000;
            case "MINUTE" -> millis / 60_000;
            case "HOUR" -> millis / 3_600_000;
            case "DAY" -> ChronoUnit.DAYS.between(from, to);
            case "WEEK" -> ChronoUnit.DAYS.between(from, to) / 7;
            case "MONTH" -> ChronoUnit.MONTHS.between(from.withDayOfMonth(1), to.withDayOfMonth(1));
            case "YEAR" -> to.getYear() - from.getYear();
            default ->
                throw new IllegalArgumentException("DATEDIFF does not know the unit " + unit
                        + "; it is MILLISECOND, SECOND, MINUTE, HOUR, DAY, WEEK, MONTH or YEAR");
        };
    }

    @SqlFunction(
            name = "UNIX_TIMESTAMP",
            deterministic = false,
            description = "The wall clock, or a point in time, in whole seconds since 1970.",
            examples = {"UNIX_TIMESTAMP() > 1700000000 = TRUE"})
    public static long unixTimestamp() {
        return Math.floorDiv(System.currentTimeMillis(), 1_000L);
    }

    @SqlFunction(
            name = "UNIX_TIMESTAMP",
            description = "A point in time in whole seconds since 1970.",
            examples = {"UNIX_TIMESTAMP(1700002800999) = 1700002800"})
    public static long unixTimestamp(@SqlTyped(Simple.TIMESTAMP) long time) {
        return Math.floorDiv(time, 1_000L);
    }

    @SqlFunction(
            name = "FROM_UNIXTIME",
            description = "The point in time that is so many seconds after 1970.",
            examples = {"FROM_UNIXTIME(1700002800) = TIMESTAMP '2023-11-14T23:00:00Z'"})
    @SqlTyped(Simple.TIMESTAMP)
    public static long fromUnixTime(long seconds) {
        return Math.multiplyExact(seconds, 1_000L);
    }

    private static String singular(String unit) {
        String upper = unit.toUpperCase(Locale.ROOT);
        return upper.endsWith("S") ? upper.substring(0, upper.length() - 1) : upper;
    }

    private static OffsetDateTime at(long time) {
        return Instant.ofEpochMilli(time).atOffset(ZoneOffset.UTC);
    }

    private static long millis(OffsetDateTime time) {
        return time.toInstant().toEpochMilli();
    }

    private static long millis(LocalDate day) {
        return day.toEpochSecond(LocalTime.MIDNIGHT, ZoneOffset.UTC) * 1_000L;
    }
}
