package io.velostream.engine.sql.function;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Functions on the headers of the record that a row was made from. Values are UTF-8 text; of headers with one key the last
 * counts. The output record has the input's headers, as these functions change them.
 */
public final class HeaderFunctions {

    private HeaderFunctions() {}

    @SqlFunction(
            name = "HEADER",
            description = "The header's value as text; NULL when there is none.",
            examples = {"HEADER('trace-id') = NULL"})
    public static @Nullable String header(HeaderAccess headers, String key) {
        return headers.get(key);
    }

    @SqlFunction(
            name = "HAS_HEADER",
            description = "Whether the record has the header.",
            examples = {"HAS_HEADER('trace-id') = FALSE"})
    public static boolean hasHeader(HeaderAccess headers, String key) {
        return headers.has(key);
    }

    @SqlFunction(
            name = "HEADER_KEYS",
            description = "The keys of the record's headers, each once.",
            examples = {"ARRAY_LENGTH(HEADER_KEYS()) = 0"})
    public static List<String> headerKeys(HeaderAccess headers) {
        return headers.keys();
    }

    @SqlFunction(
            name = "SET_HEADER",
            casts = true,
            description =
                    "Gives the output record a header, instead of the input's with that key, and returns the value as"
                            + " text; NULL is a null header.",
            examples = {"SET_HEADER('node', 7) = '7'"})
    public static @Nullable String setHeader(HeaderAccess headers, String key, @SqlNullable @Nullable String value) {
        headers.set(key, value);
        return value;
    }

    @SqlFunction(
            name = "REMOVE_HEADER",
            description = "Leaves a header out of the output record, and returns the value that the input's has.",
            examples = {"REMOVE_HEADER('secret') = NULL"})
    public static @Nullable String removeHeader(HeaderAccess headers, String key) {
        String value = headers.get(key);
        headers.remove(key);
        return value;
    }
}
