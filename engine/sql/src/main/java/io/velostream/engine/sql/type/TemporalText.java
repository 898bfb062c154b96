package io.velostream.engine.sql.type;

import io.velostream.engine.sql.type.SqlType.Simple;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** Dates and times as text (ISO 8601, with a blank for the T; without an offset they are UTC). */
public final class TemporalText {

    private static final DateTimeFormatter MILLIS = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS");
    private static final DateTimeFormatter TIME_MILLIS = DateTimeFormatter.ofPattern("HH:mm:ss.SSS");

    private TemporalText() {}

    /** The value in its memory form (see {@link SqlType}); empty when the text is no such value. */
    public static Optional<Long> parse(String text, SqlType type) {
        try {
            String trimmed = text.strip();
            if (type == Simple.TIMESTAMP) {
                return Optional.of(timestamp(trimmed));
            } else if (type == Simple.DATE) {
                return Optional.of(LocalDate.parse(trimmed).toEpochDay());
            } else if (type == Simple.TIME) {
                return Optional.of(LocalTime.parse(trimmed).toNanoOfDay() / 1_000_000);
            }
            return Optional.empty();
        } catch (DateTimeException | ArithmeticException unreadable) {
            return Optional.empty();
        }
    }

    private static long timestamp(String text) {
        if (text.length() <= 10) {
            return LocalDate.parse(text)
                    .atStartOfDay()
                    .toInstant(ZoneOffset.UTC)
                    .toEpochMilli();
        }
        String iso = text.charAt(10) == ' ' ? text.substring(0, 10) + 'T' + text.substring(11) : text;
        boolean offset = iso.endsWith("Z") || iso.endsWith("z") || iso.indexOf('+', 11) > 0 || iso.indexOf('-', 11) > 0;
        return offset
                ? OffsetDateTime.parse(iso).toInstant().toEpochMilli()
                : LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC).toEpochMilli();
    }

    /** A value as it is written: {@code 2024-02-29 10:00:00.000}, {@code 2024-02-29}, {@code 10:00:00.000}. */
    public static String format(long value, SqlType type) {
        if (type == Simple.DATE) {
            return LocalDate.ofEpochDay(value).toString();
        } else if (type == Simple.TIME) {
            return TIME_MILLIS.format(LocalTime.ofNanoOfDay(value * 1_000_000));
        }
        return MILLIS.format(Instant.ofEpochMilli(value).atOffset(ZoneOffset.UTC));
    }
}
