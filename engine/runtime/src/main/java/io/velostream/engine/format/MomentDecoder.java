package io.velostream.engine.format;

import io.velostream.engine.runtime.row.Row;
import io.velostream.engine.sql.type.SqlType;

/**
 * A TIMESTAMP, DATE or TIME column: ISO 8601 text, or a number of milliseconds since the epoch, of days since the epoch,
 * or of milliseconds since midnight.
 */
final class MomentDecoder extends FieldDecoder {

    private static final long MILLIS_OF_DAY = 86_400_000;

    /** Ten thousand years: milliseconds in a DATE column are refused rather than taken for days. */
    private static final long MOST_DAYS = 3_652_500;

    private final SqlType.Simple type;

    MomentDecoder(Field field, SqlType.Simple type) {
        super(field);
        this.type = type;
    }

    @Override
    void text(Row row, byte tag, byte[] buffer, int from, int to) {
        long value = switch (type) {
            case TIMESTAMP -> IsoTime.parseTimestamp(buffer, from, to);
            case DATE -> IsoTime.parseDate(buffer, from, to);
            default -> IsoTime.parseTime(buffer, from, to);
        };
        if (value == IsoTime.INVALID) {
            throw mismatch("text that is none in ISO 8601");
        }
        row.setLong(slot(), value);
    }

    @Override
    void number(Row row, JsonScanner scanner, int from, int to) {
        if (!NumberToken.isLong(scanner)) {
            throw mismatch("a number");
        }
        long value = NumberToken.integer(scanner);
        boolean fits = switch (type) {
            case DATE -> Math.abs(value) <= MOST_DAYS;
            case TIME -> value >= 0 && value < MILLIS_OF_DAY;
            default -> true;
        };
        if (!fits) {
            throw mismatch("a number that is none");
        }
        row.setLong(slot(), value);
    }
}
