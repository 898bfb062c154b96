package io.velostream.cli;

import io.velostream.engine.plan.Compilation;
import io.velostream.engine.sql.analysis.SqlProblem;
import io.velostream.engine.sql.analysis.SqlProblem.Severity;
import io.velostream.engine.sql.analysis.SqlProblemRenderer;
import java.io.PrintWriter;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Ansi.Style;
import picocli.CommandLine.Help.Ansi.Text;
import picocli.CommandLine.Model.CommandSpec;

/** Prints the problems of a text, in colours where the terminal has them. */
final class ProblemPrinter {

    private ProblemPrinter() {}

    static void print(SqlSource source, Compilation compilation, PrintWriter err, CommandSpec spec) {
        Ansi ansi = spec.commandLine().getColorScheme().ansi();
        for (SqlProblem problem : compilation.problems()) {
            err.println(colored(SqlProblemRenderer.render(source.name(), source.text(), problem), problem, ansi));
        }
        err.flush();
    }

    /** The place bold, the underlining and the word of the severity in its colour. */
    private static String colored(String rendered, SqlProblem problem, Ansi ansi) {
        if (!ansi.enabled()) {
            return rendered;
        }
        Style color = problem.severity() == Severity.ERROR ? Style.fg_red : Style.fg_yellow;
        StringBuilder result = new StringBuilder();
        String[] lines = rendered.split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            boolean marks = !lines[i].isBlank() && lines[i].strip().chars().allMatch(c -> c == '^');
            result.append(i > 0 ? "\n" : "")
                    .append(
                            i == 0
                                    ? styled(lines[i], ansi, Style.bold)
                                    : marks ? styled(lines[i], ansi, color) : lines[i]);
        }
        return result.toString();
    }

    private static String styled(String line, Ansi ansi, Style style) {
        Text text = ansi.new Text(0);
        return text.concat(style.on() + line + style.off()).toString();
    }
}
