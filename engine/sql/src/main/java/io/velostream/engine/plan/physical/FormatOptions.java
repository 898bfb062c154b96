package io.velostream.engine.plan.physical;

import java.util.List;
import java.util.Optional;

/**
 * What a format needs to know beyond its name.
 *
 * @param columns the columns in the order in which a format without names has them
 * @param delimiter between two fields of CSV, one character of ASCII
 * @param windowBytes how many bytes at the end of the record key say which window it is of
 * @param file the files that the records come from, when they do not come from a topic of the user
 */
public record FormatOptions(List<String> columns, char delimiter, int windowBytes, Optional<FileSource> file) {

    /** Nothing special. */
    public static final FormatOptions NONE = new FormatOptions(List.of(), ',', Optional.empty());

    public FormatOptions {
        columns = List.copyOf(columns);
    }

    /** The options of records whose keys are of no window. */
    public FormatOptions(List<String> columns, char delimiter, Optional<FileSource> file) {
        this(columns, delimiter, 0, file);
    }

    /** The same for keys with so many bytes of a window. */
    public FormatOptions withWindowBytes(int bytes) {
        return new FormatOptions(columns, delimiter, bytes, file);
    }

    /** The same for other columns. */
    public FormatOptions withColumns(List<String> others) {
        return new FormatOptions(others, delimiter, windowBytes, file);
    }
}
