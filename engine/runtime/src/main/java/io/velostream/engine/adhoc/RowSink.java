package io.velostream.engine.adhoc;

import java.io.IOException;

/** Takes the rows of a result one after the other. */
@FunctionalInterface
public interface RowSink {

    /**
     * One row as a JSON object in UTF-8; the bytes are valid during the call only.
     *
     * @throws IOException when whoever asked is gone; nothing more is read then
     */
    void row(byte[] bytes, int from, int length) throws IOException;
}
