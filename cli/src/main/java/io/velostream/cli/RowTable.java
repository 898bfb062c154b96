package io.velostream.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Rows as a table for people. */
final class RowTable {

    private RowTable() {}

    static void print(List<Map<String, Object>> rows, PrintWriter out) {
        if (rows.isEmpty()) {
            out.println("(no rows)");
            return;
        }
        Set<String> columns = new LinkedHashSet<>();
        rows.forEach(row -> columns.addAll(row.keySet()));
        List<List<String>> lines = new ArrayList<>();
        lines.add(List.copyOf(columns));
        for (Map<String, Object> row : rows) {
            lines.add(columns.stream()
                    .map(column -> String.valueOf(row.getOrDefault(column, "")))
                    .toList());
        }
        TextColumns.print(lines, out);
    }
}
