package io.velostream.engine.runtime.row;

/**
 * What a slot holds at the moment. A slot of a declared type only ever holds NULL or the forms of that type; a slot of
 * type ANY holds whatever the record had.
 */
public final class Tag {

    /** SQL NULL; a missing field is NULL too. */
    public static final byte NULL = 0;

    /**
     * A number of 64 bits: BIGINT, and the moments and durations that are kept in one. DECIMAL of at most 18 digits is
     * here as its unscaled value.
     */
    public static final byte LONG = 1;

    /** A double's bits. */
    public static final byte DOUBLE = 2;

    /** 0 or 1. */
    public static final byte BOOLEAN = 3;

    /** Decoded text that may need escaping when it is written. */
    public static final byte TEXT = 4;

    /** Decoded text without any character that JSON escapes. */
    public static final byte PLAIN = 5;

    /** The inside of a JSON string with its escapes: only for slots that are copied and never computed on. */
    public static final byte ESCAPED = 6;

    /** A JSON number as it was written: only for slots that are copied and never computed on. */
    public static final byte NUMBER = 7;

    /** A JSON object or array as it was written. */
    public static final byte JSON = 8;

    /** An object as {@link io.velostream.engine.sql.type.SqlType} describes it: BigDecimal, List, Map, bytes. */
    public static final byte OBJECT = 9;

    /** An exact integer of 128 bits, unscaled: a DECIMAL too wide for 64 bits. */
    public static final byte WIDE = 10;

    private Tag() {}

    /** Whether the slot holds decoded text. */
    public static boolean isText(byte tag) {
        return tag == TEXT || tag == PLAIN;
    }
}
