package io.velostream.engine.ingest;

import io.velostream.engine.format.CsvScanner;
import io.velostream.engine.format.JsonText;
import io.velostream.engine.plan.physical.FileSource;
import io.velostream.engine.runtime.operator.RecordFailure;
import io.velostream.engine.runtime.row.GrowingBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Records of CSV as JSON objects. CSV has no types: a field without quotes that is a number or a truth value in JSON's
 * own notation becomes one ({@code 007} does not, so it stays text), an empty one becomes NULL, all else is text. A
 * declared STRING column is always text.
 */
final class CsvToJson {

    private static final Pattern LITERAL =
            Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?|true|false");

    private final CsvScanner scanner;
    private final List<String> names;
    private final Set<String> textColumns;
    private final GrowingBuffer out = new GrowingBuffer(256);

    /**
     * @param names of the fields in their order; further ones are {@code column_5} and so on
     */
    CsvToJson(FileSource source, List<String> names) {
        this.scanner = new CsvScanner(source.delimiter());
        this.names = List.copyOf(names);
        this.textColumns = source.textColumns().stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The fields of one record, such as a header. */
    static List<String> fields(byte[] record, char delimiter) {
        CsvScanner scanner = new CsvScanner(delimiter);
        scanner.load(record);
        List<String> fields = new ArrayList<>();
        while (scanner.next()) {
            fields.add(text(scanner).strip());
        }
        return fields;
    }

    private static String text(CsvScanner field) {
        return new String(field.array, field.from, field.to - field.from, StandardCharsets.UTF_8);
    }

    /** The record as JSON; one that is no CSV comes back as it is. */
    byte[] convert(byte[] record) {
        try {
            out.clear();
            out.put('{');
            scanner.load(record);
            for (int column = 0; scanner.next(); column++) {
                String name = column < names.size() ? names.get(column) : "column_" + (column + 1);
                if (column > 0) {
                    out.put(',');
                }
                JsonText.quote(name, out);
                out.put(':');
                value(name);
            }
            out.put('}');
            return out.toArray();
        } catch (RecordFailure notCsv) {
            return record;
        }
    }

    private void value(String name) {
        if (scanner.quoted) {
            JsonText.quote(text(scanner), out);
            return;
        }
        String text = text(scanner);
        boolean declaredText = textColumns.contains(name.toLowerCase(Locale.ROOT));
        if (text.isEmpty()) {
            raw("null");
        } else if (!declaredText && LITERAL.matcher(text).matches()) {
            raw(text);
        } else {
            JsonText.quote(text, out);
        }
    }

    private void raw(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        out.put(bytes, 0, bytes.length);
    }
}
