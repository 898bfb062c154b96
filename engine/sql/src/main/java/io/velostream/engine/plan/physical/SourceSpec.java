package io.velostream.engine.plan.physical;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * A source as its declaration and WITH entries say.
 *
 * @param name the name in FROM
 * @param declared whether the columns are declared; else they are ANY
 * @param properties pass-through Kafka consumer options
 * @param options what the format needs to know beyond its name
 */
public record SourceSpec(
        String name,
        String topic,
        Format format,
        Format keyFormat,
        boolean declared,
        EventTime eventTime,
        Watermark watermark,
        LateData lateData,
        Map<String, String> properties,
        FormatOptions options) {
    public SourceSpec {
        properties = Map.copyOf(properties);
    }

    /** A source whose format needs no options. */
    public SourceSpec(
            String name,
            String topic,
            Format format,
            Format keyFormat,
            boolean declared,
            EventTime eventTime,
            Watermark watermark,
            LateData lateData,
            Map<String, String> properties) {
        this(name, topic, format, keyFormat, declared, eventTime, watermark, lateData, properties, FormatOptions.NONE);
    }

    /** How bytes are encoded. */
    public enum Format {
        JSON,
        /** Fields by their order, RFC 4180. */
        CSV,
        /** The whole value is the text of one column. */
        TEXT,
        /** One primitive as Kafka's own serializers write it: text, or a number in big-endian bytes. */
        KAFKA
    }

    /**
     * Where event time comes from.
     *
     * @param slot the slot of the field, or empty for the record's timestamp
     * @param format {@code epoch_millis}, {@code epoch_seconds}, {@code iso8601}, a strftime pattern, or empty: epoch
     *     milliseconds, then ISO
     */
    public record EventTime(Optional<Integer> slot, Optional<String> format) {}

    /**
     * How far event time has come: max event time − disorder, per input partition.
     *
     * @param idleTimeout wall-clock time after which a silent partition no longer holds windows back
     * @param punctuation the field whose records alone move time: those in which it is TRUE, or has any value when it is
     *     no truth value. Empty: every record does
     * @param allowedLateness how long a closed window is kept for records that correct its result; empty: as the
     *     strategy for late data wants it
     */
    public record Watermark(
            Duration maxOutOfOrderness,
            Duration idleTimeout,
            Optional<String> punctuation,
            Optional<Duration> allowedLateness) {

        /** Every record moves time, and no window is kept but for {@link LateData#UPDATE_PREVIOUS}. */
        public Watermark(Duration maxOutOfOrderness, Duration idleTimeout) {
            this(maxOutOfOrderness, idleTimeout, Optional.empty(), Optional.empty());
        }
    }

    /** What happens to a record whose window has closed. */
    public enum LateData {
        DROP,
        DEAD_LETTER,
        INCLUDE_IN_NEXT_WINDOW,
        UPDATE_PREVIOUS
    }
}
