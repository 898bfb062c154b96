package io.velostream.engine.format;

import io.velostream.engine.plan.physical.SourceSpec;
import io.velostream.engine.runtime.operator.RecordFailure;
import io.velostream.engine.runtime.row.Row;
import io.velostream.engine.runtime.row.Tag;
import java.util.Optional;

/** Takes the event time of a record, in milliseconds, out of a field or from the record's timestamp. */
public final class EventTimeReader {

    private static final int RECORD = -1;

    /** The last millisecond of the year 9999. */
    private static final long MAX_MILLIS = 253_402_300_799_999L;

    private final int slot;
    private final boolean seconds;
    private final Optional<TimePattern> pattern;

    /**
     * @throws IllegalArgumentException when the format is no known one
     */
    public EventTimeReader(SourceSpec.EventTime eventTime) {
        slot = eventTime.slot().orElse(RECORD);
        String format = eventTime.format().orElse("");
        seconds = format.equals("epoch_seconds") || format.equals("epoch");
        pattern = switch (format) {
            case "", "epoch_millis", "epoch_seconds", "epoch", "iso8601" -> Optional.empty();
            default -> Optional.of(new TimePattern(format));
        };
    }

    /**
     * The event time of the record in the row.
     *
     * @throws RecordFailure {@code EVENT_TIME} when the field is missing or is no time
     */
    public long read(Row row, long recordTimestamp) {
        if (slot == RECORD) {
            return recordTimestamp;
        }
        long millis = field(row);
        if (millis > MAX_MILLIS || millis < -MAX_MILLIS) {
            // One such record would close every window for all that follow.
            throw new RecordFailure(
                    "EVENT_TIME",
                    "The event time is beyond the year 9999; is it in microseconds? See event.time.format.");
        }
        return millis;
    }

    private long field(Row row) {
        return switch (row.tags[slot]) {
            case Tag.LONG -> seconds ? seconds(row.longs[slot]) : row.longs[slot];
            case Tag.DOUBLE -> (long) (row.doubleAt(slot) * (seconds ? 1000 : 1));
            case Tag.PLAIN, Tag.TEXT -> text(row);
            case Tag.NULL -> throw new RecordFailure("EVENT_TIME", "The field that holds the event time is missing.");
            default -> throw new RecordFailure("EVENT_TIME", "The field that holds the event time is no time.");
        };
    }

    private static long seconds(long value) {
        if (Math.abs(value) > Long.MAX_VALUE / 1000) {
            throw new RecordFailure("EVENT_TIME", "The event time is too far away for milliseconds.");
        }
        return value * 1000;
    }

    private long text(Row row) {
        byte[] bytes = row.bytes[slot];
        if (bytes == null) {
            throw new IllegalStateException("The event time has text but no bytes.");
        }
        int from = row.starts[slot];
        int to = row.ends[slot];
        long millis =
                pattern.isPresent() ? pattern.get().parse(bytes, from, to) : IsoTime.parseTimestamp(bytes, from, to);
        if (millis == IsoTime.INVALID) {
            throw new RecordFailure(
                    "EVENT_TIME",
                    "The text in the field of the event time does not follow its format; see event.time.format.");
        }
        return millis;
    }
}
