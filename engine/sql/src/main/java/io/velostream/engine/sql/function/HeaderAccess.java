package io.velostream.engine.sql.function;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The headers of the record that a row was made from, as functions see them. A function whose first parameter is of this
 * type gets it without an argument in the SQL.
 */
public interface HeaderAccess {

    /** The value of the last header with this key as text; null when there is none or it is null. */
    @Nullable String get(String key);

    /** Whether there is a header with this key. */
    boolean has(String key);

    /** All keys, each once, in the order of the record. */
    List<String> keys();

    /** The output record gets this header instead of all that have its key; a header may be null. */
    void set(String key, @Nullable String value);

    /** The output record gets no header with this key. */
    void remove(String key);
}
