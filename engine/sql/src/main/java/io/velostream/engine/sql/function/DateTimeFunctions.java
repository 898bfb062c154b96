package io.velostream.engine.sql.function;

import io.velostream.engine.sql.type.SqlType.Simple;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;

/** Functions on dates and times. All are in UTC; a BIGINT stands for a TIMESTAMP as epoch milliseconds. */
public final class DateTimeFunctions {

    private static final long DAY_MILLIS = 86_400_000L;

    private DateTimeFunctions() {}

    @SqlFunction(
            name = "NOW",
            aliases = {"CURRENT_TIMESTAMP", "LOCALTIMESTAMP"},
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
    public static long dateTrunc(
            @SqlLiteral(LiteralKind.DATE_UNIT) String unit, @SqlTyped(Simple.TIMESTAMP) long time) {
        OffsetDateTime at = at(time);
        LocalDate day = at.toLocalDate();
        return switch (DateUnit.of(unit)) {
            case MICROSECOND, MILLISECOND -> time;
            case SECOND -> millis(at.truncatedTo(ChronoUnit.SECONDS));
            case MINUTE -> millis(at.truncatedTo(ChronoUnit.MINUTES));
            case HOUR -> millis(at.truncatedTo(ChronoUnit.HOURS));
            case DAY -> millis(day);
            case WEEK -> millis(day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)));
            case MONTH -> millis(day.withDayOfMonth(1));
            case QUARTER -> millis(day.with(IsoFields.DAY_OF_QUARTER, 1));
            case YEAR -> millis(day.withDayOfYear(1));
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
    public static long extract(@SqlLiteral(LiteralKind.DATE_PART) String part, @SqlTyped(Simple.TIMESTAMP) long time) {
        return DatePart.of(part).of(at(time));
    }

    @SqlFunction(
            name = "EXTRACT",
            description =
                    "A part of an interval: EPOCH is all of it in seconds, DAY its whole days, HOUR the hours beyond"
                            + " them, and so on.",
            examples = {
                "EXTRACT(EPOCH FROM INTERVAL '90' MINUTE) = 5400",
                "EXTRACT(MINUTE FROM INTERVAL '90' MINUTE) = 30"
            })
    public static long extractOfInterval(
            @SqlLiteral(LiteralKind.DATE_PART) String part, @SqlTyped(Simple.INTERVAL) long millis) {
        return DatePart.of(part).ofInterval(millis);
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
            @SqlLiteral(LiteralKind.DATE_UNIT) String unit,
            @SqlTyped(Simple.TIMESTAMP) long start,
            @SqlTyped(Simple.TIMESTAMP) long end) {
        long millis = Math.subtractExact(end, start);
        LocalDate from = at(start).toLocalDate();
        LocalDate to = at(end).toLocalDate();
        long months = ChronoUnit.MONTHS.between(from.withDayOfMonth(1), to.withDayOfMonth(1));
        return switch (DateUnit.of(unit)) {
            case MICROSECOND -> Math.multiplyExact(millis, 1_000L);
            case MILLISECOND -> millis;
            case SECOND -> millis / 1_000;
            case MINUTE -> millis / 60_000;
            case HOUR -> millis / 3_600_000;
            case DAY -> ChronoUnit.DAYS.between(from, to);
            case WEEK -> ChronoUnit.DAYS.between(from, to) / 7;
            case MONTH -> months;
            case QUARTER ->
                (to.getYear() - from.getYear()) * 4L
                        + to.get(IsoFields.QUARTER_OF_YEAR)
                        - from.get(IsoFields.QUARTER_OF_YEAR);
            case YEAR -> to.getYear() - from.getYear();
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

    @SqlFunction(
            name = "UNIX_DATE",
            description = "A date in days since 1970.",
            examples = {"UNIX_DATE(DATE '1970-01-03') = 2"})
    public static long unixDate(@SqlTyped(Simple.DATE) long day) {
        return day;
    }

    @SqlFunction(
            name = "UNIX_DATE",
            deterministic = false,
            description = "The wall clock's date in days since 1970.",
            examples = {"UNIX_DATE() > 19000 = TRUE"})
    public static long unixDate() {
        return currentDate();
    }

    @SqlFunction(
            name = "FROM_DAYS",
            description = "The date that is so many days after 1970-01-01.",
            examples = {"FROM_DAYS(2) = DATE '1970-01-03'"})
    @SqlTyped(Simple.DATE)
    public static long fromDays(long days) {
        return days;
    }

    @SqlFunction(
            name = "TIMESTAMPADD",
            description = "The point in time so many units later, by the calendar in UTC.",
            examples = {
                "TIMESTAMPADD('hours', 2, TIMESTAMP '2024-02-29T23:00:00Z') = TIMESTAMP '2024-03-01T01:00:00Z'",
                "TIMESTAMPADD('MONTH', 1, TIMESTAMP '2024-01-31T00:00:00Z') = TIMESTAMP '2024-02-29T00:00:00Z'"
            })
    @SqlTyped(Simple.TIMESTAMP)
    public static long timestampAdd(
            @SqlLiteral(LiteralKind.DATE_UNIT) String unit, long amount, @SqlTyped(Simple.TIMESTAMP) long time) {
        return DateUnit.of(unit).add(amount, time);
    }

    @SqlFunction(
            name = "TIMESTAMPSUB",
            description = "The point in time so many units earlier, by the calendar in UTC.",
            examples = {"TIMESTAMPSUB('DAY', 1, TIMESTAMP '2024-03-01T00:00:00Z') = TIMESTAMP '2024-02-29T00:00:00Z'"})
    @SqlTyped(Simple.TIMESTAMP)
    public static long timestampSubtract(
            @SqlLiteral(LiteralKind.DATE_UNIT) String unit, long amount, @SqlTyped(Simple.TIMESTAMP) long time) {
        return DateUnit.of(unit).add(Math.negateExact(amount), time);
    }

    @SqlFunction(
            name = "DATEADD",
            aliases = {"DATE_ADD"},
            description = "The date so many days or larger units later.",
            examples = {"DATEADD('DAYS', 1, DATE '2024-02-28') = DATE '2024-02-29'"})
    @SqlTyped(Simple.DATE)
    public static long dateAdd(
            @SqlLiteral(LiteralKind.DATE_UNIT) String unit, long amount, @SqlTyped(Simple.DATE) long day) {
        return DateUnit.of(unit).addToDay(amount, day);
    }

    @SqlFunction(
            name = "DATEADD",
            description = "The point in time so many units later, by the calendar in UTC.",
            examples = {"DATEADD('YEAR', 1, TIMESTAMP '2023-01-01T00:00:00Z') = TIMESTAMP '2024-01-01T00:00:00Z'"})
    @SqlTyped(Simple.TIMESTAMP)
    public static long dateAddToTime(
            @SqlLiteral(LiteralKind.DATE_UNIT) String unit, long amount, @SqlTyped(Simple.TIMESTAMP) long time) {
        return DateUnit.of(unit).add(amount, time);
    }

    @SqlFunction(
            name = "DATESUB",
            aliases = {"DATE_SUB"},
            description = "The date so many days or larger units earlier.",
            examples = {"DATESUB('MONTH', 1, DATE '2024-03-31') = DATE '2024-02-29'"})
    @SqlTyped(Simple.DATE)
    public static long dateSubtract(
            @SqlLiteral(LiteralKind.DATE_UNIT) String unit, long amount, @SqlTyped(Simple.DATE) long day) {
        return DateUnit.of(unit).addToDay(Math.negateExact(amount), day);
    }

    @SqlFunction(
            name = "DATESUB",
            description = "The point in time so many units earlier, by the calendar in UTC.",
            examples = {"DATESUB('HOUR', 1, TIMESTAMP '2024-01-01T00:00:00Z') = TIMESTAMP '2023-12-31T23:00:00Z'"})
    @SqlTyped(Simple.TIMESTAMP)
    public static long dateSubtractFromTime(
            @SqlLiteral(LiteralKind.DATE_UNIT) String unit, long amount, @SqlTyped(Simple.TIMESTAMP) long time) {
        return DateUnit.of(unit).add(Math.negateExact(amount), time);
    }

    @SqlFunction(
            name = "TIMEADD",
            description = "The time of day so many units later; it goes round at midnight.",
            examples = {"TIMEADD('HOURS', 2, TIME '23:00:00') = TIME '01:00:00'"})
    @SqlTyped(Simple.TIME)
    public static long timeAdd(
            @SqlLiteral(LiteralKind.DATE_UNIT) String unit, long amount, @SqlTyped(Simple.TIME) long time) {
        DateUnit each = DateUnit.of(unit);
        if (each.compareTo(DateUnit.DAY) >= 0) {
            throw new IllegalArgumentException("a TIME has no " + each + "s; make it a TIMESTAMP");
        }
        return Math.floorMod(each.add(amount, time), DAY_MILLIS);
    }

    @SqlFunction(
            name = "TIMESUB",
            description = "The time of day so many units earlier; it goes round at midnight.",
            examples = {"TIMESUB('MINUTES', 30, TIME '00:10:00') = TIME '23:40:00'"})
    @SqlTyped(Simple.TIME)
    public static long timeSubtract(
            @SqlLiteral(LiteralKind.DATE_UNIT) String unit, long amount, @SqlTyped(Simple.TIME) long time) {
        return timeAdd(unit, Math.negateExact(amount), time);
    }

    @SqlFunction(
            name = "CONVERT_TZ",
            description =
                    "The point in time at which a clock in the second zone shows what one in the first shows at this"
                            + " one.",
            examples = {
                "CONVERT_TZ(TIMESTAMP '2024-07-01T12:00:00Z', 'UTC', 'Europe/Berlin') = TIMESTAMP"
                        + " '2024-07-01T14:00:00Z'"
            })
    @SqlTyped(Simple.TIMESTAMP)
    public static long convertZone(
            @SqlTyped(Simple.TIMESTAMP) long time,
            @SqlLiteral(LiteralKind.TIME_ZONE) String from,
            @SqlLiteral(LiteralKind.TIME_ZONE) String to) {
        LocalDateTime shown = at(time).toLocalDateTime();
        return shown.atZone(TimeFormats.zone(from))
                .withZoneSameInstant(TimeFormats.zone(to))
                .toLocalDateTime()
                .toInstant(ZoneOffset.UTC)
                .toEpochMilli();
    }

    @SqlFunction(
            name = "LAST_DAY",
            description = "The last day of the month.",
            examples = {"LAST_DAY(DATE '2024-02-10') = DATE '2024-02-29'"})
    @SqlTyped(Simple.DATE)
    public static long lastDay(@SqlTyped(Simple.TIMESTAMP) long time) {
        return at(time).toLocalDate().with(TemporalAdjusters.lastDayOfMonth()).toEpochDay();
    }

    static OffsetDateTime at(long time) {
        return Instant.ofEpochMilli(time).atOffset(ZoneOffset.UTC);
    }

    private static long millis(OffsetDateTime time) {
        return time.toInstant().toEpochMilli();
    }

    private static long millis(LocalDate day) {
        return day.toEpochSecond(LocalTime.MIDNIGHT, ZoneOffset.UTC) * 1_000L;
    }
}
