package io.velostream.bench.oracle;

import org.jspecify.annotations.Nullable;

/** Takes rows value by value in the order of the query's columns, so that ten million rows need no objects. */
public interface RowSink {
    /** Starts a row. */
    void begin();

    /** Adds a whole number. */
    void integer(long value);

    /** Adds a number; it compares by value. */
    void number(double value);

    /** Adds text. */
    void text(String value);

    /** Adds NULL. */
    void nothing();

    /** Ends the row. */
    void end();

    /** Adds text or NULL. */
    default void textOrNothing(@Nullable String value) {
        if (value == null) {
            nothing();
        } else {
            text(value);
        }
    }
}
