package io.velostream.engine.format;

import io.velostream.engine.runtime.row.Row;
import java.util.Arrays;
import java.util.Base64;

/** A BYTES column: Base64 text. */
final class BytesDecoder extends FieldDecoder {

    BytesDecoder(Field field) {
        super(field);
    }

    @Override
    void text(Row row, byte tag, byte[] buffer, int from, int to) {
        try {
            row.setObject(slot(), Base64.getDecoder().decode(Arrays.copyOfRange(buffer, from, to)));
        } catch (IllegalArgumentException notBase64) {
            throw mismatch("text that is not Base64");
        }
    }
}
