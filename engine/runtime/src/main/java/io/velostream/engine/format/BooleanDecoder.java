package io.velostream.engine.format;

import io.velostream.engine.runtime.row.Row;
import java.nio.charset.StandardCharsets;

/** A BOOLEAN column: true or false, also in quotes. */
final class BooleanDecoder extends FieldDecoder {

    BooleanDecoder(Field field) {
        super(field);
    }

    @Override
    void text(Row row, byte tag, byte[] buffer, int from, int to) {
        String text = new String(buffer, from, to - from, StandardCharsets.UTF_8);
        if (text.equalsIgnoreCase("true")) {
            row.setBoolean(slot(), true);
        } else if (text.equalsIgnoreCase("false")) {
            row.setBoolean(slot(), false);
        } else {
            throw mismatch("other text than true or false");
        }
    }

    @Override
    void bool(Row row, boolean value) {
        row.setBoolean(slot(), value);
    }
}
