package io.velostream.engine.sql.function;

import io.velostream.engine.sql.type.SqlType.Simple;

/** The parts of a point in time, in UTC, as functions of their own; EXTRACT has them all. */
public final class DatePartFunctions {

    private DatePartFunctions() {}

    @SqlFunction(
            name = "YEAR",
            description = "The year.",
            examples = {"YEAR(TIMESTAMP '2024-02-29T10:20:30Z') = 2024"})
    public static long year(@SqlTyped(Simple.TIMESTAMP) long time) {
        return DatePart.YEAR.of(DateTimeFunctions.at(time));
    }

    @SqlFunction(
            name = "QUARTER",
            description = "The quarter, 1 to 4.",
            examples = {"QUARTER(TIMESTAMP '2024-02-29T10:20:30Z') = 1"})
    public static long quarter(@SqlTyped(Simple.TIMESTAMP) long time) {
        return DatePart.QUARTER.of(DateTimeFunctions.at(time));
    }

    @SqlFunction(
            name = "MONTH",
            description = "The month, 1 to 12.",
            examples = {"MONTH(TIMESTAMP '2024-02-29T10:20:30Z') = 2"})
    public static long month(@SqlTyped(Simple.TIMESTAMP) long time) {
        return DatePart.MONTH.of(DateTimeFunctions.at(time));
    }

    @SqlFunction(
            name = "WEEK",
            aliases = {"WEEKOFYEAR"},
            description = "The week of ISO 8601, 1 to 53.",
            examples = {"WEEK(TIMESTAMP '2024-02-29T10:20:30Z') = 9"})
    public static long week(@SqlTyped(Simple.TIMESTAMP) long time) {
        return DatePart.WEEK.of(DateTimeFunctions.at(time));
    }

    @SqlFunction(
            name = "DAY",
            aliases = {"DAYOFMONTH"},
            description = "The day of the month.",
            examples = {"DAY(TIMESTAMP '2024-02-29T10:20:30Z') = 29"})
    public static long day(@SqlTyped(Simple.TIMESTAMP) long time) {
        return DatePart.DAY.of(DateTimeFunctions.at(time));
    }

    @SqlFunction(
            name = "DAYOFWEEK",
            aliases = {"DOW"},
            description = "The day of the week, 0 is Sunday.",
            examples = {"DAYOFWEEK(TIMESTAMP '2024-02-29T10:20:30Z') = 4"})
    public static long dayOfWeek(@SqlTyped(Simple.TIMESTAMP) long time) {
        return DatePart.DOW.of(DateTimeFunctions.at(time));
    }

    @SqlFunction(
            name = "DAYOFYEAR",
            aliases = {"DOY"},
            description = "The day of the year, from 1.",
            examples = {"DAYOFYEAR(TIMESTAMP '2024-02-29T10:20:30Z') = 60"})
    public static long dayOfYear(@SqlTyped(Simple.TIMESTAMP) long time) {
        return DatePart.DOY.of(DateTimeFunctions.at(time));
    }

    @SqlFunction(
            name = "HOUR",
            description = "The hour, 0 to 23.",
            examples = {"HOUR(TIMESTAMP '2024-02-29T10:20:30Z') = 10"})
    public static long hour(@SqlTyped(Simple.TIMESTAMP) long time) {
        return DatePart.HOUR.of(DateTimeFunctions.at(time));
    }

    @SqlFunction(
            name = "MINUTE",
            description = "The minute, 0 to 59.",
            examples = {"MINUTE(TIMESTAMP '2024-02-29T10:20:30Z') = 20"})
    public static long minute(@SqlTyped(Simple.TIMESTAMP) long time) {
        return DatePart.MINUTE.of(DateTimeFunctions.at(time));
    }

    @SqlFunction(
            name = "SECOND",
            description = "The second, 0 to 59.",
            examples = {"SECOND(TIMESTAMP '2024-02-29T10:20:30Z') = 30"})
    public static long second(@SqlTyped(Simple.TIMESTAMP) long time) {
        return DatePart.SECOND.of(DateTimeFunctions.at(time));
    }
}
