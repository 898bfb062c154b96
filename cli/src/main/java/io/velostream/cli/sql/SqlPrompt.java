package io.velostream.cli.sql;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/** Statements from a terminal, with a history, or from standard input; each ends with its semicolon. */
final class SqlPrompt {

    /** What is done with a statement. */
    @FunctionalInterface
    interface Answer {
        /** Whether it was answered. */
        boolean to(String sql) throws IOException, InterruptedException;
    }

    /** Where a line comes from; null at the end. */
    @FunctionalInterface
    private interface Lines {
        String next(boolean first) throws IOException;
    }

    private static final String END = "\u0004";

    private final Answer answer;

    SqlPrompt(Answer answer) {
        this.answer = answer;
    }

    /** Reads until the end, or until {@code exit}; false where a statement of standard input was refused. */
    boolean run() throws IOException, InterruptedException {
        if (System.console() == null || !System.console().isTerminal()) {
            BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            return answerAll(first -> {
                String line = input.readLine();
                return line == null ? END : line;
            });
        }
        try (Terminal terminal = TerminalBuilder.builder().build()) {
            return run(terminal, Path.of(System.getProperty("user.home"), ".velo_sql_history"));
        }
    }

    /** Reads from a terminal; a refused statement does not end it. */
    boolean run(Terminal terminal, Path history) throws IOException, InterruptedException {
        LineReader reader = LineReaderBuilder.builder()
                .terminal(terminal)
                .variable(LineReader.HISTORY_FILE, history)
                .variable(LineReader.HISTORY_SIZE, 1000)
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .build();
        answerAll(first -> line(reader, first));
        return true;
    }

    private static String line(LineReader reader, boolean first) {
        try {
            return reader.readLine(first ? "velo> " : "  ... ");
        } catch (UserInterruptException cancelled) {
            return first ? END : "\u0003";
        } catch (EndOfFileException end) {
            return END;
        }
    }

    private boolean answerAll(Lines lines) throws IOException, InterruptedException {
        boolean all = true;
        StringBuilder statement = new StringBuilder();
        for (String line = lines.next(true); !line.equals(END); line = lines.next(statement.isEmpty())) {
            if (line.equals("\u0003")) {
                statement.setLength(0);
                continue;
            }
            String word = line.strip();
            if (statement.isEmpty() && (word.equalsIgnoreCase("exit") || word.equalsIgnoreCase("quit"))) {
                return all;
            }
            if (statement.isEmpty() && word.isEmpty()) {
                continue;
            }
            statement.append(line).append('\n');
            if (word.endsWith(";")) {
                all &= answer.to(statement.toString());
                statement.setLength(0);
            }
        }
        return statement.toString().isBlank() ? all : answer.to(statement.toString()) && all;
    }
}
