package io.velostream.engine.format;

import io.velostream.engine.runtime.operator.RecordFailure;

/** Bytes that are taken for text as they are. */
public final class TextBytes {

    private TextBytes() {}

    /**
     * Accepts UTF-8 only.
     *
     * @param what begins the message, such as "The record key"
     * @throws RecordFailure {@code MALFORMED_TEXT} for other bytes
     */
    public static void check(byte[] bytes, String what) {
        if (!Utf8.isValid(bytes, 0, bytes.length)) {
            throw new RecordFailure("MALFORMED_TEXT", what + " is not valid UTF-8.");
        }
    }
}
