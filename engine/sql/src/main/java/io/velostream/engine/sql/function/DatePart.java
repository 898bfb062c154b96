package io.velostream.engine.sql.function;

import java.time.OffsetDateTime;
import java.time.temporal.IsoFields;
import java.util.Locale;

/** A part of a point in time that EXTRACT names. */
enum DatePart {
    YEAR,
    QUARTER,
    MONTH,
    WEEK,
    DAY,
    DOW,
    DOY,
    HOUR,
    MINUTE,
    SECOND,
    MILLISECOND,
    MICROSECOND,
    NANOSECOND,
    EPOCH;

    static DatePart of(String text) {
        String name = text.strip().toUpperCase(Locale.ROOT);
        switch (name) {
            case "DAYOFWEEK" -> {
                return DOW;
            }
            case "DAYOFYEAR" -> {
                return DOY;
            }
            default -> {}
        }
        for (DatePart each : values()) {
            if (each.name().equals(name) || (each.name() + "S").equals(name)) {
                return each;
            }
        }
        throw new IllegalArgumentException("there is no part '" + text
                + "' of a point in time; it is YEAR, QUARTER, MONTH, WEEK, DAY, DOW, DOY, HOUR, MINUTE, SECOND,"
                + " MILLISECOND, MICROSECOND, NANOSECOND or EPOCH");
    }

    long of(OffsetDateTime at) {
        return switch (this) {
            case YEAR -> at.getYear();
            case QUARTER -> at.get(IsoFields.QUARTER_OF_YEAR);
            case MONTH -> at.getMonthValue();
            case WEEK -> at.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
            case DAY -> at.getDayOfMonth();
            case DOW -> at.getDayOfWeek().getValue() % 7;
            case DOY -> at.getDayOfYear();
            case HOUR -> at.getHour();
            case MINUTE -> at.getMinute();
            case SECOND -> at.getSecond();
            case MILLISECOND -> at.getNano() / 1_000_000;
            case MICROSECOND -> at.getNano() / 1_000;
            case NANOSECOND -> at.getNano();
            case EPOCH -> at.toEpochSecond();
        };
    }

    /** The part of a duration in milliseconds: what is left below the next larger part. EPOCH is all of it. */
    long ofInterval(long millis) {
        return switch (this) {
            case EPOCH -> millis / 1_000;
            case DAY -> millis / 86_400_000;
            case HOUR -> millis / 3_600_000 % 24;
            case MINUTE -> millis / 60_000 % 60;
            case SECOND -> millis / 1_000 % 60;
            case MILLISECOND -> millis % 1_000;
            case MICROSECOND -> millis % 1_000 * 1_000;
            case NANOSECOND -> millis % 1_000 * 1_000_000;
            case YEAR, QUARTER, MONTH, WEEK, DOW, DOY ->
                throw new IllegalArgumentException("an INTERVAL has no " + name() + "; its largest part is DAY");
        };
    }
}
