package io.velostream.engine.runtime.topology;

import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Carries an object by reference in the headers of a record that stays in this process: no side table, hence no leak and
 * no ownership between threads. A record that carries one has the {@link #SENTINEL} as its value; either without the
 * other is a bug that must end the unit, since the sentinel alone would be written as an empty record.
 *
 * @param reference the batch or the rows
 */
record ReferenceHeader(Object reference) implements Header {

    /** The header's name; it never reaches a broker. */
    static final String KEY = "velo.reference";

    /** The value of a record whose content travels by reference; told from user data by identity. */
    static final byte[] SENTINEL = new byte[0];

    /** The object that the headers carry, or null. A user's header of the same name is not one. */
    static @Nullable Object in(Headers headers) {
        return headers.lastHeader(KEY) instanceof ReferenceHeader(Object reference) ? reference : null;
    }

    @Override
    public String key() {
        return KEY;
    }

    @Override
    public byte[] value() {
        return SENTINEL;
    }
}
