package io.velostream.engine.format;

import io.velostream.engine.runtime.operator.RecordFailure;
import io.velostream.engine.runtime.row.Row;
import io.velostream.engine.runtime.row.Tag;
import io.velostream.engine.sql.type.SqlType;
import io.velostream.engine.sql.type.SqlType.Simple;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Reads a lone value as Kafka's own serializers write it, which is ksqlDB's format KAFKA: an integer in four or eight
 * bytes, a double in eight, each with the highest byte first; anything else is text.
 */
final class KafkaPrimitive {

    private KafkaPrimitive() {}

    /**
     * Fills the slots.
     *
     * @param what begins the message of a failure, such as "The record key"
     * @throws RecordFailure {@code MALFORMED_KEY} when the bytes are no such value
     */
    static void read(byte[] bytes, String what, List<FieldDecoder> fields, Row row) {
        for (FieldDecoder field : fields) {
            SqlType type = field.type();
            if (type == Simple.BIGINT || type == Simple.TIMESTAMP) {
                row.setLong(field.slot(), integer(bytes, what));
            } else if (type == Simple.DOUBLE) {
                if (bytes.length != Double.BYTES) {
                    throw unfit(bytes, what, "a DOUBLE of 8 bytes");
                }
                row.setDouble(field.slot(), ByteBuffer.wrap(bytes).getDouble());
            } else {
                TextBytes.check(bytes, what);
                field.text(row, Tag.TEXT, bytes, 0, bytes.length);
            }
        }
    }

    private static long integer(byte[] bytes, String what) {
        return switch (bytes.length) {
            case Integer.BYTES -> ByteBuffer.wrap(bytes).getInt();
            case Long.BYTES -> ByteBuffer.wrap(bytes).getLong();
            default -> throw unfit(bytes, what, "an integer of 4 or 8 bytes");
        };
    }

    private static RecordFailure unfit(byte[] bytes, String what, String wanted) {
        return new RecordFailure("MALFORMED_KEY", what + " is not " + wanted + ": it has " + bytes.length + ".");
    }
}
