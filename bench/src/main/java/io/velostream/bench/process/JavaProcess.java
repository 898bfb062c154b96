package io.velostream.bench.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * A child JVM on this process's class path. Its standard error goes to a log file; standard input and output are pipes to its
 * parent. The child ends itself when its standard input ends, so it never outlives a parent that was killed; a parent that
 * ends ordinarily kills what still runs.
 */
public final class JavaProcess implements AutoCloseable {
    private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();
    private static final int STOP_SECONDS = 20;
    private static final int TAIL_LINES = 15;

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> RUNNING.forEach(Process::destroyForcibly), "children"));
    }

    private final Process process;
    private final Path log;
    private final PrintStream input;
    private final BufferedReader output;

    private JavaProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
        this.input = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        this.output = process.inputReader(StandardCharsets.UTF_8);
        RUNNING.add(process);
    }

    /**
     * Starts a JVM.
     *
     * @param talks whether standard output is for {@link #readLine}; otherwise it goes to the log too
     * @throws UncheckedIOException when the JVM cannot be started
     */
    public static JavaProcess start(JavaCommand java, Path log, boolean talks) {
        List<String> command = java.toCommandLine(System.getProperty("java.class.path"));
        try {
            Files.createDirectories(log.toAbsolutePath().getParent());
            ProcessBuilder builder = new ProcessBuilder(command).redirectError(log.toFile());
            if (!talks) {
                builder.redirectErrorStream(true).redirectOutput(log.toFile());
            }
            return new JavaProcess(builder.start(), log);
        } catch (IOException e) {
            throw new UncheckedIOException("This JVM could not be started: " + java, e);
        }
    }

    /** Its process id. */
    public long pid() {
        return process.pid();
    }

    /** Whether it still runs. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Sends a line and returns the line that the child answers. */
    public synchronized String ask(String line) {
        input.println(line);
        return readLine();
    }

    /**
     * Waits for the next line of its standard output.
     *
     * @throws IllegalStateException when the child ends first; the message holds the end of its log
     */
    public synchronized String readLine() {
        try {
            String line = output.readLine();
            if (line == null) {
                throw new IllegalStateException("Process " + pid() + " ended unexpectedly; its log ends:\n" + tail());
            }
            return line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The last lines of its log, for messages. */
    public String tail() {
        try {
            List<String> lines = Files.readAllLines(log);
            List<String> last = lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size());
            return "  " + String.join("\n  ", last) + "\n  (" + log + ")";
        } catch (IOException e) {
            return "  (no log: " + e.getMessage() + ")";
        }
    }

    /** Asks it to end, then kills it. */
    @Override
    public void close() {
        input.close();
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        RUNNING.remove(process);
    }
}
