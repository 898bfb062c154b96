package io.velostream.engine.sql.command;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The rows that a statement such as SHOW or DESCRIBE gives.
 *
 * @param statement the statement as written
 * @param rows each a map of column to value, in the order of the columns
 */
public record CommandAnswer(String statement, List<Map<String, Object>> rows) {
    public CommandAnswer {
        rows = List.copyOf(rows);
    }

    /** One row of columns and values in turn. */
    static Map<String, Object> row(Object... columnsAndValues) {
        Map<String, Object> row = new LinkedHashMap<>();
        for (int i = 0; i < columnsAndValues.length; i += 2) {
            row.put((String) columnsAndValues[i], columnsAndValues[i + 1]);
        }
        return row;
    }
}
