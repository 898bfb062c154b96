package io.velostream.engine.plan.physical;

import java.util.List;

/**
 * Files as a source. Each of their records becomes a JSON object in a topic of our own, from which the query reads.
 *
 * @param path a file, or a pattern of the file system ({@code *}, {@code ?}, <code>**</code>)
 * @param delimiter between two fields of CSV
 * @param watching whether the files are followed as they grow; else the source ends with them
 * @param textColumns declared columns whose values are text even where they look like numbers
 * @param columns names for a file without a header, in their order
 */
public record FileSource(
        String path,
        FileFormat format,
        char delimiter,
        boolean watching,
        List<String> textColumns,
        List<String> columns) {
    public FileSource {
        textColumns = List.copyOf(textColumns);
        columns = List.copyOf(columns);
    }

    /** How a file is written. */
    public enum FileFormat {
        /** The first record names the columns. */
        CSV,
        CSV_NO_HEADER,
        /** One object a line. */
        JSON_LINES
    }
}
