package io.velostream.engine.format;

import io.velostream.engine.runtime.operator.RecordFailure;

/**
 * Cuts a record of CSV into its fields, as RFC 4180 has them: a field in quotes may hold the delimiter, line ends and
 * doubled quotes. Fields of the record before are void.
 */
public final class CsvScanner {

    private final byte delimiter;
    private byte[] text = {};
    private byte[] unquoted = new byte[64];
    private int unquotedTo;
    private int position;
    private boolean more;

    /** The array that holds the field. */
    public byte[] array = text;

    /** Where the field begins. */
    public int from;

    /** Where the field ends. */
    public int to;

    /** Whether the field stood in quotes. */
    public boolean quoted;

    /**
     * @param delimiter a character of ASCII
     */
    public CsvScanner(char delimiter) {
        this.delimiter = (byte) delimiter;
    }

    /** Begins with a record, without the line end behind it. */
    public void load(byte[] record) {
        text = record;
        position = 0;
        unquotedTo = 0;
        more = true;
    }

    /**
     * Goes to the next field; false behind the last one.
     *
     * @throws RecordFailure {@code MALFORMED_CSV} for quotes that do not close, or text behind them
     */
    public boolean next() {
        if (!more) {
            return false;
        }
        quoted = position < text.length && text[position] == '"';
        if (quoted) {
            inQuotes();
        } else {
            from = position;
            while (position < text.length && text[position] != delimiter) {
                position++;
            }
            array = text;
            to = position;
            if (to > from && text[to - 1] == '\r' && position == text.length) {
                to--;
            }
        }
        more = position < text.length;
        position++;
        return true;
    }

    private void inQuotes() {
        int start = position + 1;
        boolean doubled = false;
        int p = start;
        while (true) {
            if (p >= text.length) {
                throw new RecordFailure("MALFORMED_CSV", "A quote at byte " + (start - 1) + " is not closed.");
            }
            if (text[p] != '"') {
                p++;
            } else if (p + 1 < text.length && text[p + 1] == '"') {
                doubled = true;
                p += 2;
            } else {
                break;
            }
        }
        position = p + 1;
        if (position < text.length && text[position] == '\r' && position == text.length - 1) {
            position++;
        }
        if (position < text.length && text[position] != delimiter) {
            throw new RecordFailure("MALFORMED_CSV", "There is text behind the closing quote at byte " + p + ".");
        }
        array = text;
        from = start;
        to = p;
        if (doubled) {
            undouble();
        }
    }

    private void undouble() {
        if (unquoted.length - unquotedTo < to - from) {
            // Fields before keep the old array.
            unquoted = new byte[Math.max(unquoted.length * 2, to - from)];
            unquotedTo = 0;
        }
        int start = unquotedTo;
        for (int p = from; p < to; p++) {
            unquoted[unquotedTo++] = text[p];
            if (text[p] == '"') {
                p++;
            }
        }
        array = unquoted;
        from = start;
        to = unquotedTo;
    }
}
