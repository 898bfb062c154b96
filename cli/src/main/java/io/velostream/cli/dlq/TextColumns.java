package io.velostream.cli.dlq;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Lines of cells below one another for a terminal. */
final class TextColumns {

    private final List<List<String>> lines = new ArrayList<>();

    TextColumns(List<String> head) {
        lines.add(head);
    }

    /** As many cells as the head has. */
    void add(List<String> cells) {
        lines.add(cells.stream()
                .map(cell -> LetterText.harmless(cell).replaceAll("[\n\t]", " "))
                .toList());
    }

    void print(PrintWriter out) {
        int[] widths = new int[lines.getFirst().size()];
        for (List<String> line : lines) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], line.get(i).length());
            }
        }
        for (List<String> line : lines) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                text.append(line.get(i));
                if (i < widths.length - 1) {
                    text.append(" ".repeat(widths[i] - line.get(i).length() + 2));
                }
            }
            out.println(text);
        }
    }
}
