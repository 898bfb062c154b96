package io.velostream.engine.runtime.operator;

import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** The record behind the last one of a source that ends, as files do: with it all time has passed, and every window closes. */
public final class EndOfInput {

    /** Later than any window ends, also the one that a query without WINDOW has over a source that ends. */
    static final long TIME = 8_000_000_000_000_000L;

    private static final String HEADER = "velostream.end-of-input";

    private EndOfInput() {}

    /** The headers of that record, which has neither key nor value. */
    public static Headers headers() {
        return new RecordHeaders(new RecordHeader[] {new RecordHeader(HEADER, new byte[0])});
    }

    static boolean isMarkedBy(Headers headers) {
        return headers.lastHeader(HEADER) != null;
    }
}
