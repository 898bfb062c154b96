package io.velostream.cli.sql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Rows on their way to the terminal or a file. JSON and CSV are printed as they come; a table keeps a page of rows to know
 * how wide its columns are, and prints page after page.
 */
final class RowPrinter {

    /** The forms of {@code --format}. */
    enum Form {
        TABLE,
        JSON,
        CSV
    }

    private static final int PAGE = 500;

    private final Form form;
    private final PrintWriter out;
    private final List<Map<String, String>> page = new ArrayList<>();
    private final Set<String> columns = new LinkedHashSet<>();
    private boolean headed;

    RowPrinter(Form form, PrintWriter out) {
        this.form = form;
        this.out = out;
    }

    void print(ObjectNode row) {
        switch (form) {
            case JSON -> {
                out.println(row);
                out.flush();
            }
            case CSV -> csv(row);
            case TABLE -> {
                page.add(texts(row));
                if (page.size() == PAGE) {
                    printPage();
                }
            }
        }
    }

    /** Prints what is still kept. */
    void end() {
        if (!page.isEmpty()) {
            printPage();
        }
        out.flush();
    }

    private static Map<String, String> texts(ObjectNode row) {
        Map<String, String> texts = new LinkedHashMap<>();
        row.fields().forEachRemaining(field -> texts.put(field.getKey(), text(field.getValue())));
        return texts;
    }

    private static String text(JsonNode value) {
        return value.isNull() ? "NULL" : value.isTextual() ? value.textValue() : value.toString();
    }

    private void csv(ObjectNode row) {
        if (!headed) {
            row.fieldNames().forEachRemaining(columns::add);
            out.println(
                    String.join(",", columns.stream().map(RowPrinter::quoted).toList()));
            headed = true;
        }
        out.println(String.join(
                ",",
                columns.stream()
                        .map(column -> row.path(column))
                        .map(value -> value.isNull() || value.isMissingNode() ? "" : quoted(text(value)))
                        .toList()));
        out.flush();
    }

    /** RFC 4180. */
    private static String quoted(String text) {
        boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain && !text.isEmpty() ? text : '"' + text.replace("\"", "\"\"") + '"';
    }

    private void printPage() {
        Set<String> names = new LinkedHashSet<>();
        page.forEach(row -> names.addAll(row.keySet()));
        Map<String, Integer> widths = new LinkedHashMap<>();
        for (String name : names) {
            widths.put(
                    name,
                    Math.max(
                            name.length(),
                            page.stream()
                                    .mapToInt(row ->
                                            oneLine(row.getOrDefault(name, "")).length())
                                    .max()
                                    .orElse(0)));
        }
        line(widths, widths.keySet().stream().toList());
        line(widths, widths.values().stream().map("-"::repeat).toList());
        for (Map<String, String> row : page) {
            line(
                    widths,
                    widths.keySet().stream()
                            .map(name -> oneLine(row.getOrDefault(name, "")))
                            .toList());
        }
        page.clear();
    }

    /** Control characters would break the table, or do worse to a terminal. */
    private static String oneLine(String text) {
        return text.replaceAll("\\p{Cntrl}", "�");
    }

    private void line(Map<String, Integer> widths, List<String> cells) {
        StringBuilder line = new StringBuilder();
        int place = 0;
        for (int width : widths.values()) {
            String cell = cells.get(place++);
            line.append(place == 1 ? "" : "  ").append(cell);
            if (place < cells.size()) {
                line.append(" ".repeat(width - cell.length()));
            }
        }
        out.println(line);
    }
}
