package io.velostream.engine.ingest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Cuts a stream into records at its line ends, but not at those within quotes. Empty lines are left out. */
final class RecordSplitter {

    private final InputStream in;
    private final boolean quotes;
    private final ByteArrayOutputStream record = new ByteArrayOutputStream();
    private boolean first = true;

    /**
     * @param quotes whether a line end within double quotes belongs to the record
     */
    RecordSplitter(InputStream in, boolean quotes) {
        this.in = in;
        this.quotes = quotes;
    }

    /** The next record without its line end; null at the end. */
    byte @Nullable [] next() throws IOException {
        while (true) {
            record.reset();
            boolean ended = fill();
            byte[] bytes = trimmed();
            if (bytes.length > 0) {
                return bytes;
            }
            if (ended) {
                return null;
            }
        }
    }

    /** Whether the stream has ended. */
    private boolean fill() throws IOException {
        boolean inQuotes = false;
        int c = in.read();
        while (c >= 0 && (c != '\n' || inQuotes)) {
            if (c == '"' && quotes) {
                inQuotes = !inQuotes;
            }
            record.write(c);
            c = in.read();
        }
        return c < 0;
    }

    private byte[] trimmed() {
        byte[] bytes = record.toByteArray();
        int from = 0;
        int to = bytes.length;
        if (first && to >= 3 && (bytes[0] & 0xff) == 0xef && (bytes[1] & 0xff) == 0xbb && (bytes[2] & 0xff) == 0xbf) {
            from = 3; // a byte order mark
        }
        first = false;
        if (to > from && bytes[to - 1] == '\r') {
            to--;
        }
        return from == 0 && to == bytes.length ? bytes : java.util.Arrays.copyOfRange(bytes, from, to);
    }
}
