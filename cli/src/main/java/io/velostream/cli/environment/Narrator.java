package io.velostream.cli.environment;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * Tells a person what goes on: lasting lines, and on a terminal one live line that is overwritten. Where the output is
 * not a terminal the live line appears as a plain line at most every ten seconds.
 */
public final class Narrator {

    private static final long PLAIN_INTERVAL_NANOS = Duration.ofSeconds(10).toNanos();
    private static final String ERASE_LINE = "\r\u001b[2K";

    private final PrintWriter out;
    private final boolean terminal;
    private final long start = System.nanoTime();
    private long lastPlainLine = start;
    private boolean liveLineShown;

    /**
     * @param terminal whether the output is a person's terminal
     */
    public Narrator(PrintWriter out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** Narrates to standard output. */
    public static Narrator onStandardOutput() {
        return new Narrator(
                new PrintWriter(System.out, true),
                System.console() != null && System.console().isTerminal());
    }

    /** A heading with the seconds since the start. */
    public synchronized void section(String title) {
        erase();
        out.println();
        out.println((terminal ? "\u001b[1m" : "")
                + String.format(Locale.ROOT, "[%5.1f s] ", seconds())
                + title
                + (terminal ? "\u001b[0m" : ""));
        out.flush();
    }

    /** A lasting line. */
    public synchronized void line(String text) {
        erase();
        out.println("          " + text);
        out.flush();
    }

    /** Lasting lines. */
    public void lines(List<String> texts) {
        texts.forEach(this::line);
    }

    /** What is going on right now. */
    public synchronized void live(String text) {
        if (terminal) {
            out.print(ERASE_LINE + "          " + text);
            out.flush();
            liveLineShown = true;
        } else if (System.nanoTime() - lastPlainLine > PLAIN_INTERVAL_NANOS) {
            lastPlainLine = System.nanoTime();
            line(text);
        }
    }

    private void erase() {
        if (liveLineShown) {
            out.print(ERASE_LINE);
            liveLineShown = false;
        }
    }

    /** Seconds since the narrator began. */
    public double seconds() {
        return (System.nanoTime() - start) / 1e9;
    }
}
