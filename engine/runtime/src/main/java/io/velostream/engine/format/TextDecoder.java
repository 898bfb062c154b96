package io.velostream.engine.format;

import io.velostream.engine.runtime.row.Row;
import io.velostream.engine.runtime.row.Tag;
import java.nio.charset.StandardCharsets;

/** A STRING column: text, or the JSON text of a value of another kind. */
final class TextDecoder extends FieldDecoder {

    private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);

    private final boolean computed;

    TextDecoder(Field field) {
        super(field);
        this.computed = field.computed();
    }

    @Override
    boolean decodesEscapes() {
        return computed;
    }

    @Override
    void text(Row row, byte tag, byte[] buffer, int from, int to) {
        row.setBytes(slot(), tag, buffer, from, to);
    }

    @Override
    void number(Row row, JsonScanner scanner, int from, int to) {
        row.setBytes(slot(), Tag.PLAIN, scanner.buffer, from, to);
    }

    @Override
    void bool(Row row, boolean value) {
        byte[] text = value ? TRUE : FALSE;
        row.setBytes(slot(), Tag.PLAIN, text, 0, text.length);
    }

    @Override
    void structure(Row row, byte[] buffer, int from, int to) {
        row.setBytes(slot(), Tag.TEXT, buffer, from, to);
    }
}
