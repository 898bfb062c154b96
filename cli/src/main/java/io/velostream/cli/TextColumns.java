package io.velostream.cli;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;

/** Lines of cells below one another for a terminal. */
public final class TextColumns {

    private TextColumns() {}

    /**
     * Prints lines with their columns aligned.
     *
     * @param lines the head first; all of as many cells as it has
     */
    public static void print(List<List<String>> lines, PrintWriter out) {
        int[] widths = new int[lines.getFirst().size()];
        Arrays.fill(widths, 1);
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
