package io.velostream.engine.format;

import io.velostream.engine.runtime.operator.RecordFailure;
import io.velostream.engine.runtime.row.Row;
import io.velostream.engine.runtime.row.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads records of CSV by the order of their declared columns. An empty field without quotes is NULL, and so is one that
 * the record lacks; fields beyond the columns are an error, since they hint at another layout.
 */
final class CsvReader {

    private final CsvScanner scanner;
    private final @Nullable FieldDecoder[] byColumn;
    private final List<FieldDecoder> fields;

    /**
     * @param fields what to read
     * @param columns every column of a record, in their order
     */
    CsvReader(List<FieldDecoder> fields, List<String> columns, char delimiter) {
        this.scanner = new CsvScanner(delimiter);
        this.fields = List.copyOf(fields);
        this.byColumn = new FieldDecoder[columns.size()];
        for (FieldDecoder field : fields) {
            for (int column = 0; column < byColumn.length; column++) {
                if (columns.get(column).equalsIgnoreCase(field.name())) {
                    byColumn[column] = field;
                }
            }
        }
    }

    /**
     * Fills the slots of the fields.
     *
     * @throws RecordFailure when the record is no CSV, has too many fields, or one that does not fit its type
     */
    void read(byte[] record, Row row) {
        TextBytes.check(record, "The value");
        for (FieldDecoder field : fields) {
            row.setNull(field.slot());
        }
        scanner.load(record);
        for (int column = 0; scanner.next(); column++) {
            if (column >= byColumn.length) {
                throw new RecordFailure(
                        "MALFORMED_CSV",
                        "The record has more fields than the " + byColumn.length + " declared columns.");
            }
            FieldDecoder field = byColumn[column];
            if (field != null && (scanner.quoted || scanner.to > scanner.from)) {
                field.text(row, Tag.TEXT, scanner.array, scanner.from, scanner.to);
            }
        }
    }
}
