package io.velostream.engine.format;

import io.velostream.engine.runtime.operator.RecordFailure;
import io.velostream.engine.runtime.row.Row;
import io.velostream.engine.sql.type.SqlType;

/**
 * Turns one kind of JSON token into the form that a column's type has in a row. Where a plan only copies the column,
 * the token stays text.
 */
public abstract sealed class FieldDecoder
        permits AnyDecoder,
                BigintDecoder,
                DoubleDecoder,
                DecimalDecoder,
                TextDecoder,
                BooleanDecoder,
                MomentDecoder,
                StructureDecoder,
                BytesDecoder {

    private final String name;
    private final SqlType type;
    private final boolean quoted;
    private final int slot;

    FieldDecoder(Field field) {
        this.name = field.name();
        this.type = field.type();
        this.quoted = field.quoted();
        this.slot = field.slot();
    }

    /**
     * One field to read.
     *
     * @param quoted whether the name is matched exactly only
     * @param slot where it goes
     * @param computed whether anything looks at the value; false when it is only copied
     */
    public record Field(String name, SqlType type, boolean quoted, int slot, boolean computed) {}

    /** The decoder of a field's type. */
    public static FieldDecoder of(Field field) {
        return switch (field.type()) {
            case SqlType.Simple simple ->
                switch (simple) {
                    case ANY -> new AnyDecoder(field);
                    case BIGINT, INTERVAL -> new BigintDecoder(field);
                    case DOUBLE -> new DoubleDecoder(field);
                    case BOOLEAN -> new BooleanDecoder(field);
                    case STRING -> new TextDecoder(field);
                    case BYTES -> new BytesDecoder(field);
                    case TIMESTAMP, DATE, TIME -> new MomentDecoder(field, simple);
                    case NULL -> throw new IllegalArgumentException("A column cannot have the type NULL.");
                };
            case SqlType.Decimal decimal -> new DecimalDecoder(field, decimal);
            case SqlType.Array array -> new StructureDecoder(field, '[');
            case SqlType.MapOf map -> new StructureDecoder(field, '{');
            case SqlType.Struct struct -> new StructureDecoder(field, '{');
        };
    }

    final String name() {
        return name;
    }

    final SqlType type() {
        return type;
    }

    final boolean quoted() {
        return quoted;
    }

    final int slot() {
        return slot;
    }

    /** Whether a string's escapes must be decoded before {@link #text}. */
    boolean decodesEscapes() {
        return true;
    }

    /**
     * Takes a string.
     *
     * @param tag PLAIN, TEXT or, if escapes stay, ESCAPED
     */
    abstract void text(Row row, byte tag, byte[] buffer, int from, int to);

    /** Takes a number; the scanner has noted its parts. */
    void number(Row row, JsonScanner scanner, int from, int to) {
        throw mismatch("a number");
    }

    /** Takes a boolean. */
    void bool(Row row, boolean value) {
        throw mismatch("a boolean");
    }

    /** Takes an object or array. */
    void structure(Row row, byte[] buffer, int from, int to) {
        throw mismatch(buffer[from] == '{' ? "an object" : "an array");
    }

    final RecordFailure mismatch(String found) {
        return new RecordFailure(
                "TYPE_MISMATCH", "Column `" + name + "` is " + type + ", but the record has " + found + ".");
    }
}
