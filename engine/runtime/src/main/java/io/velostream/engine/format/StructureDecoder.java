package io.velostream.engine.format;

import io.velostream.engine.runtime.row.Row;
import io.velostream.engine.runtime.row.Tag;

/** An ARRAY, MAP or STRUCT column: it stays text until an expression touches it. */
final class StructureDecoder extends FieldDecoder {

    private final char opening;

    StructureDecoder(Field field, char opening) {
        super(field);
        this.opening = opening;
    }

    @Override
    void text(Row row, byte tag, byte[] buffer, int from, int to) {
        throw mismatch("text");
    }

    @Override
    void structure(Row row, byte[] buffer, int from, int to) {
        if (buffer[from] != opening) {
            throw mismatch(buffer[from] == '{' ? "an object" : "an array");
        }
        row.setBytes(slot(), Tag.JSON, buffer, from, to);
    }
}
