package io.velostream.engine.sql.function;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** A unit of calendar and clock, as functions name it: in any case, singular or plural. */
enum DateUnit {
    MICROSECOND(ChronoUnit.MICROS),
    MILLISECOND(ChronoUnit.MILLIS),
    SECOND(ChronoUnit.SECONDS),
    MINUTE(ChronoUnit.MINUTES),
    HOUR(ChronoUnit.HOURS),
    DAY(ChronoUnit.DAYS),
    WEEK(ChronoUnit.WEEKS),
    MONTH(ChronoUnit.MONTHS),
    QUARTER(ChronoUnit.MONTHS),
    YEAR(ChronoUnit.YEARS);

    private final ChronoUnit unit;

    DateUnit(ChronoUnit unit) {
        this.unit = unit;
    }

    static DateUnit of(String text) {
        String upper = text.strip().toUpperCase(Locale.ROOT);
        String singular = upper.endsWith("S") ? upper.substring(0, upper.length() - 1) : upper;
        for (DateUnit each : values()) {
            if (each.name().equals(singular)) {
                return each;
            }
        }
        throw new IllegalArgumentException("there is no unit '" + text
                + "'; it is MICROSECOND, MILLISECOND, SECOND, MINUTE, HOUR, DAY, WEEK, MONTH, QUARTER or YEAR");
    }

    /** The point in time, milliseconds, so many units later, in UTC. */
    long add(long amount, long time) {
        if (this == MICROSECOND) {
            return Math.addExact(time, amount / 1_000);
        }
        return Instant.ofEpochMilli(time)
                .atOffset(ZoneOffset.UTC)
                .plus(this == QUARTER ? Math.multiplyExact(amount, 3L) : amount, unit)
                .toInstant()
                .toEpochMilli();
    }

    /** The day so many units later. */
    long addToDay(long amount, long day) {
        if (compareTo(DAY) < 0) {
            throw new IllegalArgumentException("a DATE has no " + name() + "s; make it a TIMESTAMP with CAST");
        }
        return LocalDate.ofEpochDay(day)
                .plus(this == QUARTER ? Math.multiplyExact(amount, 3L) : amount, unit)
                .toEpochDay();
    }
}
