package io.velostream.engine.sql.analysis;

import io.velostream.engine.plan.physical.FileSource;
import io.velostream.engine.plan.physical.FileSource.FileFormat;
import io.velostream.engine.plan.physical.FormatOptions;
import io.velostream.engine.plan.physical.SourceSpec.Format;
import io.velostream.engine.sql.tree.Location;
import io.velostream.engine.sql.type.SqlType.Simple;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** WITH entries → formats and what they need to know. */
final class FormatReader {

    private static final List<String> FORMATS =
            List.of("json", "csv", "delimited", "text", "string", "raw", "kafka", "avro", "protobuf", "json_sr");
    private static final List<String> FILE_FORMATS = List.of("csv", "csv_no_header", "json", "jsonl");

    private final Problems problems;

    FormatReader(Problems problems) {
        this.problems = problems;
    }

    /** The format of a topic's values or keys. */
    Format format(PropertySet properties, PropertyKey key, Format otherwise) {
        return properties
                .word(key, FORMATS)
                .map(word -> switch (word) {
                    case "json" -> Format.JSON;
                    case "csv", "delimited" -> Format.CSV;
                    case "text", "string", "raw" -> Format.TEXT;
                    case "kafka" -> Format.KAFKA;
                    default -> {
                        problems.add(
                                ProblemCode.NOT_SUPPORTED,
                                properties
                                        .entry(key)
                                        .map(PropertySet.Entry::location)
                                        .orElse(Location.START),
                                "the format " + word + " is not supported yet in this version",
                                "this version has json, csv, text and kafka");
                        yield otherwise;
                    }
                })
                .orElse(otherwise);
    }

    /** The format of a topic's keys, which are no CSV. */
    Format keyFormat(PropertySet properties, Format otherwise) {
        Format format = format(properties, PropertyKey.KEY_FORMAT, otherwise);
        if (format != Format.CSV) {
            return format;
        }
        properties
                .entry(PropertyKey.KEY_FORMAT)
                .ifPresent(entry -> problems.add(
                        ProblemCode.NOT_SUPPORTED,
                        entry.location(),
                        "record keys of the format " + entry.value() + " are not supported in this version",
                        "this version has keys of text, json and kafka"));
        return otherwise;
    }

    /** The options of a topic; CSV has no names, so its columns must be declared. */
    FormatOptions ofTopic(String name, List<RelationSchema.Column> columns, PropertySet properties) {
        boolean csv = properties
                .text(PropertyKey.FORMAT)
                .filter(word -> word.equalsIgnoreCase("csv") || word.equalsIgnoreCase("delimited"))
                .isPresent();
        if (csv && columns.isEmpty()) {
            problems.add(
                    ProblemCode.MISSING_PROPERTY,
                    properties.entry(PropertyKey.FORMAT).orElseThrow().location(),
                    "the records of `" + name + "` are CSV, which has no names, and no columns are declared",
                    "declare them: CREATE STREAM " + name
                            + " (a STRING, b BIGINT) WITH ('topic' = '…', 'format' = 'csv');");
        }
        return new FormatOptions(inValue(columns), delimiter(properties), windowBytes(properties), Optional.empty());
    }

    /** Of windows in ksqlDB's form: behind a key stands the window's start, or a session's end and start. */
    private static int windowBytes(PropertySet properties) {
        return properties
                .word(PropertyKey.WINDOW_TYPE, List.of("tumbling", "hopping", "session"))
                .map(type -> type.equals("session") ? 2 * Long.BYTES : Long.BYTES)
                .orElse(0);
    }

    /** The options of a sink. */
    FormatOptions ofSink(PropertySet properties) {
        return new FormatOptions(List.of(), delimiter(properties), Optional.empty());
    }

    /** The options of files as a source. */
    FormatOptions ofFile(String name, List<RelationSchema.Column> columns, PropertySet properties) {
        Optional<String> path = properties.text(PropertyKey.PATH).filter(text -> !text.isBlank());
        if (path.isEmpty()) {
            problems.add(
                    ProblemCode.MISSING_PROPERTY,
                    properties.entry(PropertyKey.TYPE).orElseThrow().location(),
                    "the files of `" + name + "` have no path",
                    "add '" + name + ".path' = '/data/*.csv'");
            return FormatOptions.NONE;
        }
        FileFormat format = properties
                .word(PropertyKey.FORMAT, FILE_FORMATS)
                .map(word -> switch (word) {
                    case "csv" -> FileFormat.CSV;
                    case "csv_no_header" -> FileFormat.CSV_NO_HEADER;
                    default -> FileFormat.JSON_LINES;
                })
                .orElse(path.get().endsWith(".csv") ? FileFormat.CSV : FileFormat.JSON_LINES);
        List<String> text = columns.stream()
                .filter(column -> column.type() == Simple.STRING)
                .map(RelationSchema.Column::name)
                .toList();
        return new FormatOptions(
                List.of(),
                ',',
                Optional.of(new FileSource(
                        path.get(),
                        format,
                        delimiter(properties),
                        properties.flag(PropertyKey.WATCHING, false),
                        text,
                        inValue(columns))));
    }

    /** Whether a source is files rather than a topic. */
    static boolean isFile(PropertySet properties) {
        return properties
                .text(PropertyKey.TYPE)
                .filter(type -> type.toLowerCase(Locale.ROOT).startsWith("file_source"))
                .isPresent();
    }

    private static List<String> inValue(List<RelationSchema.Column> columns) {
        return columns.stream()
                .filter(column -> !column.fromKey())
                .map(RelationSchema.Column::name)
                .toList();
    }

    private char delimiter(PropertySet properties) {
        return properties
                .entry(PropertyKey.DELIMITER)
                .map(entry -> switch (entry.value().toUpperCase(Locale.ROOT)) {
                    case "TAB", "\\T", "\t" -> '\t';
                    case "SPACE", " " -> ' ';
                    case String other
                    when other.length() == 1 && isDelimiter(other.charAt(0)) ->
                        entry.value().charAt(0);
                    default -> {
                        problems.add(
                                ProblemCode.BAD_PROPERTY_VALUE,
                                entry.location(),
                                "`delimiter` is one character of ASCII, not '" + entry.value() + "'",
                                "',', ';', '|', 'TAB' or 'SPACE'");
                        yield ',';
                    }
                })
                .orElse(',');
    }

    private static boolean isDelimiter(char c) {
        return c < 128 && c != '"' && c != '\n' && c != '\r';
    }
}
