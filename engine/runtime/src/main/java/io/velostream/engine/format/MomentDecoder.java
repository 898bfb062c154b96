package io.velostream.engine.format;

import io.velostream.engine.runtime.row.Row;
import io.velostream.engine.sql.type.SqlType;
import io.velostream.engine.sql.type.SqlType.Simple;

/** A TIMESTAMP, DATE or TIME column: ISO 8601 text; a TIMESTAMP also as milliseconds since the epoch. */
final class MomentDecoder extends FieldDecoder {

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
        if (type != Simple.TIMESTAMP || !NumberToken.isLong(scanner)) {
            throw mismatch("a number");
        }
        row.setLong(slot(), NumberToken.integer(scanner));
    }
}
